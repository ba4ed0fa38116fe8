import type { Block, Column, Pair } from '../../model/block.js';
import type { Status } from '../../model/finding.js';
import type { Verdict } from '../../model/report.js';
import { bySeverity } from '../../model/severity.js';
import { shortened } from '../../model/shortened.js';
import type { CheckFacts, DoctorFacts } from './facts.js';
import { foundIn, verdictsOf } from './found-here.js';
import { counts } from './status.js';
import { saidOf } from './text.js';

/** Characters of what a check said, in a table: the findings have all of it. */
const mostSaid = 72;

/** What a person should see: the answer, then every check in a line. */
export function doctorBlocks(facts: DoctorFacts, answer: string): Block[] {
  const { checks, asked } = facts;
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
  const here = hereOf(facts);
  const alike = alikeIn(checks, here);
  const rows = alike.map((group) => rowOf(group, here));
  // Where all is well, nothing is to be said.
  const shown = rows.some((row) => row[3] !== '') ? 4 : 3;
  return [
    note,
    {
      kind: 'table',
      columns: columns.slice(0, shown),
      rows: rows.map((row) => row.slice(0, shown)),
      statuses: alike.map(([check]) => statusOf(check, here)),
    },
    { kind: 'heading', text: 'Each check by itself', verbose: true },
    { kind: 'pairs', pairs: lines, verbose: true },
  ];
}

const words: Readonly<Record<Verdict, string>> = { ok: 'ok', warn: 'warning', fail: 'failed', unknown: 'unknown' };
const statuses: Readonly<Record<Verdict, Status>> = { ok: 'pass', warn: 'warn', fail: 'fail', unknown: 'broken' };

/** How each check came out beside the others, and the worst that it found: nothing where all is well, for that is said already. */
type Here = ReadonlyMap<CheckFacts, { readonly verdict: Verdict; readonly says: string }>;

function hereOf(facts: DoctorFacts): Here {
  const found = foundIn(facts);
  const verdictOf = verdictsOf(facts);
  return new Map(
    facts.checks.map((check) => {
      const { outcome } = check;
      const all = outcome.state === 'ran' ? outcome.reports.flatMap((report) => found(check, report)) : [];
      const [worst] = bySeverity(all.map(({ finding, status }) => ({ ...finding, status })));
      const says = worst !== undefined && counts(worst.status) ? worst.says : '';
      return [check, { verdict: verdictOf(check) ?? 'unknown', says }] as const;
    }),
  );
}

function statusOf(check: CheckFacts, here: Here): Status {
  switch (check.outcome.state) {
    case 'ran':
      return statuses[here.get(check)?.verdict ?? 'unknown'];
    case 'refused':
    case 'unfinished':
      return 'broken';
    default:
      return 'skip';
  }
}

/** Checks of one kind that came out the same and have a row each. */
const fewAlike = 4;

/** Checks that share a row: one each, or the many of one kind that came out the same, whichever host they are of. */
type Alike = readonly [CheckFacts, ...CheckFacts[]];

function alikeIn(checks: readonly CheckFacts[], here: Here): Alike[] {
  const groups = new Map<string, [CheckFacts, ...CheckFacts[]]>();
  for (const check of checks) {
    const [result, , , says = ''] = rowOf([check], here);
    const { host } = check.subject;
    const key = JSON.stringify([check.kind, host !== undefined, result, ofAny(says, host)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [check]);
    else group.push(check);
  }
  const many = [...groups.values()].filter(
    ([{ subject }, ...others]) => subject.host !== undefined && others.length >= fewAlike,
  );
  const groupOf = new Map(many.flatMap((group) => group.map((check) => [check, group] as const)));
  return checks.flatMap((check): Alike[] => {
    const group = groupOf.get(check) ?? [check];
    return group[0] === check ? [group] : [];
  });
}

function ofAny(says: string, host: string | undefined): string {
  return host === undefined ? says : saidOf(says, host);
}

function rowOf([check, ...others]: Alike, here: Here): string[] {
  const { outcome, subject, name } = check;
  const all = others.length === 0 ? name : `${name} and ${others.length} more`;
  const said = (says: string) => shortened(others.length === 0 ? says : ofAny(says, subject.host), mostSaid);
  switch (outcome.state) {
    case 'ran': {
      const times = [check, ...others].map((one) => (one.outcome.state === 'ran' ? one.outcome.durationMs : 0));
      const { verdict, says } = here.get(check) ?? { verdict: 'unknown', says: '' };
      return [words[verdict], all, (Math.max(...times) / 1000).toFixed(1), said(says)];
    }
    case 'refused':
      return ['not run', all, '', said(outcome.problem)];
    case 'unfinished':
      return ['unknown', all, '', said(outcome.stopped.detail)];
    case 'skipped':
      return ['left out', all, '', said(outcome.why)];
    case 'planned':
      return ['not run', all, '', ''];
  }
}
