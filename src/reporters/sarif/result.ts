import type { Finding, RelatedFinding, Status } from '../../model/finding.js';
import { byRelation, relatedWords } from '../reading/related-words.js';
import { fixOf } from './fix.js';
import { locationOf } from './location.js';
import { message, sentence } from './message.js';

/** SARIF has a level for what is a problem, and a kind for what is none (3.27.9, 3.27.10). */
const severity: Readonly<Record<Status, { readonly kind?: string; readonly level: string }>> = {
  fail: { level: 'error' },
  // Not known to be well: as an error it is seen. `properties.status` tells them apart.
  broken: { level: 'error' },
  warn: { level: 'warning' },
  note: { level: 'note' },
  pass: { kind: 'pass', level: 'none' },
  skip: { kind: 'notApplicable', level: 'none' },
};

/** Beneath one result; `properties` has all. */
const mostRelated = 8;

/** A `result` of SARIF (3.27). Without a place in a file it is about the target. */
export function resultOf(finding: Finding, ruleIndex: number | undefined, target: string): object {
  const { rule, status, says, remedy, code, evidence, place, fix, related = [], again } = finding;
  const fixed = fix === undefined ? undefined : fixOf(fix, place);
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    ...severity[status],
    // Not as `relatedLocations`: those are places in files, and here are targets.
    message: message([sentence(says), remedy, ...relatedText(related)].filter((text) => text !== '').join('\n')),
    locations: [locationOf(place, target)],
    ...(fixed !== undefined && { fixes: [fixed] }),
    properties: {
      target,
      status,
      ...(code !== undefined && { code }),
      evidence,
      ...(related.length > 0 && { related }),
      ...(again !== undefined && { again }),
    },
  };
}

/** Viewers show no `properties`: a line of the message for each of the first few. */
function relatedText(related: readonly RelatedFinding[]): string[] {
  return byRelation(related)
    .slice(0, mostRelated)
    .map(({ relation, target, says }) => sentence(`${relatedWords[relation]} ${target}: ${says}`));
}
