import type { Block, Column } from '../../model/block.js';
import { explanationsOf } from './explanation.js';
import type { ExplainedFacts } from './facts.js';
import type { ReadingExplanation } from './reading-explanation.js';

/** What a person should see beside the findings: what the text itself says, timers and limits, and every source. */
export function blocksOf(facts: ExplainedFacts): Block[] {
  const all = explanationsOf(facts);
  return [...all.flatMap((row) => ownBlocks(row, all.length > 1)), ...sourceBlocks(all)];
}

function ownBlocks(row: ReadingExplanation, isOneOfSeveral: boolean): Block[] {
  const pairs: Block[] = row.pairs.length === 0 ? [] : [{ kind: 'pairs', pairs: row.pairs }];
  const limits: Block[] =
    row.limits.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: columns('Limit', '2026', '2023'),
            rows: row.limits.map(({ what, in2026, in2023 }) => [
              what,
              in2026 ?? 'not published',
              in2023 ?? 'not published',
            ]),
          },
        ];
  const blocks = [...pairs, ...limits];
  return blocks.length === 0 || !isOneOfSeveral ? blocks : [{ kind: 'heading', text: row.name }, ...blocks];
}

/** Every statement with where it comes from. */
function sourceBlocks(all: readonly ReadingExplanation[]): Block[] {
  const rows = all.flatMap((row) => [
    [row.means, row.source],
    ...row.limits.map(({ what, source }) => [what, source]),
    ...[...row.conditions, ...row.causes, ...row.checks, ...row.support, ...row.changes].map(({ says, source }) => [
      says,
      source,
    ]),
  ]);
  return rows.length === 0 ? [] : [{ kind: 'table', columns: columns('Statement', 'Source'), rows, verbose: true }];
}

function columns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: 'left' }));
}
