import { type HttpHeader, type HttpProblem, quoted, type StatusLine, withoutBlanks } from './http-grammar.js';

/** How the end of a body is found: there is none (HEAD, 204, 304), by Content-Length, by chunks, or where the peer closes. */
export type HttpFraming = 'none' | 'length' | 'chunked' | 'close';

export interface Framed {
  readonly framing: HttpFraming;
  /** Content-Length; also where no body follows. */
  readonly declaredLength?: number;
  readonly keepAlive: boolean;
  readonly notes: readonly string[];
}

/** Decides by a whole head how its body ends (RFC 9112 §6.3). What leaves a doubt is a problem: programs decide it differently. */
export function framingOf(
  method: string,
  { version, status }: StatusLine,
  headers: readonly HttpHeader[],
): Framed | HttpProblem {
  const lengths = elementsOf(headers, 'content-length');
  const codings = elementsOf(headers, 'transfer-encoding').map((coding) => coding.toLowerCase());
  if (lengths.length > 0 && codings.length > 0) {
    return {
      problem: `both Content-Length: ${quoted(lengths.join(', '))} and Transfer-Encoding: ${quoted(codings.join(', '))}`,
    };
  }
  const length = lengthOf(lengths);
  if (typeof length === 'object') return length;
  const coded = problemOf(codings);
  if (coded !== undefined) return coded;
  const notes: string[] = [];
  if (lengths.length > 1) notes.push(`Content-Length comes ${lengths.length} times, with the same value`);
  if (codings.length > 1) notes.push(`the transfer codings ${quoted(codings.join(', '))}, which nobody asked for`);
  if (codings.length > 0 && version === 'HTTP/1.0') notes.push('Transfer-Encoding in an answer of HTTP/1.0');
  const common = { ...(length !== undefined && { declaredLength: length }), notes };
  const kept = staysOpen(version, headers) && !(codings.length > 0 && version === 'HTTP/1.0');
  const hasNone = method.toUpperCase() === 'HEAD' || status === 204 || status === 304;
  if (hasNone || (method.toUpperCase() === 'CONNECT' && status < 300)) {
    if (status === 204 && (codings.length > 0 || (length ?? 0) > 0)) notes.push('status 204 with the length of a body');
    return { framing: 'none', keepAlive: kept, ...common };
  }
  if (codings.length > 0) return { framing: 'chunked', keepAlive: kept, ...common };
  if (length !== undefined) return { framing: 'length', keepAlive: kept, ...common };
  return { framing: 'close', keepAlive: false, ...common };
}

function lengthOf(values: readonly string[]): number | undefined | HttpProblem {
  let length: number | undefined;
  for (const value of values) {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(number)) return { problem: `Content-Length is no number of bytes: ${quoted(value)}` };
    if (!Number.isSafeInteger(number)) return { problem: `Content-Length is beyond 2^53 bytes: ${quoted(value)}` };
    if (length !== undefined && length !== number) {
      return { problem: `Content-Length has different values: ${length} and ${number}` };
    }
    length = number;
  }
  return length;
}

/** What is wrong with the transfer codings: only chunked shows where a body ends, once, as the last of them. */
function problemOf(codings: readonly string[]): HttpProblem | undefined {
  const last = codings.at(-1);
  if (last === undefined) return undefined;
  if (last !== 'chunked')
    return { problem: `Transfer-Encoding does not end in chunked: ${quoted(codings.join(', '))}` };
  if (codings.indexOf('chunked') < codings.length - 1)
    return { problem: 'Transfer-Encoding names chunked several times' };
  return undefined;
}

/** Whether the peer means to keep the connection for another request (RFC 9112 §9.3). */
function staysOpen(version: StatusLine['version'], headers: readonly HttpHeader[]): boolean {
  const options = elementsOf(headers, 'connection').map((option) => option.toLowerCase());
  if (options.includes('close')) return false;
  return version === 'HTTP/1.1' || options.includes('keep-alive');
}

/** The elements of all headers of a name (in small letters), split at commas. An empty header has one empty element. */
function elementsOf(headers: readonly HttpHeader[], name: string): readonly string[] {
  return headers
    .filter((header) => header.name.length === name.length && header.name.toLowerCase() === name)
    .flatMap(({ value }) => value.split(',').map(withoutBlanks));
}
