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
  /** Whether it fills the field of a log whose fields this separates; absent: it does in every log. */
  fills?: (separator: string | undefined) => string | undefined;
}

interface ReferenceField {
  start: number;
  text: string;
}

const LIMIT = 65536;
const separators: Readonly<Record<string, string>> = {
  line: '\n',
  tab: '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
};
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
    for (const { what, text, start, isNamed, fills } of all) {
      const sample = fills?.(separators[result.column?.kind ?? '']);
      if (sample !== undefined) result.malformed.push({ text: utf8(sample), line: number });
      if (sample !== undefined) continue;
      if (what === 'malformed') result.malformed.push({ text: utf8(text), line: number });
      if (what !== 'value' && what !== 'named') continue;
      const isNear = start < lineStart + LIMIT;
      result.column ??= isNamed || !isNear ? { kind: 'none' } : columnOf(seen, start - lineStart, text);
      if (what === 'value') result.values.push({ text, line: number });
    }
  };
  take(early);
  // As everywhere: where files were put together, the mark that begins the second one can stand behind a last line without an end.
  const direct = /(?:^|\xef\xbb\xbf)[ \t]{0,64}(direct)[ \t\r]*$/i.exec(line)?.[1];
  if (direct !== undefined && early.length === 0) {
    result.column ??= { kind: /^(?:\xef\xbb\xbf)?[ \t]*direct/i.test(line) ? 'line' : 'none' };
    result.values.push({ text: direct, line: number });
  } else if (early.length === 0 && result.column !== undefined) checkColumn(seen, result.column, number, result);
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
  for (const kind of ['line', 'tab', 'comma', 'semicolon', 'pipe', 'quoted', 'blank']) {
    const index = fieldsOf(kind, line).findIndex((field) => {
      if (field.start !== start) return false;
      if (kind === 'blank') return true;
      if (field.text !== value) return false;
      return kind !== 'quoted' || /(^(?:\xef\xbb\xbf)?|[ \t[])"[ \t\r']*$/.test(line.slice(0, start));
    });
    if (index >= 0) return kind === 'line' ? { kind } : { kind, index };
  }
  return { kind: 'none' };
}

