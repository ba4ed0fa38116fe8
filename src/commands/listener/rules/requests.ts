import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { missing, pointerTo, ratesOf, toRates, withoutRates } from '../seen-statistics.js';
import { rateText } from '../text.js';

/** Whether requests that come in are also finished. */
export const requests: Rule<SeenFacts> = {
  id: 'listener/requests',
  means: 'Requests come in and none is finished: rg-listener, or the origin behind it, seems to hang.',
  remedy:
    'See where they wait: look for the last step of a request in its log with log.level = 5.\nFetch a page as rg-listener does: rg-diag origin HOST --railgun /etc/railgun/railgun.conf.',
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => withoutRates(facts) ?? missing(facts, 'requests_completed'),
  check(facts) {
    const rates = ratesOf(facts);
    const rate = (name: string) => rates?.perSecond[name] ?? 0;
    const [completed, started] = [rate('requests_completed'), rate('requests_started')];
    const evidence = [toRates, pointerTo('requests_completed')];
    if (completed > 0) return { status: 'pass', says: `${rateText(completed)} are finished`, evidence };
    if (started > 0) {
      const says = `${rateText(started)} are started, and none was finished in ${rates?.seconds} s`;
      return { status: 'warn', says, evidence, code: 'requests-stuck' };
    }
    if (rate('wan_starts') > 0 || rate('wan_bytes_sent') > 0) {
      const says = `the connections from Cloudflare are in use, and no request was finished in ${rates?.seconds} s`;
      return { status: 'note', says, evidence };
    }
    return { status: 'pass', says: `nothing was asked in ${rates?.seconds} s`, evidence };
  },
};
