import type { RelatedFinding } from '../../model/finding.js';

/** What a finding of another check has to do with the one that it stands beneath. */
export const relatedWords: Readonly<Record<RelatedFinding['relation'], string>> = {
  follows: 'follows:',
  confirms: 'confirmed by',
};

/** Both kinds in the order in which a reader asks for them: what comes of it, then what bears it out. */
export function byRelation(related: readonly RelatedFinding[]): RelatedFinding[] {
  const of = (relation: RelatedFinding['relation']) => related.filter((finding) => finding.relation === relation);
  return [...of('follows'), ...of('confirms')];
}
