import { whyNotSearched } from '../../decoders/not-searched.js';
import type { Block, Column } from '../../model/block.js';
import type { Status } from '../../model/finding.js';
import { shortened } from '../../model/shortened.js';
import type { VerifiedFacts } from './facts.js';
import { stateOf } from './file-state.js';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** Files that are shown. */
const mostFiles = 200;

/** UTF-16 units of a name, and of what else the manifest says. */
const longestName = 100;

/** How each file compares with what it was. */
export function verifyBlocks({ manifest, files, secrets, mode }: VerifiedFacts): Block[] {
  const made =
    manifest.state === 'read'
      ? [
          { label: 'Made', value: shortened(`${manifest.at} by rg-diag ${manifest.version}`, longestName) },
          { label: 'Anonymised', value: manifest.anonymised ? 'yes' : 'no' },
          { label: 'Files', value: `${files.length} there, ${manifest.files} listed` },
        ]
      : [{ label: 'Files', value: `${files.length} there` }];
  const pairs = [
    ...made,
    {
      label: 'Looked for',
      value: `${secrets.searched} secrets, ${secrets.notSearched} ${whyNotSearched(secrets.searched)}`,
    },
    ...secrets.sources.map((source) => ({
      label: 'Secrets of',
      value: `${source.path}: ${source.state === 'read' ? source.secrets : source.failure.detail}`,
    })),
  ];
  const shown = files.slice(0, mostFiles).map((file) => ({ file, state: stateOf(file, manifest) }));
  const statuses: Status[] = shown.map(({ state }) => state.status);
  const rows = shown.map(({ file: { file, bytes }, state }) => [
    state.says,
    shortened(file, longestName),
    String(bytes),
  ]);
  return [
    { kind: 'pairs', pairs },
    { kind: 'table', columns: [left('State'), left('File'), right('Bytes')], rows, statuses },
    { kind: 'note', text: `Permissions of the folder: ${mode}.`, verbose: true },
  ];
}
