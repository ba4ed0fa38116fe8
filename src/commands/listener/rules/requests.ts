import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import { confWord } from '../conf-word.js';
import type { SeenFacts } from '../facts.js';
import { missing, pointerTo, ratesOf, toRates, withoutRates } from '../seen-statistics.js';
import { rateText } from '../text.js';

/** Fewer may just be under way at the moment of a look: rg-diag's own threshold. */
const several = 3;

function remedyOf(facts: Pick<SeenFacts, 'local'>): string {
  return `See where they wait: look for the last step of a request in its log with log.level = 5.\nFetch a page of a site, HOST, as rg-listener does: rg-diag origin HOST --railgun ${confWord(facts)}`;
}

/** Whether requests that come in are also finished. */
export const requests: Rule<SeenFacts> = {
  id: 'listener/requests',
  means: `Where requests come in and none is finished, rg-listener or the origin behind it seems to hang: ${several} of them in an interval, or two intervals in a row, are the threshold, which is rg-diag’s own.`,
  remedy: remedyOf({}),
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => withoutRates(facts) ?? missing(facts, 'requests_completed'),
  check(facts) {
    const { statistics } = facts;
    const rates = ratesOf(facts);
    const rate = (name: string) => rates?.perSecond[name] ?? 0;
    const [completed, started] = [rate('requests_completed'), rate('requests_started')];
    const evidence = [toRates, pointerTo('requests_completed')];
    if (completed > 0) return { status: 'pass', says: `${rateText(completed)} are finished`, evidence };
    if (started > 0) {
      const seconds = rates?.seconds ?? 0;
      const count = Math.round(started * seconds);
      const intervals = (statistics.state === 'read' ? statistics.stuckIntervals : undefined) ?? 1;
      const begun = `${grouped(count)} ${count === 1 ? 'request was' : 'requests were'} begun, and none finished`;
      const says = `${begun} in ${seconds} s${intervals > 1 ? ', nor in the interval before' : ''}`;
      if (count < several && intervals < 2) {
        const remedy = 'See whether it stays so: look again after the next stats.interval.';
        return { status: 'note', says: `${says}: ${count === 1 ? 'it' : 'they'} may be under way`, evidence, remedy };
      }
      return { status: 'warn', says, evidence, remedy: remedyOf(facts), code: 'requests-stuck' };
    }
    if (rate('wan_starts') > 0 || rate('wan_bytes_sent') > 0) {
      const says = `the connections from Cloudflare are in use, and no request was finished in ${rates?.seconds} s`;
      return { status: 'note', says, evidence, remedy: remedyOf(facts) };
    }
    return { status: 'pass', says: `nothing was asked in ${rates?.seconds} s`, evidence };
  },
};