function fieldsOf(kind: string, line: string): ReferenceField[] {
  const mark = line.startsWith('\xef\xbb\xbf') ? 3 : 0;
  const raw = rawFieldsOf(kind, line.slice(mark)).map(({ start, text }) => ({ start: start + mark, text }));
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
    case 'semicolon':
      return matches(/(;)((?:"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[^";])*)/g, ';');
    case 'pipe':
      return matches(/(\|)((?:"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[^"|])*)/g, '|');
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
  const own: Event[] = [];
  for (const { index } of bytes.matchAll(/(?<![A-Za-z0-9_.%/+(-])[0-9a-f]{10}(?=[ \t])/gi)) {
    const text = valueAt(bytes, index);
    if (text !== undefined) own.push(unnamed(bytes, index, text));
  }
  for (const { index } of bytes.matchAll(/direct(?=[ \t])/gi)) {
    const text = valueAt(bytes, index);
    if (text !== undefined && isDirectAlone(bytes, index, text)) own.push(unnamed(bytes, index, text));
  }
  const named: Event[] = [];
  for (const match of bytes.matchAll(/cf[-_]railgun(?![a-z0-9_.-])([\\"']{0,8})([ \t]{0,64})([:=])([ \t]*)/gi)) {
    const isKey =
      /(?:^|[\s,;|{[<>"']|\\[nrt]|\xef\xbb\xbf)(?:(?:sent_|upstream_)?http_)?$/i.test(
        bytes.slice(Math.max(0, match.index - 30), match.index),
      ) && !/[\f\v\xa0](?:(?:sent_|upstream_)?http_)?$/i.test(bytes.slice(0, match.index).slice(-30));
    const event = isKey ? eventBehindName(bytes, match) : undefined;
    if (event !== undefined) named.push(event);
  }
  const kept = own.filter((event) => {
    const name = named.find(({ start }) => start === event.start);
    if (name === undefined) return true;
    event.isNamed = true;
    delete event.fills;
    return name.what !== 'malformed';
  });
  return [...kept, ...named].sort((a, b) => a.start - b.start || a.at - b.at);
}

function unnamed(bytes: string, start: number, text: string): Event {
  const before = bytes.slice(Math.max(0, start - 70), start);
  const rest = bytes.slice(start + text.length, start + text.length + 1500);
  const fills = (separator: string | undefined): string | undefined => {
    const open = /(\\{0,8})(["'])$/.exec(before);
    let stop = separator;
    if (open !== null) {
      if (endsQuoted(rest, open[1] ?? '', open[2] ?? '')) return undefined;
      stop = open[2];
    } else {
      if (separator === undefined) return undefined;
      const s = separator === '|' ? '\\|' : separator;
      const blank = separator === '\t' ? '[ ]' : '[ \\t]';
      if (!new RegExp(`(?:^|[\\n${s}]|\\xef\\xbb\\xbf)${blank}{0,64}$`).test(before)) return undefined;
      if (new RegExp(`^${blank}*(?:$|[\\n\\r${s}])`).test(rest)) return undefined;
    }
    return sampleOf(text + rest, text.length, new RegExp(`[\\n\\r\\t${stop}]`));
  };
  return { at: start, start, what: 'value', text, isNamed: false, fills };
}

function endsQuoted(rest: string, escapes: string, quote: string): boolean {
  const close = /^[ \t]*(?:$|[\n\r]|(\\{0,8})(["']))/.exec(rest);
  return close !== null && (close[2] === undefined || (close[1] === escapes && close[2] === quote));
}

/** The field up to the first `stop` at or after `from`, at most 200 bytes, without blanks and backslashes at its end. */
function sampleOf(text: string, from: number, stop: RegExp): string {
  const end = text.slice(from).search(stop);
  return text.slice(0, Math.max(from, Math.min(200, end < 0 ? Infinity : from + end))).replace(/[ \t\\]+$/, '');
}

function eventBehindName(bytes: string, match: RegExpExecArray): Event | undefined {
  const [whole, quotes, blanks, sign, gap = ''] = match;
  if (gap.length > 64) return undefined;
  const at = match.index;
  const valueAtGap = at + whole.length;
  const opening = /^(\[(?:[ \t]{0,64}(?![ \t]))?)?(\\{0,8})(?:(["'])(?:[ \t]{0,64}(?![ \t]))?)?/.exec(
    bytes.slice(valueAtGap, valueAtGap + 300),
  );
  const [open = '', list, escapes = '', quote] = opening ?? [];
  const start = valueAtGap + open.length;
  const near = bytes.slice(start, start + 2500);
  // Anything that can be read counts towards the field's end, also where it does not end as a word.
  const text = valueAt(bytes, start);
  const read = valueAt(bytes, start, true)?.length ?? 0;
  const key = sign === '=' ? '|(?<= )(?!\\d)[A-Za-z0-9_.-]{1,65}=' : '';
  const ends = quote ? `[\n\r\t${quote}]` : `[\\n\\r\\t"',;|}\\]]|\\\\[\\\\"'nrt]${key}`;
  if (text !== undefined) {
    const rest = near.slice(text.length);
    const isWhole = quote
      ? endsQuoted(rest, escapes, quote)
      : new RegExp(`^ *(?:$|[\\n\\r\\t"',;|}\\]]|\\\\[\\\\"'nrt]${key})`).test(rest);
    const isOwn = !/^direct/i.test(text) || isDirectAlone(bytes, start, text);
    if (isWhole) return { at, start, what: isOwn ? 'named' : 'value', text, isNamed: true };
  }
  const sample = sampleOf(near, read, new RegExp(ends));
  const isGap = gap.endsWith('\t') || (gap !== '' && sign === '=' && quotes === '' && blanks === '');
  const next = near.slice(sample.length).replace(/^[ \t\\]{0,79}/, '');
  const hasNext =
    list !== undefined && (quote ? next.replace(new RegExp(`^${quote}[ \\t]*`), '') : next).startsWith(',');
  const isNothing =
    sample === '' || hasNext || (quote ? sample === '-' : /^(?:[{[]|(?:-|null)(?![a-z0-9_.-]))/i.test(sample));
  return {
    at,
    start,
    what: text === undefined && (isGap || isNothing) ? 'absent' : 'malformed',
    text: sample,
    isNamed: true,
  };
}

function isDirectAlone(bytes: string, start: number, text: string): boolean {
  const reason = /\((.*)\)/.exec(text)?.[1]?.trim().toLowerCase();
  if (reason === undefined) {
    const around = [bytes.slice(Math.max(0, start - 70), start), bytes.slice(start + text.length).slice(0, 1500)];
    return /(?:^|\n|\xef\xbb\xbf)[ \t]{0,64}$/.test(around[0] ?? '') && /^[ \t]*(?:$|[\n\r])/.test(around[1] ?? '');
  }
  if (/[A-Za-z0-9_.%/+(-]/.test(bytes.charAt(start - 1))) return false;
  if (published.includes(reason)) return true;
  const before = bytes.slice(Math.max(0, start - 70), start);
  const after = bytes.slice(start + text.length, start + text.length + 70);
  return /(?:^|[\n\t"',=]|\xef\xbb\xbf) {0,64}$|: {1,64}$/.test(before) && /^ {0,64}(?:$|[\n\r\t"',}\\])/.test(after);
}

/** The longest value that begins at `at` and ends as a word, as `decode` judges it. */
function valueAt(bytes: string, at: number, isAnyEnd = false): string | undefined {
  const near = bytes.slice(at, at + 500);
  const isCommitted = /^direct[ \t]{1,64}\(/i.test(near);
  let longest: string | undefined;
  for (const { index } of near.matchAll(/(?<=[a-z0-9)])(?![A-Za-z0-9_.-])|(?<=\))/gi)) {
    if (!isAnyEnd && /^[A-Za-z0-9_.-]/.test(near.slice(index))) continue;
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
