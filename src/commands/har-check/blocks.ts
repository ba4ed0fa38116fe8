import type { HarEntry } from '../../decoders/har-entry.js';
import { placeOfDataCentre } from '../../knowledge/data-centres.js';
import type { Block, Column, Pair } from '../../model/block.js';
import type { ArchiveFacts, HarFacts } from './facts.js';
import { answerText, countsText, differenceText, longestPhase, rayText, requestText, secondsText } from './text.js';

/** Rows of a table that a person reads. */
const mostRows = 20;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** What is in the archives, as a person should see it. */
export function harBlocks({ archives, comparison }: HarFacts): Block[] {
  const blocks = archives.flatMap((archive) => [
    ...(archives.length > 1 ? [{ kind: 'heading', text: archive.path } as const] : []),
    ...archiveBlocks(archive),
  ]);
  if (comparison === undefined) return blocks;
  const { both, onlyFirst, onlySecond, proxied, differences, examples } = comparison;
  const pairs = [
    { label: 'In both', value: `${both} requests; ${onlyFirst} only in the first, ${onlySecond} only in the second` },
    { label: 'Through Cloudflare', value: proxied === undefined ? 'not only one of them' : `the ${proxied}` },
    { label: 'Different', value: String(differences) },
  ];
  const rows = examples.slice(0, mostRows).map((one) => [one.kind, differenceText(one), requestText(one.first)]);
  blocks.push({ kind: 'heading', text: 'Side by side' }, { kind: 'pairs', pairs });
  if (rows.length > 0) {
    blocks.push({ kind: 'table', columns: [left('Where'), left('First and second'), left('Request')], rows });
  }
  return blocks;
}

function archiveBlocks({ version, creator, summary }: ArchiveFacts): Block[] {
  const { entries, throughCloudflare, statuses, colos, cacheStatuses, railgunForms, directReasons, first, last } =
    summary;
  const named = Object.fromEntries(
    Object.entries(colos).map(([colo, count]) => {
      const place = placeOfDataCentre(colo);
      return [place === undefined ? colo : `${colo}, ${place}`, count];
    }),
  );
  const pairs: Pair[] = [
    {
      label: 'Archive',
      value: `HAR ${version === '' ? 'of no version' : version}${creator === '' ? '' : `, ${creator}`}`,
    },
    { label: 'Entries', value: `${entries}, ${throughCloudflare} through Cloudflare` },
    ...(first === undefined ? [] : [{ label: 'Time', value: `${first} to ${last ?? first}` }]),
  ];
  const counts: [string, Readonly<Record<string, number>>][] = [
    ['Statuses', statuses],
    ['Data centres', named],
    ['CF-Cache-Status', cacheStatuses],
    ['Cf-Railgun', railgunForms],
    ['Direct because', directReasons],
  ];
  for (const [label, table] of counts)
    if (Object.keys(table).length > 0) pairs.push({ label, value: countsText(table) });
  return [
    { kind: 'pairs', pairs },
    ...failedTable([...summary.errors, ...summary.unanswered]),
    ...slowTable(summary.slowest),
  ];
}

function failedTable(entries: readonly HarEntry[]): Block[] {
  if (entries.length === 0) return [];
  const rows = entries
    .slice(0, mostRows)
    .map((entry) => [answerText(entry), rayText(entry), entry.at ?? '', requestText(entry)]);
  return [{ kind: 'table', columns: [left('Failed'), left('Ray'), left('Time'), left('Request')], rows }];
}

function slowTable(entries: readonly HarEntry[]): Block[] {
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => [
    secondsText(entry.ms),
    longestPhase(entry),
    entry.cacheStatus ?? '',
    entry.railgun?.form ?? '',
    requestText(entry),
  ]);
  const columns = [right('Slowest'), left('Mostly'), left('Cache'), left('Railgun'), left('Request')];
  return [{ kind: 'table', columns, rows }];
}
