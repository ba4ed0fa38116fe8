import { shortened } from '../model/shortened.js';

/** A header as it came: its case, its order, one character for each byte. */
export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

export interface StatusLine {
  readonly version: 'HTTP/1.0' | 'HTTP/1.1';
  /** 100 to 599. */
  readonly status: number;
  /** Empty where there is none. */
  readonly reason: string;
}

/** What is wrong with a line: a part of a sentence that says what was needed and what was there. */
export interface HttpProblem {
  readonly problem: string;
}

/** What was accepted though it should not be so. */
interface Noted {
  readonly note?: string;
}

/** Characters of what came that a message shows. */
const longestQuote = 60;

/** What came, for a message: cut, but not escaped. */
export function quoted(text: string): string {
  return `“${shortened(text, longestQuote)}”`;
}

/** Reads a status line (RFC 9112 §4). */
export function statusLine(text: string): (StatusLine & Noted) | HttpProblem {
  const damage = damageIn(text);
  if (damage !== undefined) return { problem: `the status line has ${damage}: ${quoted(text)}` };
  const blank = text.indexOf(' ');
  const version = blank < 0 ? text : text.slice(0, blank);
  if (version !== 'HTTP/1.0' && version !== 'HTTP/1.1') {
    return { problem: `expected HTTP/1.0 or HTTP/1.1, found ${quoted(text)}` };
  }
  const [, blanks = '', digits = '', reason = ''] = /^( +)(\d{3})(?: (.*))?$/s.exec(text.slice(version.length)) ?? [];
  const status = Number(digits);
  if (status < 100 || status > 599) {
    return { problem: `expected a status from 100 to 599 behind ${version}, found ${quoted(text)}` };
  }
  const note = blanks.length > 1 ? { note: 'several blanks before the status' } : {};
  return { version, status, reason, ...note };
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Reads a line of headers or trailers (RFC 9112 §5); a line that goes on with the one before it is a `fold`. */
export function headerLine(text: string): (HttpHeader & Noted) | { readonly fold: string } | HttpProblem {
  const damage = damageIn(text);
  if (damage !== undefined) return wrong(damage, text);
  if (/^[ \t]/.test(text)) return { fold: withoutBlanks(text) };
  const colon = text.indexOf(':');
  if (colon < 0) return wrong('no colon', text);
  const name = text.slice(0, colon);
  if (name === '') return wrong('no name before its colon', text);
  if (/[ \t]$/.test(name)) return wrong('a blank before its colon', text);
  if (!token.test(name)) return wrong('a name with a character that no name has', text);
  const value = withoutBlanks(text.slice(colon + 1));
  const note = hasControl(value)
    ? { note: `a control character in the value of ${shortened(name, longestQuote)}` }
    : {};
  return { name, value, ...note };
}

/** Values of headers can be secrets, and a line that is broken need not show where its value begins: no `=` is passed. */
function wrong(what: string, line: string): HttpProblem {
  const name = /^[^:=]*[:=]?/.exec(line)?.[0] ?? '';
  return { problem: `a header line has ${what}: ${quoted(name.length < line.length ? `${name}…` : line)}` };
}

/** The size that stands before a chunk (RFC 9112 §7.1), in bytes; what follows a semicolon says nothing here. */
export function chunkSize(text: string): ({ readonly size: number } & Noted) | HttpProblem {
  const semicolon = text.indexOf(';');
  const field = semicolon < 0 ? text : text.slice(0, semicolon);
  const digits = withoutBlanks(field);
  if (damageIn(text) !== undefined || !/^[0-9A-Fa-f]+$/.test(digits)) {
    return {
      problem: `expected the size of a chunk in hex digits, found ${text === '' ? 'an empty line' : quoted(text)}`,
    };
  }
  const size = Number(`0x${digits}`);
  if (!Number.isSafeInteger(size)) return { problem: `the size of a chunk is ${quoted(digits)}, beyond 2^53 bytes` };
  return { size, ...(digits !== field && semicolon < 0 && { note: 'blanks around the size of a chunk' }) };
}

/** What is wrong with what stands in the place of a chunk's size. */
export function noSizeProblem(text: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return `expected the size of a chunk in hex digits, found ${line === '' ? 'an empty line' : quoted(line)}`;
}

/** Without the blanks and tabs around it. A pattern for those at the end would cost the square of their number. */
export function withoutBlanks(text: string): string {
  let first = 0;
  let last = text.length;
  while (first < last && isBlank(text.charCodeAt(first))) first += 1;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last -= 1;
  return text.slice(first, last);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** What no recipient may let through (RFC 9110 §5.5): others would see lines end elsewhere. */
function damageIn(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL byte';
  return text.includes('\r') ? 'a CR that ends no line' : undefined;
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}
