import type { Failure, FailureCode } from '../model/failure.js';
import { shortened } from '../model/shortened.js';
import { cfRay } from './cf-ray.js';
import { type CloudflareError, cloudflareError } from './cloudflare-error.js';
import type { EdgeMode } from './edge-verdict.js';
import { withoutBlanks } from './http-grammar.js';
import type { HttpResponse } from './http-response.js';

export { shownHeaders } from './shown-headers.js';

/** What came of an origin's answer. */
export interface AnswerSeen {
  /** Absent: not even a status line came. */
  readonly response?: HttpResponse;
  /** Why it was not read to its end: the reader's problem, or the failure of the connection. */
  readonly problem?: Failure;
  /** What whoever inflated `compressedBody` found wrong with it. Inflating is not for a decoder: it needs node:zlib. */
  readonly compressionProblem?: string;
}

/** How the edge has asked. */
export interface OriginRequestView {
  /** To the origin. */
  readonly scheme: 'https' | 'http';
  readonly mode: EdgeMode;
  /** The host of the URL, without a port; an IPv6 address in brackets or not. */
  readonly host: string;
  /** The port of the URL; absent: the usual one of what visitors speak. */
  readonly port?: number;
  readonly visitorScheme: 'https' | 'http';
  /** Path and query. With it a redirect to another path is no loop: it may be to a login. */
  readonly path?: string;
}

/**
 * What is wrong with an answer for the edge, by the first that applies: it is broken before its body, it is Cloudflare's and
 * not an origin's (`not-the-origin`), it is an error of the origin (`origin-error`), it sends visitors round in a circle
 * (`redirect-loop`), its compression is broken (`broken-compression`), its body is broken. Pure and total.
 */
export function originAnswerFailure(seen: AnswerSeen, view: OriginRequestView): Failure | undefined {
  const { response, problem } = seen;
  // Nobody takes the status of an answer whose head makes no sense, or is too long.
  if (response?.framing === undefined || problem?.code === 'answer-too-long') return problem;
  return (
    foreign(response) ?? ownError(response) ?? loop(response, view) ?? brokenCompression(response, seen) ?? problem
  );
}

