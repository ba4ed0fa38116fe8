/** A part of a line: `column` counts UTF-16 units from 1, so it is `raw[column - 1]` where the part begins. */
export interface ConfToken {
  readonly text: string;
  readonly column: number;
}

interface Place {
  /** From 1. */
  readonly line: number;
  /** The line as it stands in the file, with its end: all of them joined are the file. */
  readonly raw: string;
  /** What ends it: nothing where the file ends without a newline. */
  readonly end: '\n' | '\r\n' | '\r' | '';
}

/** A line of `key = value`. */
export interface ConfPair extends Place {
  readonly kind: 'pair';
  readonly key: ConfToken;
  /** The column of the `=`. */
  readonly equals: number;
  /** Without blanks around it; of an empty value, where it would begin. */
  readonly value: ConfToken;
}

/** `no-equals`: there is no `=`; `no-key`: nothing stands before it. */
export interface ConfUnreadable extends Place {
  readonly kind: 'unreadable';
  /** Where the text begins that is no `key = value`. */
  readonly column: number;
  readonly why: 'no-equals' | 'no-key';
}

export interface ConfOther extends Place {
  readonly kind: 'blank' | 'comment';
}

/** One line of Railgun's configuration files. */
export type ConfLine = ConfPair | ConfUnreadable | ConfOther;

/**
 * The lines of Railgun's two files (the files of the package; Cloudflare, Railgun user guide): `key = value` split at the first
 * `=`, blanks around both, and comments of whole lines, which begin with `#`. There is no quoting, and a `#` or `;` behind
 * a value is part of it. LF, CRLF and a lone CR end lines. A byte order mark before the first line counts as a blank.
 */
export function confLines(text: string): ConfLine[] {
  const lines: ConfLine[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|[\r\n]/g)) {
    const next = index + end.length;
    lines.push(lineOf(text.slice(start, next), end as ConfLine['end'], lines.length + 1));
    start = next;
  }
  if (start < text.length) lines.push(lineOf(text.slice(start), '', lines.length + 1));
  return lines;
}

function lineOf(raw: string, end: ConfLine['end'], line: number): ConfLine {
  const place = { line, raw, end };
  const content = raw.slice(0, raw.length - end.length);
  const from = line === 1 && content.startsWith('\ufeff') ? 1 : 0;
  const { start, end: stop } = withoutBlanks(content, from, content.length);
  if (start === stop) return { kind: 'blank', ...place };
  if (content[start] === '#') return { kind: 'comment', ...place };
  const equals = content.indexOf('=', start);
  if (equals < 0) return { kind: 'unreadable', ...place, column: start + 1, why: 'no-equals' };
  if (equals === start) return { kind: 'unreadable', ...place, column: start + 1, why: 'no-key' };
  return {
    kind: 'pair',
    ...place,
    key: tokenOf(content, start, equals),
    equals: equals + 1,
    value: tokenOf(content, equals + 1, content.length),
  };
}

function tokenOf(content: string, from: number, to: number): ConfToken {
  const { start, end } = withoutBlanks(content, from, to);
  return { text: content.slice(start, end), column: start + 1 };
}

function withoutBlanks(text: string, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return { start, end };
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

/** A text for a message about what was found: cut after 40 units. */
export function foundText(text: string): string {
  if (text === '') return 'nothing';
  return `“${text.slice(0, 40)}${text.length > 40 ? '…' : ''}”`;
}
