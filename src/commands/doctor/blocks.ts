import type { Block, Column, Pair } from '../../model/block.js';
import type { Status } from '../../model/finding.js';
import type { Verdict } from '../../model/report.js';
import { bySeverity } from '../../model/severity.js';
import { shortened } from '../../model/shortened.js';
import type { CheckFacts, DoctorFacts } from './facts.js';
import { counts } from './status.js';

/** Characters of what a check said, in a table: the findings have all of it. */
const mostSaid = 72;

/** What a person should see: the answer, then every check in a line. */
export function doctorBlocks({ checks, asked }: DoctorFacts, answer: string): Block[] {
  const lines: Pair[] = checks.map(({ name, line, why }) => ({ label: name, value: line, means: why }));
  const note: Block = { kind: 'note', text: answer };
  if (checks.length === 0) return [note];
  if (asked.dryRun === true) {
    return [
      note,
      { kind: 'commands', title: 'What would be run', lines: checks.map(({ line }) => line) },
      { kind: 'heading', text: 'Why', verbose: true },
      { kind: 'pairs', pairs: lines, verbose: true },
    ];
  }
  const columns: Column[] = [
    { title: 'Result', align: 'left' },
    { title: 'Check', align: 'left' },
    { title: 'Seconds', align: 'right' },
    { title: 'What it says', align: 'left' },
  ];
  const rows = checks.map(rowOf);
  // Where all is well, nothing is to be said.
  const shown = rows.some((row) => row[3] !== '') ? 4 : 3;
  return [
    note,
    {
      kind: 'table',
      columns: columns.slice(0, shown),
      rows: rows.map((row) => row.slice(0, shown)),
      statuses: checks.map(statusOf),
    },
    { kind: 'heading', text: 'Each check by itself', verbose: true },
    { kind: 'pairs', pairs: lines, verbose: true },
  ];
}

const words: Readonly<Record<Verdict, string>> = { ok: 'ok', warn: 'warning', fail: 'failed', unknown: 'unknown' };
const statuses: Readonly<Record<Verdict, Status>> = { ok: 'pass', warn: 'warn', fail: 'fail', unknown: 'broken' };

function statusOf({ outcome }: CheckFacts): Status {
  switch (outcome.state) {
    case 'ran':
      return statuses[outcome.verdict];
    case 'refused':
    case 'unfinished':
      return 'broken';
    default:
      return 'skip';
  }
}

function rowOf({ name, outcome }: CheckFacts): string[] {
  switch (outcome.state) {
    case 'ran':
      return [words[outcome.verdict], name, (outcome.durationMs / 1000).toFixed(1), saidBy(outcome)];
    case 'refused':
      return ['not run', name, '', shortened(outcome.problem, mostSaid)];
    case 'unfinished':
      return ['unknown', name, '', shortened(outcome.stopped.detail, mostSaid)];
    case 'skipped':
      return ['left out', name, '', shortened(outcome.why, mostSaid)];
    case 'planned':
      return ['not run', name, '', ''];
  }
}

/** The worst that it found; where all is well, nothing: that is said already. */
function saidBy({ reports }: Extract<CheckFacts['outcome'], { state: 'ran' }>): string {
  const [worst] = bySeverity(reports.flatMap(({ findings }) => findings));
  return worst !== undefined && counts(worst.status) ? shortened(worst.says, mostSaid) : '';
}
