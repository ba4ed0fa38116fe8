import type { StageSeen } from '../../decoders/origin-stages.js';
import type { Block, Column } from '../../model/block.js';
import { maskedQueries } from './masked-url.js';
import { timeText } from './text.js';

/** What a status of a stage is called. */
export const resultText: Readonly<Record<StageSeen['status'], string>> = {
  pass: 'ok',
  warn: 'warning',
  fail: 'failed',
  skip: 'skipped',
};

/** Each stage: what became of it, how long it took, and what was seen. */
export function stageTable(stages: readonly StageSeen[]): Block {
  const columns: Column[] = [
    { title: 'Stage', align: 'left' },
    { title: 'Result', align: 'left' },
    { title: 'Time', align: 'right' },
    { title: 'What was seen', align: 'left' },
  ];
  const rows = stages.map((seen) => [
    seen.stage,
    resultText[seen.status],
    'ms' in seen && seen.ms !== undefined ? timeText(seen.ms) : '',
    maskedQueries(seen.status === 'pass' ? seen.says : seen.status === 'skip' ? seen.reason : seen.failure.detail),
  ]);
  return { kind: 'table', columns, rows, statuses: stages.map(({ status }) => status) };
}
