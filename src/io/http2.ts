import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Failure } from '../model/failure.js';
import { awaitAnswer } from './answer-timer.js';
import { classify } from './classify.js';
import type { Exchanged, ExchangeTimes } from './exchange.js';
import { limit } from './limits.js';
import { Tap } from './tap.js';

export interface Http2Request {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  /** Lower-case names; none of a connection. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What came back over HTTP/2, as far as it went. */
export interface Http2Seen extends Exchanged {
  readonly head?: {
    readonly status: number;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
  };
  readonly body: Buffer;
  readonly bodyBytes: number;
  /** The stream was ended by the peer, with all that it had announced. */
  readonly whole: boolean;
  /** The first bytes that the peer sent, where they came to no answer: Node passes over what it cannot place. */
  readonly unplaced?: Uint8Array;
}

/** Bytes of headers that are let in; the edge takes fewer. */
const mostOfHeaders = 1024 * 1024;
const keptOfBody = 256 * 1024;
const keptOfFrames = 64 * 1024;

/**
 * One request in HTTP/2 over a connection on which `h2` was agreed on, by Node's own implementation. Whatever the peer does
 * against the protocol is `http2-broken`. The stream is destroyed. Never throws.
 */
export function http2Exchange(
  stream: Duplex,
  { method, path, authority, headers }: Http2Request,
  times: ExchangeTimes,
  unacknowledged: () => number | undefined,
  signal: AbortSignal,
): Promise<Http2Seen> {
  const { connect } = process.getBuiltinModule('node:http2');
  const started = performance.now();
  const tap = new Tap(stream, keptOfFrames, () => undefined);
  return new Promise((resolve) => {
    let head: Http2Seen['head'];
    let firstByteMs: number | undefined;
    let acknowledged: boolean | undefined;
    const body: Buffer[] = [];
    let bodyBytes = 0;
    let over = false;
    const finish = (whole: boolean, failure?: Failure) => {
      if (over) return;
      over = true;
      giveUp();
      const { bytes } = tap.stop();
      session.destroy();
      tap.destroy();
      resolve({
        ...(head === undefined ? { unplaced: bytes } : { head }),
        body: Buffer.concat(body).subarray(0, keptOfBody),
        bodyBytes,
        whole,
        ...(firstByteMs !== undefined && { firstByteMs }),
        ms: performance.now() - started,
        ...(acknowledged !== undefined && { acknowledged }),
        ...(failure !== undefined && { failure }),
      });
    };
    let giveUp = awaitAnswer(times, { hasBegun: () => head !== undefined, unacknowledged }, signal, (failure, told) => {
      acknowledged = told;
      finish(false, failure);
    });
    // What is asked for has its authority of its own, which need not be one that stands in a URL.
    const session = connect('https://origin.invalid', {
      createConnection: () => tap,
      settings: { enablePush: false, maxHeaderListSize: mostOfHeaders },
      maxHeaderListPairs: 10_000,
    });
    const broken = (error: Error) => finish(false, failureOf(error));
    session.on('error', broken);
    session.on('goaway', (code) => {
      if (code !== 0) finish(false, brokenBy(`the origin ended the connection: GOAWAY ${errorName(code)}`));
    });
    session.on('close', () => finish(false, closed(head !== undefined)));
    if (stream.destroyed) {
      // The peer was quicker, and nobody was listening.
      finish(false, stream.errored ? classify(stream.errored, 'exchange') : closed(false));
      return;
    }
    let request: ClientHttp2Stream;
    try {
      request = session.request({
        ':method': method,
        ':path': path,
        ':authority': authority,
        ':scheme': 'https',
        ...valuesOf(headers),
      });
    } catch (error) {
      // Headers that Node does not send: two of what there may be one of.
      finish(false, { ...classify(error, 'exchange'), blame: 'us' });
      return;
    }
    request.on('error', broken);
    request.on('response', (received: IncomingHttpHeaders, _flags: number, raw: readonly string[]) => {
      firstByteMs ??= performance.now() - started;
      acknowledged = true;
      head = { status: Number(received[':status']), headers: pairsOf(raw) };
      giveUp();
      giveUp = limit({ seconds: times.bodySeconds, signal }, 'exchange', 'target', 'no whole answer', (late) =>
        finish(false, late.byRun === true ? late : undefined),
      );
    });
    request.on('data', (chunk: Buffer) => {
      if (bodyBytes < keptOfBody) body.push(chunk);
      bodyBytes += chunk.length;
      if (bodyBytes >= times.mostBytes) finish(false);
    });
    request.on('end', () => {
      if (head !== undefined && request.rstCode === 0) finish(true);
    });
    request.on('close', () => {
      // Node gives requests up in the same way where the connection ends.
      const isGone = stream.readableEnded || stream.destroyed;
      if (request.rstCode !== 0 && isGone) finish(false, closed(head !== undefined));
      else if (request.rstCode !== 0)
        finish(false, brokenBy(`the origin gave the request up: RST_STREAM ${errorName(request.rstCode)}`));
      else finish(head !== undefined, head === undefined ? closed(false) : undefined);
    });
    request.end();
  });
}

/** Every name with its value, or all of its values in their order. */
function valuesOf(headers: Http2Request['headers']): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of headers) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}

/** Name, value, name, value … as they came, without the pseudo-headers. */
function pairsOf(raw: readonly string[]): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!name.startsWith(':')) pairs.push({ name, value: raw[at + 1] ?? '' });
  }
  return pairs;
}

/** RFC 9113 §7. */
const errorNames: readonly string[] = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

function errorName(code: number | undefined): string {
  return errorNames[code ?? -1] ?? `0x${(code ?? 0).toString(16)}`;
}

function failureOf(error: Error): Failure {
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_HTTP2') || code.startsWith('NGHTTP2')) return brokenBy(error.message);
  return classify(error, 'exchange');
}

function brokenBy(detail: string): Failure {
  return { code: 'http2-broken', step: 'exchange', blame: 'target', detail: `HTTP/2, as agreed on by ALPN: ${detail}` };
}

function closed(answered: boolean): Failure {
  const code = answered ? 'incomplete-answer' : 'connection-closed';
  const detail = `the origin closed the connection ${answered ? 'before the end of the answer' : 'without an answer'}`;
  return { code, step: 'exchange', blame: 'target', detail };
}
