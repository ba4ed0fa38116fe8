import type { Duplex } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

/** A request without a body, in HTTP/1.1. */
export interface HttpRequest {
  readonly method: 'GET' | 'CONNECT';
  /** What stands after the method: a path, a whole URL (for a proxy), or `host:port` (CONNECT). */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The head of an answer, as it came: nothing is followed, unpacked or interpreted. */
export interface HttpHead {
  readonly status: number;
  /** The words after the status; may be empty. */
  readonly reason: string;
  /** Lower-case names; what came several times is a list. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface HttpAnswer extends HttpHead {
  readonly body: Buffer;
  /** The body was longer than anyone should read: this is its beginning. */
  readonly truncated: boolean;
  /** Milliseconds from the request to the first byte that came back. */
  readonly firstByteMs: number;
}

/** A failed exchange still shows what had come by then. */
export type HttpOutcome = Outcome<HttpAnswer> & {
  readonly partial?: { readonly head?: HttpHead; readonly firstByteMs?: number };
};

/** Bytes. Cloudflare itself takes headers of up to 128 KB from an origin. */
const mostOfHeaders = 256 * 1024;
const mostOfBody = 64 * 1024;

/**
 * One request and its answer over a connection that is open, TCP or TLS, which is then closed. Of the body 64 KB are
 * kept; headers of more than 256 KB are a failure (`answer-too-long`). `limits` bound the whole exchange, however its
 * bytes drip.
 */
export async function request(stream: Duplex, asked: HttpRequest, limits: Limits): Promise<HttpOutcome> {
  const answer = await converse(stream, asked, limits);
  stream.destroy();
  return answer;
}

/** Has a proxy connect us: a 2xx answer leaves the stream a tunnel; with any other the stream is destroyed. */
export async function tunnel(
  stream: Duplex,
  asked: HttpRequest,
  limits: Limits,
): Promise<Outcome<{ readonly head: HttpHead; readonly stream: Duplex }>> {
  const answer = await converse(stream, asked, limits);
  if (!answer.ok) {
    stream.destroy();
    return { ok: false, failure: answer.failure, ms: answer.ms };
  }
  const { ms, value } = answer;
  if (value.status >= 300) stream.destroy();
  return { ok: true, value: { head: value, stream }, ms };
}

/**
 * Loads what requests need, so that it does not count as time of the peer. Only this file of undici: its index loads
 * fetch, caches, cookies and much more that is not needed here.
 */
export async function loadHttp(): Promise<typeof import('undici').Client> {
  return (await import('undici/lib/dispatcher/client.js')).default;
}

async function converse(stream: Duplex, { method, path, headers }: HttpRequest, limits: Limits): Promise<HttpOutcome> {
  const Client = await loadHttp();
  let started = performance.now();
  let firstByteMs: number | undefined;
  stream.once('readable', () => {
    if (stream.readableLength > 0) firstByteMs = performance.now() - started;
  });
  return new Promise((resolve) => {
    const client = new Client('http://peer', {
      // Not at once: undici would overlook a connection that is there before it has finished asking for it.
      connect: (_, callback) =>
        queueMicrotask(() => {
          leaveUnoptimised();
          callback(null, stream as never);
        }),
      maxHeaderSize: mostOfHeaders,
      // One limit bounds it all.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    let head: HttpHead | undefined;
    const body: Buffer[] = [];
    let length = 0;
    let settled = false;
    const settle = (result: Failure | { readonly truncated: boolean }) => {
      if (settled) return;
      settled = true;
      giveUp();
      const ms = performance.now() - started;
      const first = firstByteMs ?? ms;
      if ('truncated' in result && head !== undefined) {
        const { truncated } = result;
        const whole = Buffer.concat(body).subarray(0, mostOfBody);
        resolve({ ok: true, value: { ...head, body: whole, truncated, firstByteMs: first }, ms });
      } else if ('code' in result) {
        const partial = {
          ...(head !== undefined && { head }),
          ...(firstByteMs !== undefined && { firstByteMs }),
        };
        resolve({ ok: false, failure: result, ms, partial });
      }
      // A tunnel has left the client already.
      if (method !== 'CONNECT' || 'code' in result) void client.destroy().catch(() => undefined);
    };
    const giveUp = limit(limits, 'request', 'target', 'no whole answer', (failure) => {
      const came = head === undefined ? 'no answer' : `a status ${head.status} and ${length} bytes of the body, no end`;
      settle({ ...failure, detail: failure.detail.replace('no whole answer', came) });
    });
    client.dispatch(
      { method, path, headers: { ...headers }, reset: method === 'GET' },
      {
        onRequestStart: () => {
          // undici makes its parser first.
          started = performance.now();
        },
        onRequestUpgrade: (_, status, received) => {
          head = { status, reason: '', headers: received };
          settle({ truncated: false });
        },
        onResponseStart: (_, status, received, reason = '') => {
          head = { status, reason, headers: received };
        },
        onResponseData: (controller, chunk) => {
          length += chunk.length;
          if (length - chunk.length < mostOfBody) body.push(chunk);
          if (length <= mostOfBody) return;
          settle({ truncated: true });
          controller.abort(new Error('enough'));
        },
        onResponseEnd: () => settle({ truncated: false }),
        onResponseError: (_, error) => settle(failureOf(error, head)),
      },
    );
  });
}

/**
 * V8 would optimise undici's parser, which is WebAssembly, soon after its first bytes, and the process cannot end before
 * that is done: 60 ms of a run of 100. The number is what it counts down for a function until it does; it holds for what is
 * instantiated from now on, which is that parser and nothing else.
 */
function leaveUnoptimised(): void {
  setFlagsFromString('--wasm-tiering-budget=2000000000');
}

function failureOf(error: Error, head: HttpHead | undefined): Failure {
  const failure = classify(error, 'request');
  // undici has one code for a peer that closes and for an answer that makes no sense; only the words differ.
  if (failure.code !== 'malformed-response' || error.message !== 'other side closed') return failure;
  const came = head === undefined ? 'without an answer' : 'before the end of the answer';
  return { ...failure, code: 'connection-closed', detail: `the connection was closed ${came}` };
}
