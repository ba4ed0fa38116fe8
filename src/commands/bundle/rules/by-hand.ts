import type { Rule } from '../../../model/rule.js';
import type { BundleFacts, WantedFacts } from '../facts.js';
import { byHand } from '../parts.js';

/** What support asks for that no machine knows. */
export const byHandRule: Rule<BundleFacts> = {
  id: 'bundle/by-hand',
  means: 'Support asks for this, and no program can know it.',
  remedy: '',
  cites: '',
  skips: ({ result }) =>
    result?.state === 'withheld' || result?.state === 'failed' ? 'there is no bundle' : undefined,
  check(facts) {
    const items = byHand(facts);
    if (items.length === 0) {
      return { status: 'pass', says: 'nothing is left that only a person could add', evidence: ['/wanted'] };
    }
    const what = items.length === 1 ? 'one thing' : `${items.length} things`;
    return {
      status: 'note',
      says: `support asks for ${what} that only you can add`,
      evidence: items.map(({ at }) => at),
      remedy: items.map(({ item }) => stepOf(item)).join('\n'),
      cites: [...new Set(items.map(({ item }) => item.source))].join('; '),
    };
  },
};

/** `In TICKET.txt, or with --zone NAME: the name or ID of the zone` */
function stepOf({ says, option, inTicket }: WantedFacts): string {
  const ways = [...(inTicket === true ? ['in TICKET.txt'] : []), ...(option === undefined ? [] : [`with ${option}`])];
  const how = ways.length === 0 ? 'by hand' : ways.join(', or ');
  return `${how.slice(0, 1).toUpperCase()}${how.slice(1)}: ${says}`;
}
