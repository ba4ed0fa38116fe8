import { type MemcachedValues, numberOf } from '../../decoders/memcached.js';
import type { Block, Pair } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import { durationText } from '../../model/duration.js';
import type { ServerFacts } from './facts.js';
import { bytesText, percentText, rateText } from './text.js';

/** A server can have 63 classes; a hostile one could say it has thousands. */
const mostRows = 64;

/** What a person should see of a server. */
export function serverBlocks(facts: ServerFacts): Block[] {
  return [{ kind: 'pairs', pairs: pairsOf(facts) }, ...memoryBars(facts), ...ratesTable(facts), ...slabsTable(facts)];
}

function pairsOf({ stats, address, transport, pingMs, version, hitRatio, tls, settings }: ServerFacts): Pair[] {
  const count = (name: string) => numberOf(stats[name]);
  const pairs: Pair[] = [
    { label: 'Version', value: version },
    { label: 'Address', value: tls === undefined ? address : `${address}, ${tls.protocol} ${tls.cipher}` },
    { label: 'Round trip', value: `${pingMs} ms`, ...(transport === 'unix' && { means: 'over a unix socket' }) },
  ];
  const add = (label: string, value: string | undefined) => {
    if (value !== undefined) pairs.push({ label, value });
  };
  const [uptime, gets, sets, evicted] = [count('uptime'), count('cmd_get'), count('cmd_set'), count('evictions')];
  const [current, most] = [count('curr_connections'), count('max_connections') ?? numberOf(settings['maxconns'])];
  add('Uptime', uptime === undefined ? undefined : durationText(uptime));
  add('Items', numberText(count('curr_items')));
  const hits = hitRatio === undefined ? '' : `, ${percentText(hitRatio)} hits`;
  add('Gets', gets === undefined ? undefined : `${grouped(gets)}${hits}`);
  add('Sets', numberText(sets));
  add('Evictions', numberText(evicted));
  const limit = most === undefined ? '' : ` of ${grouped(most)}`;
  add('Connections', current === undefined ? undefined : `${grouped(current)}${limit}`);
  const largest = numberOf(settings['item_size_max']);
  add('Largest item', largest === undefined ? undefined : bytesText(largest));
  return pairs;
}

function memoryBars({ stats, fillRatio }: ServerFacts): Block[] {
  const [used, limit] = [numberOf(stats['bytes']), numberOf(stats['limit_maxbytes'])];
  if (used === undefined || limit === undefined || fillRatio === undefined) return [];
  const bars = [
    { label: 'used', value: used, text: `${bytesText(used)} (${percentText(fillRatio)})` },
    { label: 'limit', value: limit, text: bytesText(limit) },
  ];
  return [{ kind: 'bars', title: 'Memory', bars }];
}

const rateLabels: readonly (readonly [counter: string, label: string])[] = [
  ['cmd_get', 'Gets'],
  ['get_hits', 'Hits'],
  ['get_misses', 'Misses'],
  ['cmd_set', 'Sets'],
  ['evictions', 'Evictions'],
  ['total_connections', 'Connections'],
  ['rejected_connections', 'Rejected connections'],
  ['bytes_read', 'Bytes read'],
  ['bytes_written', 'Bytes written'],
];

function ratesTable({ rates }: ServerFacts): Block[] {
  if (rates === undefined) return [];
  const rows = rateLabels.flatMap(([counter, label]) => {
    const rate = rates.perSecond[counter];
    return rate === undefined ? [] : [[label, rateText(rate)]];
  });
  const columns = [
    { title: `In the last ${rates.seconds} s`, align: 'left' as const },
    { title: 'Rate', align: 'right' as const },
  ];
  const own = 'The connection and the bytes of one look of rg-diag itself are among them.';
  return [
    { kind: 'table', columns, rows },
    { kind: 'note', text: own },
  ];
}

function slabsTable({ slabs, items }: ServerFacts): Block[] {
  const ids = [...new Set([...Object.keys(slabs), ...Object.keys(items)])].slice(0, mostRows);
  if (ids.length === 0) return [];
  const text = (of: MemcachedValues | undefined, name: string) => numberText(numberOf(of?.[name])) ?? '';
  const rows = ids.map((id) => [
    id,
    text(slabs[id], 'chunk_size'),
    text(slabs[id], 'total_pages'),
    text(items[id], 'number'),
    text(items[id], 'age'),
    text(items[id], 'evicted'),
    text(items[id], 'outofmemory'),
  ]);
  const titles = ['Class', 'Chunk (bytes)', 'Pages', 'Items', 'Oldest (s)', 'Evicted', 'No memory'];
  return [{ kind: 'table', columns: titles.map((title) => ({ title, align: 'right' as const })), rows, verbose: true }];
}

function numberText(number: number | undefined): string | undefined {
  return number === undefined ? undefined : grouped(number);
}
