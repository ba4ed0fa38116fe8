import type { SourceConflict } from '../../../knowledge/source-conflicts.js';
import type { Rule } from '../../../model/rule.js';
import { explanationsOf, sourcesOf } from '../explanation.js';
import type { ExplainedFacts } from '../facts.js';

export const conflicts: Rule<ExplainedFacts> = {
  id: 'explain/conflicts',
  means: 'Pages of different times say different things.',
  remedy: '',
  cites: '',
  check(facts) {
    const all = explanationsOf(facts);
    const rows = [...new Set(all.flatMap((row) => row.conflicts))];
    const changes = all.flatMap((row) => row.changes);
    const evidence = ['/readings'];
    if (rows.length + changes.length === 0) return { status: 'pass', says: 'the sources agree', evidence };
    return {
      status: 'note',
      says: rows.length === 0 ? 'the newer pages differ from the older ones' : 'the sources disagree',
      evidence,
      remedy: [...rows.map(lineOf), ...new Set(changes.map(({ says }) => says))].join('\n'),
      cites: sourcesOf([...rows.flatMap(({ claims }) => claims), ...changes]),
    };
  },
};

/** `How long …: 15 s (the page of 2023), 19 s (newer: …). Go by 19 s.` */
function lineOf({ topic, claims, newer, goBy }: SourceConflict): string {
  const said = claims.map(({ says, source }, place) => `${says} (${place === newer ? 'newer: ' : ''}${source})`);
  const unknown = newer === undefined ? ' Which is newer the sources do not show.' : '';
  return `${topic.charAt(0).toUpperCase()}${topic.slice(1)}: ${said.join(', ')}.${unknown} ${goBy}`;
}
