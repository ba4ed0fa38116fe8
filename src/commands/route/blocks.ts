import { routeMarkOf } from '../../knowledge/route-marks.js';
import type { Block, Column, Pair } from '../../model/block.js';
import type { FailedFacts, HopFacts, TriedWay, WayFacts } from './facts.js';
import { hostsText, lastAnswer, probeText, protocolName } from './text.js';

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });

const columns: readonly Column[] = [
  right('Hop'),
  left('Address'),
  right('Loss'),
  right('Best'),
  right('Avg'),
  right('Worst'),
  left('Mark'),
];

/** What a person should see of a route: who looked how, the hops, and with `--verbose` all that was printed. */
export function routeBlocks(facts: WayFacts): Block[] {
  const { tool, address, cloudflare, command, output, pmtu } = facts;
  const pairs: Pair[] = [
    { label: 'Address', value: address, ...(cloudflare && { means: 'an address of Cloudflare' }) },
    { label: 'Looked with', value: `${tool.name}, ${probeText(facts)}` },
    ...(pmtu === undefined ? [] : [{ label: 'Path MTU', value: `${pmtu} bytes` }]),
  ];
  const raw: Pair[] = [
    { label: 'Program', value: tool.path, ...(tool.version !== undefined && { means: tool.version }) },
    { label: 'Command', value: command.join(' ') },
  ];
  return [
    { kind: 'pairs', pairs },
    { kind: 'table', columns, rows: rowsOf(facts) },
    ...triedBlock(facts.tried),
    { kind: 'pairs', pairs: raw, verbose: true },
    ...rawBlock(output),
  ];
}

/** Lines of output that are shown; the facts have more. */
const mostLines = 1000;

/** All that was printed, line by line. */
function rawBlock(output: string): Block[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return [];
  return [
    { kind: 'table', columns: [left('Output')], rows: lines.slice(0, mostLines).map((line) => [line]), verbose: true },
  ];
}

/** What a person should see where nothing was seen of the way. */
export function failedBlocks({ address, cloudflare, tried }: FailedFacts): Block[] {
  const pairs: Pair[] = [
    { label: 'Address', value: address, ...(cloudflare && { means: 'an address of Cloudflare' }) },
  ];
  return [{ kind: 'pairs', pairs }, ...triedBlock(tried)];
}

/** The hops, in the milliseconds that everybody is used to; all that are silent at the end are one row. */
function rowsOf(facts: WayFacts): string[][] {
  const { hops } = facts;
  const silent = lastAnswer(facts) + 1;
  const rows = hops.slice(0, silent).map(rowOf);
  const [first, last] = [hops[silent], hops.at(-1)];
  if (first === undefined || last === undefined) return rows;
  const range = first === last ? String(first.ttl) : `${first.ttl}–${last.ttl}`;
  return [...rows, [range, 'no answer', '100 %', '', '', '', '']];
}

function rowOf(hop: HopFacts): string[] {
  const { ttl, hosts, loss, times, marks, received } = hop;
  const meanings = marks.map((mark) => {
    const row = routeMarkOf(mark);
    return row === undefined ? mark : `${mark} ${row.meaning}`;
  });
  const owner = hosts.some((host) => host.cloudflare) ? ['Cloudflare'] : [];
  return [
    String(ttl),
    hosts.length === 0 ? (received > 0 ? 'an answer without an address' : 'no answer') : hostsText(hop),
    `${Number((loss * 100).toFixed(1))} %`,
    milliseconds(times?.bestMs),
    milliseconds(times?.avgMs),
    milliseconds(times?.worstMs),
    [...owner, ...meanings].join('; '),
  ];
}

function milliseconds(ms: number | undefined): string {
  return ms === undefined ? '' : ms.toFixed(ms < 10 ? 2 : 1);
}

/** What was tried before, or in vain. */
function triedBlock(tried: readonly TriedWay[]): Block[] {
  if (tried.length === 0) return [];
  const rows = tried.map(({ tool, protocol, failure }) => [tool, protocolName(protocol), failure.detail]);
  return [{ kind: 'table', columns: [left('Tried'), left('Protocol'), left('Why not')], rows, verbose: true }];
}
