import { cfRailgun } from '../../src/decoders/cf-railgun.js';

/** What the scanner should find, by the slowest and plainest means: regular expressions and `decode` at every place. */
export interface ReferenceResult {
  lines: number;
  values: { text: string; line: number }[];
  malformed: { text: string; line: number }[];
  column: { kind: string; index?: number } | undefined;
}

interface Event {
  at: number;
  start: number;
  what: 'value' | 'named' | 'absent' | 'malformed';
  text: string;
  isNamed: boolean;
}

interface ReferenceField {
  start: number;
  text: string;
}

const LIMIT = 65536;
const published = [
  'all wan connections are busy',
  'starting new wan connection',
  'waiting for pending wan connection',
  'internal error',
  'internal channel failure',
];

/** @param bytes a log, one character for each byte */
export function reference(bytes: string): ReferenceResult {
  const result: ReferenceResult = { lines: 0, values: [], malformed: [], column: undefined };
  const events = eventsOf(bytes);
  let lineStart = 0;
  for (const line of bytes.split('\n')) {
    const inLine = events.filter(({ start }) => start >= lineStart && start <= lineStart + line.length);
    scanLine(line, lineStart, inLine, result);
    lineStart += line.length + 1;
    result.lines += 1;
  }
  if (bytes === '' || bytes.endsWith('\n')) result.lines -= 1;
  return result;
}

function scanLine(line: string, lineStart: number, events: readonly Event[], result: ReferenceResult): void {
  const number = result.lines + 1;
  const seen = line.slice(0, LIMIT);
  const early = events.filter(({ start }) => start < lineStart + LIMIT);
  const late = events.filter(({ start }) => start >= lineStart + LIMIT);
  const take = (all: readonly Event[]) => {
    for (const { what, text, start, isNamed } of all) {
      if (what === 'malformed') result.malformed.push({ text: utf8(text), line: number });
      if (what !== 'value' && what !== 'named') continue;
      const isNear = start < lineStart + LIMIT;
      result.column ??= isNamed || !isNear ? { kind: 'none' } : columnOf(seen, start - lineStart, text);
      if (what === 'value') result.values.push({ text, line: number });
    }
  };
  take(early);
  if (early.length === 0 && result.column !== undefined) checkColumn(seen, result.column, number, result);
  take(late);
}

function checkColumn(
  line: string,
  column: { kind: string; index?: number },
  number: number,
  to: ReferenceResult,
): void {
  const field = fieldsOf(column.kind, line)[column.index ?? 0];
  if (field === undefined || field.text === '' || field.text === '-') return;
  const value = valueAt(column.kind === 'blank' ? line : line.slice(0, field.start + field.text.length), field.start);
  if (value !== undefined && (column.kind === 'blank' || value === field.text)) {
    to.values.push({ text: value, line: number });
  } else {
    to.malformed.push({ text: utf8(field.text.slice(0, 200)), line: number });
  }
}

