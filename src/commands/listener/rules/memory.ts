import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { missing, numberOf, pointerTo, ratesOf, toRates } from '../seen-statistics.js';
import { lookAgain } from '../shell-word.js';
import { bytesText } from '../text.js';

const [fromSystem, inUse] = ['memstats.sys', 'memstats.heap_in_use'] as const;

/** Growth of this part a minute is a warning, where the heap grows too: rg-diag's own threshold. */
const mostPerMinute = 0.01;

function remedyOf(again: string): string {
  return `See whether it goes on for hours: ${again}\nLook whether the system ended it before: dmesg | grep -i oom`;
}

/** Whether rg-listener takes more and more memory. */
export const memory: Rule<SeenFacts> = {
  id: 'listener/memory',
  means:
    'rg-listener takes memory faster than a steady load explains: where that goes on, the system ends it one day. More than 1 % a minute is the threshold, which is rg-diag’s own.',
  remedy: remedyOf('--watch 600'),
  cites: listenerKnowledge.statistics.source,
  skips: (facts) => missing(facts, fromSystem),
  check(facts) {
    const sys = numberOf(facts, fromSystem) ?? 0;
    const heap = numberOf(facts, inUse);
    const rates = ratesOf(facts);
    const evidence = [pointerTo(fromSystem)];
    const says = `${bytesText(sys)} from the system${heap === undefined ? '' : `, ${bytesText(heap)} of heap in use`}`;
    if (rates === undefined) return { status: 'pass', says, evidence };
    const growth = rates.change[fromSystem] ?? 0;
    const before = sys - growth;
    const perMinute = before > 0 ? (growth / before / rates.seconds) * 60 : 0;
    const watched = [...evidence, toRates];
    if (perMinute > mostPerMinute && (rates.change[inUse] ?? growth) > 0) {
      const more = `${says}: ${bytesText(growth)} more in ${rates.seconds} s (${(perMinute * 100).toFixed(1)} % a minute)`;
      const remedy = remedyOf(lookAgain(facts, '--watch 600'));
      return { status: 'warn', says: more, evidence: watched, remedy, code: 'memory-growth' };
    }
    return { status: 'pass', says, evidence: watched };
  },
};
