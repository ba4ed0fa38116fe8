import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { missing, numberOf, pointerTo, ratesOf, toRates } from '../seen-statistics.js';
import { lookAgain } from '../shell-word.js';
import { minuteRateText } from '../text.js';

const key = 'origin_retries';

function remedyOf(again: string): string {
  return `Look for errors of connections to the origin in its log: rg-diag logs /var/log/syslog\nSee whether it goes on: ${again}`;
}

/** Whether requests to the origin had to be made again. */
export const retries: Rule<SeenFacts> = {
  id: 'listener/retries',
  means: 'Requests to the origin were made a second time, as far as can be inferred from the name of this number.',
  remedy: remedyOf('--watch 60'),
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => missing(facts, key),
  check(facts) {
    const count = numberOf(facts, key) ?? 0;
    const rates = ratesOf(facts);
    const rate = rates?.perSecond[key];
    const evidence = [pointerTo(key)];
    if (count === 0) return { status: 'pass', says: 'no request to the origin was made again', evidence };
    const says = `${grouped(count)} requests to the origin were made again`;
    const remedy = remedyOf(lookAgain(facts, '--watch 60'));
    if (rates === undefined || rate === undefined) return { status: 'note', says, evidence, remedy };
    const watched = [...evidence, toRates];
    if (rate > 0) return { status: 'note', says: `${says}, now ${minuteRateText(rate)}`, evidence: watched, remedy };
    const now = `${says}, none of them in the last ${grouped(rates.seconds)} s`;
    return { status: 'note', says: now, evidence: watched, remedy: '' };
  },
};
