import { bracketed } from '../model/endpoint.js';
import { Secret } from '../model/secret.js';
import type { Scheme } from './edge-way.js';
import { withoutBlanks } from './http-grammar.js';

/** What the user adds comes out of a file, and may be secret. */
export type Header = readonly [name: string, value: string | Secret];

/** What the edge asks an origin for. */
export interface EdgeRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** As in Host. */
  readonly authority: string;
  readonly headers: readonly Header[];
}

export interface Asking {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  /** The scheme of the visitor. */
  readonly scheme: Scheme;
  /** `rg-diag/1.0.0` */
  readonly userAgent: string;
  /** Headers of the user: they replace those of the same name. */
  readonly extra: readonly Header[];
}

/**
 * A request as the edge makes it (Cloudflare docs, fundamentals/reference/http-headers @1eaf7bb), but without what names a visitor
 * or a ray: there is none.
 */
export function edgeRequest({ method, path, authority, scheme, userAgent, extra }: Asking): EdgeRequest {
  const usual: readonly Header[] = [
    ['Host', authority],
    ['Connection', 'Keep-Alive'],
    ['Accept-Encoding', 'br, gzip'],
    ['X-Forwarded-Proto', scheme],
    ['CF-Visitor', `{"scheme":"${scheme}"}`],
    ['CDN-Loop', 'cloudflare'],
    ['Accept', '*/*'],
    ['User-Agent', userAgent],
    ...(hasBody(method) ? [['Content-Length', '0'] as const] : []),
  ];
  const replaced = (name: string) => extra.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const headers = [...usual.filter(([name]) => !replaced(name)), ...extra];
  const [, host] = headers.find(([name]) => name.toLowerCase() === 'host') ?? [];
  return { method, path, authority: host === undefined ? authority : revealed(host), headers };
}

/** The host of a URL, with its port where that is not the usual one, as in Host. */
export function authorityOf({ host, port, scheme }: { host: string; port: number; scheme: Scheme }): string {
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  return isUsual ? bracketed(host) : `${bracketed(host)}:${port}`;
}

/** The bytes of a request in HTTP/1.1: a character is a byte, and one that is none is its bytes in UTF-8. */
export function http1Bytes({ method, path, headers }: EdgeRequest): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${revealed(value)}`),
    '',
    '',
  ];
  // Cut to a byte, U+010A would be the end of a line.
  const text = lines.join('\r\n').replace(/[^\0-\xff]+/g, (wide) => Buffer.from(wide, 'utf8').toString('latin1'));
  return Buffer.from(text, 'latin1');
}

const ofConnection: readonly string[] = [
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-connection',
  'http2-settings',
];

/** The headers of a request in HTTP/2: lower-case, and none that are about a connection (RFC 9113 §8.2.2, RFC 7540 §3.2.1). */
export function http2Headers({ headers }: EdgeRequest): [name: string, value: string][] {
  return headers.flatMap(([name, hidden]): [string, string][] => {
    const lower = name.toLowerCase();
    const value = revealed(hidden);
    const isOfConnection = ofConnection.includes(lower) || (lower === 'te' && value.toLowerCase() !== 'trailers');
    return isOfConnection ? [] : [[lower, value]];
  });
}

function revealed(value: string | Secret): string {
  return typeof value === 'string' ? value : value.reveal();
}

function hasBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The headers in a text with one `Name: value` on a line (blank lines and those that begin with # aside), or what is wrong with it. */
export function headersIn(text: string): readonly Header[] | { readonly problem: string } {
  const headers: Header[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = withoutBlanks(line.slice(colon + 1));
    // What is in the line may be secret, so it is not shown.
    if (colon < 1 || !token.test(name)) return { problem: `line ${index + 1} is not Name: value` };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a value must not have
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value) || /[^\0-\xff]/.test(value)) {
      return { problem: `line ${index + 1}: the value of ${name} has characters that a header cannot have` };
    }
    if (/^(?:content-length|transfer-encoding)$/i.test(name)) {
      return { problem: `line ${index + 1}: ${name} announces a body, and the request has none` };
    }
    headers.push([name, new Secret(value)]);
  }
  return headers;
}

/** Whether text can stand as a method (RFC 9110 §9.1). */
export function isMethod(text: string): boolean {
  return token.test(text);
}
