import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import { confWord } from '../conf-word.js';
import type { SeenFacts } from '../facts.js';
import { missing, numberOf, pointerTo, ratesOf, toRates } from '../seen-statistics.js';
import { lookAgain } from '../shell-word.js';
import { minuteRateText } from '../text.js';

const key = 'no_origin_response';

function remedyOf(facts: Pick<SeenFacts, 'local'>, again: string): string {
  return `Look for “no response from origin” and “connection failed” in its log: rg-diag logs /var/log/syslog\nFetch a page of a site, HOST, as rg-listener does: rg-diag origin HOST --railgun ${confWord(facts)}\nSee whether it goes on: ${again}`;
}

/** Whether the origin answers what rg-listener asks it. */
export const originResponses: Rule<SeenFacts> = {
  id: 'listener/origin-responses',
  means: 'Requests to the origin went unanswered, by the name of this number: visitors get an error for each of them.',
  remedy: remedyOf({}, '--watch 60'),
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => missing(facts, key),
  check(facts) {
    const count = numberOf(facts, key) ?? 0;
    const rates = ratesOf(facts);
    const rate = rates?.perSecond[key];
    const evidence = [pointerTo(key)];
    if (count === 0) return { status: 'pass', says: 'the origin answered every request', evidence };
    const says = `${grouped(count)} request${count === 1 ? '' : 's'} without an answer from the origin`;
    const remedy = remedyOf(facts, lookAgain(facts, '--watch 60'));
    if (rates === undefined || rate === undefined) return { status: 'note', says, evidence, remedy };
    const watched = [...evidence, toRates];
    if (rate === 0) {
      const now = `${says}, none of them in the last ${grouped(rates.seconds)} s`;
      return { status: 'note', says: now, evidence: watched, remedy: '' };
    }
    const more = `${says}, now ${minuteRateText(rate)}`;
    return { status: 'warn', says: more, evidence: watched, remedy, code: 'origin-silent' };
  },
};
