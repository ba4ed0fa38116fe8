import type { Bar, Block, Column, Pair } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import { durationText } from '../../model/duration.js';
import { isVisitorError, rowOf, shortVisitorText } from './causes.js';
import type { CauseFacts, LogsFacts } from './facts.js';
import { instantText, isText, shortInstantText } from './text.js';
import { timelineBlocks } from './timelines.js';

/** Bars that a person reads before it gets too long. */
const mostBars = 24;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** What rg-listener logged, as a person should see it: the answer first. Of what was added to a log only what is new. */
export function logBlocks(facts: LogsFacts, answer: string): Block[] {
  const isDebug = ({ id }: CauseFacts) => rowOf(id)?.kind === 'debug';
  const isAdded = facts.followed === 'added';
  const causes = facts.causes.filter((cause) => !isDebug(cause));
  return [
    { kind: 'note', text: answer },
    ...(isAdded ? [] : [{ kind: 'pairs' as const, pairs: overview(facts) }]),
    ...causeTable(causes),
    ...(isAdded ? [] : [...meanings(causes), ...rateBars(facts)]),
    ...timelineBlocks(facts.requests),
    ...unrecognisedTable(facts),
    ...placeTables(facts.causes),
    ...causeTable(facts.causes.filter(isDebug)).map((block): Block => ({ ...block, verbose: true })),
    ...samplePairs(facts.causes),
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

// No more columns: on a narrow terminal a long id would be cut.
function causeTable(causes: readonly CauseFacts[]): Block[] {
  if (causes.length === 0) return [];
  const rows = causes.map((cause) => [
    grouped(cause.count),
    cause.id,
    cause.last === undefined ? '' : shortInstantText(cause.last),
  ]);
  return [{ kind: 'table', columns: [right('Times'), left('Cause'), left('Last (UTC)')], rows }];
}

/** What visitors get from the errors, and what they are. */
function meanings(causes: readonly CauseFacts[]): Block[] {
  const pairs = causes.flatMap(({ id }): Pair[] => {
    const row = rowOf(id);
    if (row?.kind !== 'error') return [];
    const before = row.codeBefore530 === undefined ? '' : ` (before 5.3.0: ${row.codeBefore530})`;
    return [{ label: shortVisitorText(row) || 'not known', value: id, means: `${row.cause}${before}` }];
  });
  return pairs.length === 0
    ? []
    : [
        { kind: 'heading', text: 'What visitors get, and from what' },
        { kind: 'pairs', pairs },
      ];
}

/** How many errors that visitors saw were logged when. */
function rateBars({ rate, causes }: LogsFacts): Block[] {
  const errors = causes.filter(isVisitorError);
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
  return [{ kind: 'bars', title: `Errors that visitors saw, in each ${durationText(seconds)} (UTC)`, bars }];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Lines that are no text are named only: nobody can read them. */
function unrecognisedTable({ unrecognisedSamples: samples, files }: LogsFacts): Block[] {
  if (samples.length === 0) return [];
  const several = files.length > 1;
  const readable = samples.filter(({ text }) => isText(text));
  const binary = samples.filter(({ text }) => !isText(text)).map(({ line }) => line);
  const rows = readable.map(({ line, file, text }) => [...(several ? [file ?? ''] : []), String(line), text]);
  const columns = [...(several ? [left('File')] : []), right('Line'), left('Text')];
  const [first] = binary;
  return [
    { kind: 'heading', text: 'Not recognised, the first ones' },
    ...(rows.length === 0 ? [] : [{ kind: 'table' as const, columns, rows }]),
    ...(first === undefined ? [] : [{ kind: 'note' as const, text: noTextNote(first, binary.length) }]),
  ];
}

function noTextNote(first: number, count: number): string {
  return count === 1 ? `Line ${first} is no text.` : `Line ${first} and ${count - 1} others of these are no text.`;
}

/** Every host and address that is kept, by cause. */
function placeTables(causes: readonly CauseFacts[]): Block[] {
  return causes.flatMap(({ id, hosts, otherHosts, destinations, otherDestinations }): Block[] => {
    const rows = [...placeRows('host', hosts, otherHosts), ...placeRows('address', destinations, otherDestinations)];
    if (rows.length === 0) return [];
    return [
      { kind: 'heading', text: `Where: ${id}`, verbose: true },
      { kind: 'table', columns: [left('Place'), left('Name'), right('Times')], rows, verbose: true },
    ];
  });
}

function placeRows(what: string, counts: Readonly<Record<string, number>>, others: number): string[][] {
  const rows = Object.entries(counts).map(([name, count]) => [what, name, grouped(count)]);
  return others > 0 ? [...rows, [what, 'others', grouped(others)]] : rows;
}

/** The last line of each cause, as it was written. */
function samplePairs(causes: readonly CauseFacts[]): Block[] {
  if (causes.length === 0) return [];
  const pairs = causes.map(({ id, first, sample }): Pair => {
    const since = first === undefined ? '' : `, first at ${instantText(first)}`;
    const label = sample.file === undefined ? `Line ${sample.line}` : `${sample.file}:${sample.line}`;
    return { label, value: `${id}${since}`, means: sample.text };
  });
  return [
    { kind: 'heading', text: 'The last line of each', verbose: true },
    { kind: 'pairs', pairs, verbose: true },
  ];
}
