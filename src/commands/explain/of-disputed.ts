import { conflictsAbout } from '../../knowledge/source-conflicts.js';
import { nothingElse, type ReadingExplanation } from './reading-explanation.js';
import type { ReadingOf } from './reading-of.js';

/** A parameter, signal, file or header of which the sources say different things. */
export function ofDisputed({ subject }: ReadingOf<'disputed'>): ReadingExplanation {
  const rows = conflictsAbout(subject);
  const sources = rows.flatMap(({ claims }) => claims.map(({ source }) => source));
  return {
    ...nothingElse,
    label: subject,
    name: subject,
    means: `the sources do not agree on ${rows.map(({ topic }) => topic).join(', and on ')}`,
    fix: rows.map(({ goBy }) => goBy).join('\n'),
    source: [...new Set(sources)].join('; '),
    conflicts: rows,
  };
}
