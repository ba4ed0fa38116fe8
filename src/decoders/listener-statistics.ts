import { listenerStatisticOf } from '../knowledge/listener-statistics.js';
import type { Failure } from '../model/failure.js';
import { shortened } from '../model/shortened.js';

/** A number of the statistics: as text where JSON would round it. */
export type StatisticValue = number | string;

/** What rg-listener says of itself, however much of it could be read. */
export interface ListenerStatistics {
  /** Whole numbers by key, in their order. Those beyond 2^53 are strings of digits. */
  readonly values: Readonly<Record<string, StatisticValue>>;
  /** Keys whose value is no whole number, and what it is: at most 20. */
  readonly wrong: Readonly<Record<string, string>>;
  /** Keys of `values` that no document has: at most 20. */
  readonly unknown: readonly string[];
  /** Why reading ended early, or why it is no statistics at all; absent: the text is one whole object of numbers. */
  readonly failure?: Failure;
}

/** More keys than any version has; those behind are left out. */
const mostKeys = 500;
const mostNamed = 20;

/**
 * Reads the JSON that rg-listener serves at `stats.listen`: one flat object of whole numbers, whose keys have dots. Of a
 * text that is cut, what stands before. Never throws; linear.
 */
export function decodeListenerStatistics(text: string): ListenerStatistics {
  const values = new Map<string, StatisticValue>();
  const wrong = new Map<string, string>();
  const failure = readObject(text, (key, value) => {
    if (typeof value !== 'object') {
      if (values.size < mostKeys) values.set(key, value);
    } else if (wrong.size < mostNamed) wrong.set(key, value.is);
  });
  const unknown = [...values.keys()].filter((key) => listenerStatisticOf(key) === undefined).slice(0, mostNamed);
  const isForeign = failure === undefined && values.size === 0;
  const none: Failure = failureOf('malformed', 'expected an object of numbers, found none in it');
  return {
    values: Object.fromEntries(values),
    wrong: Object.fromEntries(wrong),
    unknown,
    ...(failure !== undefined ? { failure } : isForeign && { failure: none }),
  };
}

/** A statistic as a number, also where it is too large to be exact; nothing where it is absent. */
export function statisticOf({ values }: Pick<ListenerStatistics, 'values'>, key: string): number | undefined {
  return Object.hasOwn(values, key) ? Number(values[key]) : undefined;
}

type Take = (key: string, value: StatisticValue | { readonly is: string }) => void;

/** Calls `take` for each pair; returns why it ended before the end. */
function readObject(text: string, take: Take): Failure | undefined {
  let at = 0;
  const blanks = () => {
    while (at < text.length && ' \t\r\n\ufeff'.includes(text[at] ?? '')) at += 1;
  };
  const expected = (what: string): Failure =>
    at >= text.length
      ? failureOf('truncated-input', `it ends where ${what} is expected`)
      : failureOf('malformed', `expected ${what}, found ${found(text, at)}`);
  blanks();
  if (text[at] !== '{') return expected('{');
  at += 1;
  blanks();
  while (text[at] !== '}') {
    const key = stringAt(text, at);
    if (key === undefined) {
      const isOpen = text[at] === '"';
      if (isOpen) at = text.length;
      return expected(isOpen ? 'the end of a key' : 'a key');
    }
    at = key.end;
    blanks();
    if (text[at] !== ':') return expected('a colon');
    at += 1;
    blanks();
    const value = valueAt(text, at);
    if (value === undefined) {
      // What is cut within a value: nothing of it counts.
      if ('"{['.includes(text[at] ?? '"')) at = text.length;
      return expected('a value');
    }
    // A number that ends with the text may have had more digits.
    if (value.end === text.length && typeof value.value !== 'object') at = value.end;
    else {
      take(key.text, value.value);
      at = value.end;
    }
    blanks();
    if (text[at] === ',') {
      at += 1;
      blanks();
    } else if (text[at] !== '}') return expected('a comma or }');
  }
  at += 1;
  blanks();
  return at < text.length ? expected('the end') : undefined;
}

interface Piece<Value> {
  readonly value: Value;
  readonly end: number;
}

function stringAt(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const end = stringEnd(text, at);
  if (end === undefined) return undefined;
  const raw = text.slice(at, end);
  // What is no JSON (a control character) stays as it stands.
  return { text: shortened(raw.includes('\\') ? unescaped(raw) : raw.slice(1, -1), 100), end };
}

function unescaped(raw: string): string {
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1);
  }
}

/** Behind the closing quote. */
function stringEnd(text: string, at: number): number | undefined {
  if (text[at] !== '"') return undefined;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '"') return end + 1;
  }
  return undefined;
}

const numberShape = /-?\d+(\.\d+)?([eE][-+]?\d+)?/y;
const wordShape = /true|false|null/y;

function valueAt(text: string, at: number): Piece<StatisticValue | { readonly is: string }> | undefined {
  const first = text[at] ?? '';
  if (first === '"') {
    const end = stringEnd(text, at);
    return end === undefined ? undefined : { value: { is: 'text' }, end };
  }
  if (first === '{' || first === '[') {
    const end = nestedEnd(text, at);
    return end === undefined ? undefined : { value: { is: first === '{' ? 'an object' : 'a list' }, end };
  }
  wordShape.lastIndex = at;
  const [word] = wordShape.exec(text) ?? [];
  if (word !== undefined) return { value: { is: word }, end: at + word.length };
  numberShape.lastIndex = at;
  const [digits, fraction, exponent] = numberShape.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const end = at + digits.length;
  if (fraction !== undefined || exponent !== undefined || digits.length > 40) {
    return { value: { is: 'no whole number' }, end };
  }
  const number = Number(digits);
  return { value: Number.isSafeInteger(number) ? number + 0 : digits, end };
}

/** Behind the bracket that closes the one at `at`; which kind of bracket closes which does not matter here. */
function nestedEnd(text: string, at: number): number | undefined {
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    const letter = text[end] ?? '';
    if (letter === '"') {
      const behind = stringEnd(text, end);
      if (behind === undefined) return undefined;
      end = behind - 1;
    } else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth === 0) return end + 1;
    }
  }
  return undefined;
}

function found(text: string, at: number): string {
  return `“${shortened(text.slice(at, at + 100), 20)}”`;
}

function failureOf(code: Failure['code'], detail: string): Failure {
  return { code, step: 'decode', blame: 'target', detail };
}