/** An error page of Cloudflare in the kept part of a body. */
export function cloudflareErrorIn({ body }: HttpResponse): CloudflareError | undefined {
  const decoded = cloudflareError.decode(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
  return decoded.ok ? decoded.facts : undefined;
}

/** A compressed body for whoever can inflate it. */
export interface CompressedBody {
  readonly coding: 'gzip' | 'br';
  readonly bytes: Uint8Array;
  /**
   * The body came to its end. False: less came than was declared; where the data end there all the same, the length is wrong,
   * and visitors wait for the rest of it.
   */
  readonly whole: boolean;
}

/** The body as it came, where it is compressed; nothing where it was too long to be kept, or its end is open. */
export function compressedBody(response: HttpResponse): CompressedBody | undefined {
  const { body, bodyBytes, framing, whole } = response;
  const coding = codingOf(response);
  if (coding === undefined || bodyBytes === 0 || body.length < bodyBytes) return undefined;
  return whole || framing === 'length' ? { coding, bytes: body, whole } : undefined;
}

function foreign(response: HttpResponse): Failure | undefined {
  const ray = headerOf(response, 'cf-ray');
  const server = headerOf(response, 'server');
  const hasRay = ray !== undefined && cfRay.decode(ray).ok;
  const isCloudflare = server !== undefined && /^cloudflare/i.test(server);
  if (!hasRay && !isCloudflare) return undefined;
  const head = [isCloudflare && `Server: ${shown(server)}`, hasRay && `CF-RAY: ${shown(ray)}`].filter(Boolean);
  if (hasRay && isCloudflare) return failure('not-the-origin', head.join(', '));
  const error = cloudflareErrorIn(response);
  if (error === undefined) return undefined;
  return failure('not-the-origin', `${head.join(', ')}, with Cloudflare's error ${error.code}`);
}

function ownError({ status, reason }: HttpResponse): Failure | undefined {
  return status >= 500 ? failure('origin-error', `${status} ${shown(reason)}`.trimEnd()) : undefined;
}

/**
 * Whether visitors are sent round in a circle: an origin that is always asked over HTTP, and sends everybody to HTTPS, does so
 * again and again (§8.5: Flexible); so does one that sends visitors to the very URL that they asked for. With a cookie they
 * may get on the next time.
 */
function loop(response: HttpResponse, view: OriginRequestView): Failure | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = headerOf(response, 'location')?.slice(0, longestLocation) ?? '';
  const [, written, authority, rest = ''] =
    /^(?:(https?):)?(?:\/\/(?:[^/?#@]*@)?([^/?#]*))?([^#]*)/i.exec(location) ?? [];
  const to = (written ?? view.visitorScheme).toLowerCase();
  const [name, toPort] = splitAuthority(authority, to, view);
  if (location === '' || hostText(name) !== hostText(view.host)) return undefined;
  const [path = '', query] = splitAt(rest, '?');
  const [asked, askedQuery] = splitAt(view.path ?? path, '?');
  if (pathText(path) !== pathText(asked ?? '')) return undefined;
  const target = shown(`${to}://${authority ?? view.host}${path}`);
  const told = (how: string) =>
    failure('redirect-loop', `asked over ${how}, answered ${response.status} with Location: ${target}`);
  const own = portOf(view);
  const isAskedAlike = toPort === 443 || toPort === own;
  if (view.mode === 'flexible' && view.scheme === 'http' && written?.toLowerCase() === 'https' && isAskedAlike) {
    return told('http');
  }
  const isItself = to === view.visitorScheme && toPort === own && query === askedQuery && view.path !== undefined;
  return isItself && headerOf(response, 'set-cookie') === undefined ? told(view.scheme) : undefined;
}

/** The host and the port that a Location leads to; without a host it stays where it is. */
function splitAuthority(
  authority: string | undefined,
  scheme: string,
  view: OriginRequestView,
): readonly [string, number] {
  if (authority === undefined) return [view.host, portOf(view)];
  const [name = '', written = ''] = authority.split(/:(?=\d*$)/);
  return [name, written === '' ? usualPort(scheme) : Number(written)];
}

function portOf({ port, visitorScheme }: OriginRequestView): number {
  return port ?? usualPort(visitorScheme);
}

function usualPort(scheme: string): number {
  return scheme === 'http' ? 80 : 443;
}

function splitAt(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const longestLocation = 8192;

function hostText(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

function pathText(path: string): string {
  return path === '' ? '/' : path;
}

/** A compressed body that nobody can inflate, or whose length is not the one that was declared (§5, 502/504). */
function brokenCompression(response: HttpResponse, { problem, compressionProblem }: AnswerSeen): Failure | undefined {
  const coding = codingOf(response);
  if (coding === undefined || response.framing === 'none') return undefined;
  const { body, bodyBytes, declaredLength, extraBytes } = response;
  if (coding === 'gzip' && bodyBytes > 0 && !gzipMagic.every((byte, at) => at >= body.length || body[at] === byte)) {
    const begin = Array.from(body.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return failure('broken-compression', `Content-Encoding: gzip, but the body is not gzip: it begins with ${begin}`);
  }
  const declared = `Content-Length is ${declaredLength} with Content-Encoding: ${coding}`;
  if (problem?.code === 'incomplete-answer' && declaredLength !== undefined) {
    return failure('broken-compression', `${declared}, but only ${bodyBytes} bytes came`);
  }
  if (response.framing === 'length' && extraBytes > 0) {
    return failure('broken-compression', `${declared}, but ${extraBytes} bytes more came`);
  }
  if (compressionProblem !== undefined) {
    return failure('broken-compression', `Content-Encoding: ${coding}: ${compressionProblem}`);
  }
  return undefined;
}

/** RFC 1952 §2.3.1, with the one method that there is. */
const gzipMagic = [0x1f, 0x8b, 0x08];

/** How the body is compressed, where that is all. A part of a body (206) is a part of what was compressed. */
function codingOf(response: HttpResponse): 'gzip' | 'br' | undefined {
  if (response.status === 206) return undefined;
  const codings = response.headers
    .filter(({ name }) => name.toLowerCase() === 'content-encoding')
    .flatMap(({ value }) => value.toLowerCase().split(',').map(withoutBlanks))
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length !== 1) return undefined;
  if (codings[0] === 'gzip' || codings[0] === 'x-gzip') return 'gzip';
  return codings[0] === 'br' ? 'br' : undefined;
}

function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

function shown(text: string): string {
  return shortened(text, 60);
}

function failure(code: FailureCode, detail: string): Failure {
  return { code, step: 'exchange', blame: 'target', detail };
}
