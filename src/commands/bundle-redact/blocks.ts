import { whyNotSearched } from '../../decoders/not-searched.js';
import type { Block, Column } from '../../model/block.js';
import { shortened } from '../../model/shortened.js';
import type { RedactedFacts } from './facts.js';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** Files that are shown, and UTF-16 units of a name. */
const mostFiles = 200;
const longestName = 100;

/** What was masked, and what was left out. */
export function redactBlocks({ asked, files, leftOut, secrets, anonymised, handedOver }: RedactedFacts): Block[] {
  const pairs = [
    { label: 'New folder', value: handedOver ? asked.directory : 'none' },
    {
      label: 'Looked for',
      value: `${many(secrets.searched, 'secret')}, ${secrets.notSearched} ${whyNotSearched(secrets.searched)}`,
    },
    ...(anonymised === undefined
      ? []
      : [
          {
            label: 'Labels',
            value: `${many(anonymised.names, 'name')}, ${many(anonymised.addresses, 'address', 'addresses')}`,
          },
          ...(handedOver ? [{ label: 'What they stand for', value: `${anonymised.map} (private)` }] : []),
        ]),
    ...secrets.sources.map((source) => ({
      label: 'Secrets of',
      value: `${source.path}: ${source.state === 'read' ? source.secrets : source.failure.detail}`,
    })),
  ];
  const rows = files
    .slice(0, mostFiles)
    .map(({ file, bytes, masked }) => [String(masked), shortened(file, longestName), String(bytes)]);
  const blocks: Block[] = [
    { kind: 'pairs', pairs },
    { kind: 'table', columns: [right('Masked'), left('File'), right('Bytes')], rows },
  ];
  if (leftOut.length === 0) return blocks;
  const without = leftOut
    .slice(0, mostFiles)
    .map(({ file, why }) => [shortened(file, longestName), shortened(why, 120)]);
  return [...blocks, { kind: 'table', columns: [left('Left out'), left('Why')], rows: without }];
}

function many(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
