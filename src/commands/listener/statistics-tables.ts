import type { StatisticsRates } from '../../decoders/listener-statistics-rates.js';
import { type ListenerStatistic, listenerStatistics } from '../../knowledge/listener-statistics.js';
import type { Block, Column } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import type { SeenFacts } from './facts.js';
import { statisticsOf } from './seen-statistics.js';
import { bytesText, rateText } from './text.js';

/** A hostile peer could have hundreds. */
const mostUnknown = 50;

/** What is worth a look; the others are there with --verbose. */
const telling: ReadonlySet<string> = new Set([
  'requests_started',
  'requests_completed',
  'no_origin_response',
  'origin_retries',
  'bytes_retrieved',
  'wan_bytes_sent',
  'wan_starts',
  'wan_stops',
  'uncompressed_chunks',
  'delta_compression_ratio',
  'memstats.sys',
  'memstats.heap_in_use',
  'memstats.num_gc',
]);

/** Every number that there is, and what it means. */
export function statisticsTable(facts: SeenFacts): Block[] {
  const { values = {}, unknown = [] } = statisticsOf(facts) ?? {};
  const rows = listenerStatistics.filter(({ key }) => Object.hasOwn(values, key) && key !== 'time');
  const rowOf = (row: ListenerStatistic): string[] => [
    row.inferred === true ? `${row.key} *` : row.key,
    numberText(row, values[row.key] ?? ''),
    row.meaning,
  ];
  const columns = [
    { title: 'Statistic', align: 'left' as const },
    { title: 'Value', align: 'right' as const },
    { title: 'Meaning', align: 'left' as const },
  ];
  const others = unknown.slice(0, mostUnknown).map((key) => [key, valueText(values[key] ?? ''), 'in no document']);
  const [shown, hidden] = [rows.filter(({ key }) => telling.has(key)), rows.filter(({ key }) => !telling.has(key))];
  const blocks = tablesOf(columns, shown.map(rowOf), [...hidden.map(rowOf), ...others]);
  const text = '* Inferred from the name of the number: no document says what it means.';
  if (rows.some(({ inferred }) => inferred === true)) blocks.push({ kind: 'note', text });
  return blocks;
}

/** What moved since the last look; what the numbers mean stands in the first report. */
export function ratesTable(facts: SeenFacts, { seconds, perSecond, change }: StatisticsRates): Block[] {
  const { values = {} } = statisticsOf(facts) ?? {};
  const rowsOf = (isShown: boolean) =>
    listenerStatistics.flatMap((row): string[][] => {
      const { key } = row;
      const [rate = 0, moved = 0] = [perSecond[key], change[key]];
      if (key === 'time' || telling.has(key) !== isShown || (rate === 0 && moved === 0)) return [];
      const text =
        rate === 0
          ? `${moved > 0 ? '+' : '-'}${numberText(row, Math.abs(moved))}`
          : row.unit === 'bytes'
            ? `${bytesText(rate)} a second`
            : rateText(rate);
      return [[key, numberText(row, values[key] ?? ''), text]];
    });
  const columns = [
    { title: 'Statistic', align: 'left' as const },
    { title: 'Value', align: 'right' as const },
    { title: `In ${seconds} s`, align: 'right' as const },
  ];
  return tablesOf(columns, rowsOf(true), rowsOf(false));
}

function tablesOf(columns: readonly Column[], shown: string[][], hidden: string[][]): Block[] {
  const tables: [rows: string[][], verbose: boolean][] = [
    [shown, false],
    [hidden, true],
  ];
  return tables.flatMap(([rows, verbose]): Block[] =>
    rows.length === 0 ? [] : [{ kind: 'table', columns, rows, ...(verbose && { verbose }) }],
  );
}

/** Bytes as a person reads them: every digit stands in the facts. */
function numberText({ unit }: ListenerStatistic, value: number | string): string {
  return unit === 'bytes' && Number.isFinite(Number(value)) ? bytesText(Number(value)) : valueText(value);
}

function valueText(value: number | string): string {
  return typeof value === 'number' ? grouped(value) : value;
}
