import { railgunFlags } from '../../knowledge/railgun-flags.js';
import type { Bar, Block } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import type { LogFacts } from './facts.js';

/** Rows that a person reads before it gets too long; the machine formats have all of them. */
const mostBars = 12;

/** What a log holds, as a person should see it. */
export function logBlocks(facts: LogFacts): Block[] {
  const { lines, values, malformed } = facts;
  const pairs = [
    { label: 'Lines', value: grouped(lines) },
    { label: 'Values', value: grouped(values) },
  ];
  if (malformed > 0) pairs.push({ label: 'Malformed', value: grouped(malformed) });
  const blocks: Block[] = [{ kind: 'pairs', pairs }];
  const add = (title: string, counts: Readonly<Record<string, number>>, label = (name: string) => name) => {
    if (Object.keys(counts).length > 0) blocks.push(...barsOf(title, counts, values, label));
  };
  add('Forms', facts.forms);
  blocks.push(...distributionTable(facts));
  add('Flag words', facts.flagWords);
  add('Flag bits', facts.flagBits, bitLabel);
  add('Versions of rg-listener', facts.versions);
  add('Reasons of direct', facts.directReasons);
  if (facts.malformedSamples.length > 0) {
    blocks.push(
      { kind: 'heading', text: 'Malformed, the first ones' },
      {
        kind: 'table',
        columns: [
          { title: 'Line', align: 'right' },
          { title: 'Text', align: 'left' },
        ],
        rows: facts.malformedSamples.map(({ line, text }) => [String(line), text]),
      },
    );
  }
  return blocks;
}

function barsOf(
  title: string,
  counts: Readonly<Record<string, number>>,
  total: number,
  label: (name: string) => string,
): Block[] {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const bars: Bar[] = entries.slice(0, mostBars).map(([name, count]) => ({
    label: label(name),
    value: count,
    text: `${grouped(count)} (${((count / total) * 100).toFixed(1)} %)`,
  }));
  const left = entries.length - bars.length;
  const blocks: Block[] = [{ kind: 'bars', title, bars }];
  if (left > 0) blocks.push({ kind: 'note', text: `and ${left} more; --json has all of them` });
  return blocks;
}

function distributionTable({ ratioPercent, originTimeSeconds }: LogFacts): Block[] {
  const numbers = [
    { title: 'Ratio (% of the original sent)', of: ratioPercent, digits: 2 },
    { title: 'Origin time (s)', of: originTimeSeconds, digits: 6 },
  ];
  const rows = numbers.flatMap(({ title, of, digits }) =>
    of === undefined
      ? []
      : [[title, ...[of.min, of.mean, of.p50, of.p90, of.p99, of.max].map((number) => number.toFixed(digits))]],
  );
  if (rows.length === 0) return [];
  const titles = ['min', 'mean', 'p50', 'p90', 'p99', 'max'];
  const columns = [
    { title: '', align: 'left' as const },
    ...titles.map((title) => ({ title, align: 'right' as const })),
  ];
  return [{ kind: 'table', columns, rows }];
}

function bitLabel(name: string): string {
  const bit = Number(name);
  const known = railgunFlags.find((row) => row.bit === bit)?.says ?? 'unknown';
  return `0x${bit.toString(16).padStart(2, '0')} ${known}`;
}
