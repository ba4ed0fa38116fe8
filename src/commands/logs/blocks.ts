import type { Bar, Block, Column, Pair } from '../../model/block.js';
import { rowOf, visitorText } from './causes.js';
import type { CauseFacts, LogsFacts } from './facts.js';
import { durationText, grouped, instantText, shortInstantText } from './text.js';
import { timelineBlocks } from './timelines.js';

/** Bars that a person reads before it gets too long. */
const mostBars = 24;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** What rg-listener logged, as a person should see it. */
export function logBlocks(facts: LogsFacts): Block[] {
  const isDebug = ({ id }: CauseFacts) => rowOf(id)?.kind === 'debug';
  return [
    { kind: 'pairs', pairs: overview(facts) },
    ...causeTable(facts.causes.filter((cause) => !isDebug(cause))),
    ...meanings(facts.causes.filter((cause) => !isDebug(cause))),
    ...rateBars(facts),
    ...timelineBlocks(facts.requests),
    ...unrecognisedTable(facts),
    ...placeTable(facts.causes),
    ...causeTable(facts.causes.filter(isDebug)).map((block): Block => ({ ...block, verbose: true })),
    ...sampleTable(facts.causes),
  ];
}

function overview(facts: LogsFacts): Pair[] {
  const { lines, considered, recognised, ofOthers, unrecognised, untimed, first, last, machines, files } = facts;
  const pairs: Pair[] = [{ label: 'Lines', value: grouped(lines) }];
  const add = (label: string, value: string | undefined, means?: string) => {
    if (value !== undefined) pairs.push({ label, value, ...(means !== undefined && { means }) });
  };
  if (considered < lines) add('Looked at', grouped(considered), 'of the time that was asked for');
  add('Of rg-listener', grouped(recognised), untimed > 0 ? `${grouped(untimed)} without a time` : undefined);
  if (unrecognised > 0) add('Not recognised', grouped(unrecognised));
  if (ofOthers > 0) add('Of others', grouped(ofOthers), 'lines of other programs');
  if (first !== undefined && last !== undefined) {
    const seconds = (Date.parse(last) - Date.parse(first)) / 1000;
    const means = seconds > 0 ? `UTC, over ${durationText(seconds)}` : 'UTC';
    add('Time', first === last ? instantText(first) : `${instantText(first)} to ${instantText(last)}`, means);
  }
  const names = Object.keys(machines);
  if (names.length > 1) add('Machines', names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : ''));
  if (files.length > 1) add('Files', grouped(files.length), 'read as one log');
  return pairs;
}

function causeTable(causes: readonly CauseFacts[]): Block[] {
  if (causes.length === 0) return [];
  const rows = causes.map((cause) => [
    grouped(cause.count),
    cause.id,
    cause.last === undefined ? '' : shortInstantText(cause.last),
    placeOf(cause),
  ]);
  const columns = [right('Lines'), left('Cause'), left('Last (UTC)'), left('Mostly')];
  return [{ kind: 'table', columns, rows }];
}

/** What the causes are, and what visitors get from them. */
function meanings(causes: readonly CauseFacts[]): Block[] {
  const rows = causes.flatMap(({ id }) => {
    const row = rowOf(id);
    return row?.kind === 'error' ? [[id, visitorText(row), row.cause]] : [];
  });
  if (rows.length === 0) return [];
  return [{ kind: 'table', columns: [left('Cause'), left('Visitors get'), left('What it is')], rows }];
}

/** The host, or where none is named the address, that most lines are about. */
function placeOf({ hosts, otherHosts, destinations, otherDestinations }: CauseFacts): string {
  const named = Object.keys(hosts).length > 0;
  const [counts, others] = named ? [hosts, otherHosts] : [destinations, otherDestinations];
  const [first, ...more] = Object.keys(counts);
  if (first === undefined) return '';
  return more.length === 0 && others === 0 ? first : `${first} +${more.length}${others > 0 ? ' or more' : ''}`;
}

/** How many errors were logged when. */
function rateBars({ rate, causes }: LogsFacts): Block[] {
  const errors = causes.filter(({ id }) => rowOf(id)?.kind === 'error');
  if (rate === undefined || rate.intervals < 2 || errors.length === 0) return [];
  const together = Math.ceil(rate.intervals / mostBars);
  const seconds = rate.seconds * together;
  const from = Date.parse(rate.from);
  const counts = Array.from({ length: Math.ceil(rate.intervals / together) }, (_, index) =>
    errors.reduce((sum, cause) => sum + sumOf(cause.rate.slice(index * together, (index + 1) * together)), 0),
  );
  const withSeconds = seconds < 60 ? 8 : 5;
  const bars: Bar[] = counts.map((count, index) => ({
    label: new Date(from + index * seconds * 1000)
      .toISOString()
      .slice(5, 11 + withSeconds)
      .replace('T', ' '),
    value: count,
    text: grouped(count),
  }));
  return [{ kind: 'bars', title: `Errors in each ${durationText(seconds)} (UTC)`, bars }];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function unrecognisedTable({ unrecognisedSamples: samples, files }: LogsFacts): Block[] {
  if (samples.length === 0) return [];
  const several = files.length > 1;
  const rows = samples.map(({ line, file, text }) => [...(several ? [file ?? ''] : []), String(line), text]);
  return [
    { kind: 'heading', text: 'Not recognised, the first ones' },
    { kind: 'table', columns: [...(several ? [left('File')] : []), right('Line'), left('Text')], rows },
  ];
}

/** Every host and address that is kept. */
function placeTable(causes: readonly CauseFacts[]): Block[] {
  const rows = causes.flatMap(({ id, hosts, otherHosts, destinations, otherDestinations }) => [
    ...placeRows(id, 'host', hosts, otherHosts),
    ...placeRows(id, 'address', destinations, otherDestinations),
  ]);
  if (rows.length === 0) return [];
  return [
    { kind: 'table', columns: [left('Cause'), left('Place'), left('Name'), right('Lines')], rows, verbose: true },
  ];
}

function placeRows(id: string, what: string, counts: Readonly<Record<string, number>>, others: number): string[][] {
  const rows = Object.entries(counts).map(([name, count]) => [id, what, name, grouped(count)]);
  return others > 0 ? [...rows, [id, what, 'others', grouped(others)]] : rows;
}

/** The last line of each cause, as it was written. */
function sampleTable(causes: readonly CauseFacts[]): Block[] {
  if (causes.length === 0) return [];
  const rows = causes.map(({ id, first, sample }) => [
    id,
    first === undefined ? '' : shortInstantText(first),
    sample.file === undefined ? String(sample.line) : `${sample.file}:${sample.line}`,
    sample.text,
  ]);
  const columns = [left('Cause'), left('First (UTC)'), left('Line'), left('The last one')];
  return [{ kind: 'table', columns, rows, verbose: true }];
}
