/** A part of a text, read differently, and where each of its units came from. */
export interface Reading {
  readonly text: string;
  /** Offset in the text that was read of the unit at `at`; of the length of this reading, where what was read ends. */
  origin(at: number): number;
}

/** How escapes are written: percent signs, backslashes and entities, which may be mixed, or those of quoted-printable. */
export type EscapeKind = 'marked' | 'quoted-printable';

/** The ASCII characters that HTML has names for, and the blank that does not break. */
const entities: ReadonlyMap<string, number> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    excl: '!',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    midast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    equals: '=',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    bsol: '\\',
    rsqb: ']',
    rbrack: ']',
    hat: '^',
    lowbar: '_',
    grave: '`',
    lcub: '{',
    lbrace: '{',
    verbar: '|',
    vert: '|',
    rcub: '}',
    rbrace: '}',
    hyphen: '-',
    dash: '-',
    tilde: '~',
  }).map(([name, character]) => [name, character.charCodeAt(0)]),
);

/** UTF-16 units of an entity, at most. */
const longestEntity = 10;

const percent = 0x25;
const ampersand = 0x26;
const plus = 0x2b;
const equals = 0x3d;
const backslash = 0x5c;
const blank = 0x20;

/** Where the next escape of this kind begins at or after `from`; the length of the text where there is none. */
export function nextEscape(text: string, from: number, kind: EscapeKind): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (kind === 'quoted-printable') {
      if (unit === equals && quotedAt(text, at) !== undefined) return at;
    } else if (
      unit === backslash ||
      (unit === percent && percentAt(text, at) !== undefined) ||
      (unit === ampersand && entityAt(text, at) !== undefined)
    )
      return at;
  }
  return text.length;
}

/**
 * A part of a text with its escapes undone, once: `%26`, `\u0026`, `\x26` and `&amp;` are `&`. A backslash before anything else is
 * left out, so that any number of them is the same; a plus sign is a blank, which it may stand for. Linear.
 */
export function undoneEscapes(text: string, from: number, to: number, kind: EscapeKind): Reading {
  const units = new Uint16Array(to - from);
  const origins = new Int32Array(to - from + 1);
  let length = 0;
  for (let at = from; at < to; ) {
    const start = at;
    let unit = text.charCodeAt(at);
    at += 1;
    if (kind === 'quoted-printable') {
      const found = unit === equals ? quotedAt(text, start) : undefined;
      if (found !== undefined) {
        at = start + found.length;
        if (found.unit < 0) continue;
        unit = found.unit;
      }
    } else if (unit === backslash) {
      while (at < to && text.charCodeAt(at) === backslash) at += 1;
      if (at >= to) break;
      const found = numberAt(text, at);
      unit = found?.unit ?? text.charCodeAt(at);
      at += found?.length ?? 1;
      // What follows the backslashes may be an escape of another kind.
      if (found === undefined && (unit === percent || unit === ampersand)) {
        const other = unit === percent ? percentAt(text, at - 1) : entityAt(text, at - 1);
        unit = other?.unit ?? unit;
        at += (other?.length ?? 1) - 1;
      }
    } else if (unit === percent || unit === ampersand) {
      const found = unit === percent ? percentAt(text, start) : entityAt(text, start);
      unit = found?.unit ?? unit;
      at = start + (found?.length ?? 1);
    }
    units[length] = unit === plus ? blank : unit;
    origins[length] = start;
    length += 1;
  }
  origins[length] = to;
  return {
    text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'),
    origin: (at) => origins[at] as number,
  };
}

interface Escape {
  readonly unit: number;
  readonly length: number;
}

function percentAt(text: string, at: number): Escape | undefined {
  const next = text.charCodeAt(at + 1);
  // `%u00e9`: JavaScript's `escape`.
  if (next === 0x75 || next === 0x55) return hexOf(text, at + 2, 4, 6);
  return hexOf(text, at + 1, 2, 3);
}

/** Behind the backslash. */
function numberAt(text: string, at: number): Escape | undefined {
  const unit = text.charCodeAt(at);
  if (unit === 0x78) return hexOf(text, at + 1, 2, 3);
  if (unit !== 0x75 && unit !== 0x55) return undefined;
  if (text.charAt(at + 1) !== '{') return hexOf(text, at + 1, 4, 5);
  const [all, digits = ''] = /^\{([\da-f]{1,4})\}/i.exec(text.slice(at + 1, at + 7)) ?? [];
  return all === undefined ? undefined : { unit: Number.parseInt(digits, 16), length: 1 + all.length };
}

function entityAt(text: string, at: number): Escape | undefined {
  const first = text.charCodeAt(at + 1) | 0x20;
  if (first !== 0x23 && (first < 0x61 || first > 0x7a)) return undefined;
  const end = text.slice(at, at + longestEntity).indexOf(';');
  if (end < 0) return undefined;
  const name = text.slice(at + 1, at + end);
  const [, decimal, hex] = /^#(?:(\d{1,5})|x([\da-f]{1,4}))$/i.exec(name) ?? [];
  const unit =
    decimal !== undefined
      ? Number(decimal)
      : hex !== undefined
        ? Number.parseInt(hex, 16)
        : entities.get(name.toLowerCase());
  return unit === undefined || unit > 0xffff ? undefined : { unit, length: end + 1 };
}

/** A line end that is none (unit -1), or a character that quoted-printable has to escape; letters and digits it need not. */
function quotedAt(text: string, at: number): Escape | undefined {
  const next = text.charCodeAt(at + 1);
  if (next === 0x0a) return { unit: -1, length: 2 };
  if (next === 0x0d && text.charCodeAt(at + 2) === 0x0a) return { unit: -1, length: 3 };
  // In upper case, so that less of what comes behind other equals signs is taken for it.
  const first = upperDigitOf(next);
  const second = first < 0 ? -1 : upperDigitOf(text.charCodeAt(at + 2));
  const unit = second < 0 ? -1 : first * 16 + second;
  const isWord = (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a);
  return unit < 0 || isWord ? undefined : { unit, length: 3 };
}

function hexOf(text: string, from: number, digits: number, length: number): Escape | undefined {
  let unit = 0;
  for (let at = from; at < from + digits; at += 1) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit < 0) return undefined;
    unit = unit * 16 + digit;
  }
  return { unit, length };
}

function upperDigitOf(unit: number): number {
  return unit >= 0x61 ? -1 : digitOf(unit);
}

function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
