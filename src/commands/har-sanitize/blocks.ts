import type { Block, Column } from '../../model/block.js';
import type { SanitizedFacts } from './facts.js';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** Names that are shown. */
const mostNames = 20;

/** What was masked, as a person should see it. */
export function sanitizedBlocks({
  bytes,
  version,
  creator,
  entries,
  masked,
  proof,
  outputBytes,
}: SanitizedFacts): Block[] {
  const pairs = [
    {
      label: 'Archive',
      value: `HAR ${version === '' ? 'of no version' : version}, ${entries} entries, ${bytes} bytes`,
    },
    ...(creator === '' ? [] : [{ label: 'Written by', value: creator }]),
    { label: 'Masked', value: String(masked.count) },
    {
      label: 'Looked for',
      value: `${proof.searched} different values, ${proof.notSearched} too short or too ordinary`,
    },
    { label: 'Sanitised', value: `${outputBytes} bytes` },
  ];
  const blocks: Block[] = [{ kind: 'pairs', pairs }];
  if (masked.count === 0) return blocks;
  const rowsOf = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .slice(0, mostNames)
      .map(([name, count]) => [String(count), name]);
  blocks.push({ kind: 'table', columns: [right('Values'), left('In')], rows: rowsOf(masked.in) });
  blocks.push({ kind: 'table', columns: [right('Values'), left('Name')], rows: rowsOf(masked.names) });
  const rows = masked.places.map(({ name, in: where, pointer }) => [name, where, pointer]);
  blocks.push({ kind: 'table', columns: [left('Name'), left('In'), left('Place')], rows, verbose: true });
  return blocks;
}