function columnOf(line: string, start: number, value: string): { kind: string; index?: number } {
  for (const kind of ['line', 'tab', 'comma', 'quoted', 'blank']) {
    const index = fieldsOf(kind, line).findIndex((field) => {
      if (field.start !== start) return false;
      if (kind === 'blank') return true;
      if (field.text !== value) return false;
      return kind !== 'quoted' || /(^|[ \t[])"[ \t\r']*$/.test(line.slice(0, start));
    });
    if (index >= 0) return kind === 'line' ? { kind } : { kind, index };
  }
  return { kind: 'none' };
}

function fieldsOf(kind: string, line: string): ReferenceField[] {
  const raw = rawFieldsOf(kind, line);
  return raw.map(({ start, text }) => trim(trim({ start, text }, /^[ \t\r]+|[ \t\r]+$/g), /^(["'])(.*)\1$/s));
}

function rawFieldsOf(kind: string, line: string): ReferenceField[] {
  const matches = (pattern: RegExp, before = '') =>
    [...`${before}${line}`.matchAll(pattern)].map((match) => ({
      start: match.index + (match[1]?.length ?? 0) - before.length,
      text: match[2] ?? '',
    }));
  switch (kind) {
    case 'tab':
      return matches(/(\t)([^\t]*)/g, '\t');
    case 'comma':
      return matches(/(,)((?:"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[^",])*)/g, ',');
    case 'quoted':
      return matches(/(")((?:\\[\s\S]|[^"\\])*\\?)(?:"|$)/g);
    case 'blank':
      return matches(/([ \t\r]*)((?:"(?:\\[\s\S]|[^"\\])*\\?|\[(?:\\[\s\S]|[^\]\\])*\\?)?[^ \t\r]*)/g).filter(
        ({ text }) => text !== '',
      );
    case 'line':
      return [{ start: 0, text: line }];
    default:
      return [];
  }
}

/** Without what matches at both ends; of quotes, without the blanks in them too. */
function trim({ start, text }: ReferenceField, pattern: RegExp): ReferenceField {
  if (pattern.flags.includes('s')) {
    const quoted = pattern.exec(text);
    if (quoted === null) return { start, text };
    return trim({ start: start + 1, text: quoted[2] ?? '' }, /^[ \t\r]+|[ \t\r]+$/g);
  }
  const first = /^[ \t\r]*/.exec(text)?.[0].length ?? 0;
  return { start: start + first, text: text.replace(pattern, '') };
}

/** Everything that stands for itself or behind a name, in the order of the log. */
function eventsOf(bytes: string): Event[] {
  const events: Event[] = [];
  for (const { index } of bytes.matchAll(/(?<![A-Za-z0-9_.%/+(-])[0-9a-f]{10}(?=[ \t])/gi)) {
    const text = valueAt(bytes, index);
    if (text !== undefined) events.push({ at: index, start: index, what: 'value', text, isNamed: false });
  }
  for (const { index } of bytes.matchAll(/direct(?=[ \t])/gi)) {
    const text = valueAt(bytes, index);
    if (text === undefined || !isDirectAlone(bytes, index, text)) continue;
    events.push({ at: index, start: index, what: 'value', text, isNamed: false });
  }
  for (const match of bytes.matchAll(/cf[-_]railgun(?![a-z0-9_.-])([\\"']{0,8})([ \t]{0,64})([:=])([ \t]*)/gi)) {
    const event = eventBehindName(bytes, match);
    if (event === undefined) continue;
    for (const own of events) if (own.start === event.start) own.isNamed = true;
    events.push(event);
  }
  return events.sort((a, b) => a.start - b.start || a.at - b.at);
}

function eventBehindName(bytes: string, match: RegExpExecArray): Event | undefined {
  const [whole, quotes, blanks, sign, gap = ''] = match;
  if (gap.length > 64) return undefined;
  const at = match.index;
  const valueAtGap = at + whole.length;
  const opening = /^(?:\[(?:[ \t]{0,64}(?![ \t]))?)?\\*(?:(["'])(?:[ \t]{0,64}(?![ \t]))?)?/.exec(
    bytes.slice(valueAtGap, valueAtGap + 300),
  );
  const start = valueAtGap + (opening?.[0].length ?? 0);
  const quote = opening?.[1];
  const text = valueAt(bytes, start);
  if (text !== undefined) {
    const isOwn = !/^direct/i.test(text) || isDirectAlone(bytes, start, text);
    return { at, start, what: isOwn ? 'named' : 'value', text, isNamed: true };
  }
  const sample = (new RegExp(`^[^\\n\\r\\t${quote ?? '"'}]*`).exec(bytes.slice(start, start + 200))?.[0] ?? '').replace(
    /[ \t\\]+$/,
    '',
  );
  const isGap = gap.endsWith('\t') || (gap !== '' && sign === '=' && quotes === '' && blanks === '');
  const isNothing = quote ? /^-?$/.test(sample) : /^(?:$|[,\]}]|(?:-|null)(?![a-z0-9_.-]))/i.test(sample);
  return { at, start, what: isGap || isNothing ? 'absent' : 'malformed', text: sample, isNamed: true };
}

function isDirectAlone(bytes: string, start: number, text: string): boolean {
  const reason = /\((.*)\)/.exec(text)?.[1]?.trim().toLowerCase();
  if (reason === undefined || /[A-Za-z0-9_.%/+(-]/.test(bytes.charAt(start - 1))) return false;
  if (published.includes(reason)) return true;
  const before = bytes.slice(Math.max(0, start - 70), start);
  const after = bytes.slice(start + text.length, start + text.length + 70);
  return /(?:^|[\n\t"',=]) {0,64}$|: {1,64}$/.test(before) && /^ {0,64}(?:$|[\n\r\t"',}\\])/.test(after);
}

/** The longest value that begins at `at` and ends as a word, as `decode` judges it. */
function valueAt(bytes: string, at: number): string | undefined {
  const near = bytes.slice(at, at + 500);
  const isCommitted = /^direct[ \t]{1,64}\(/i.test(near);
  let longest: string | undefined;
  for (const { index } of near.matchAll(/(?<=[a-z0-9)])(?![A-Za-z0-9_.-])/gi)) {
    const text = near.slice(0, index);
    if (!/^(?:[0-9a-f]{10}[ \t]|direct)/i.test(text) || (isCommitted && !text.endsWith(')'))) continue;
    const { ok, facts } = cfRailgun.decode(text);
    if (ok && facts.form !== 'flags') longest = text;
  }
  return longest;
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
