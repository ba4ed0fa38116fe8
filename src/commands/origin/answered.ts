import type { HttpResponse, ResponseReader } from '../../decoders/http-response.js';
import { bodyBeforeHeaders } from '../../decoders/http2-frames.js';
import { cloudflareErrorIn } from '../../decoders/origin-answer.js';
import { shownHeaders } from '../../decoders/shown-headers.js';
import type { Exchanged } from '../../io/exchange.js';
import type { Http2Seen } from '../../io/http2.js';
import type { Failure } from '../../model/failure.js';
import type { OriginHttp } from './facts.js';

/** An answer over HTTP/1 or HTTP/2, as far as it came. */
export interface Answered {
  /** Why it was not read to its end. */
  readonly problem?: Failure;
  /** Whether the peer's TCP acknowledged the request; absent where nobody can tell. */
  readonly acknowledged?: boolean;
  /** Milliseconds from the request to the first byte. */
  readonly firstByteMs?: number;
  /** Milliseconds of the whole exchange. */
  readonly ms: number;
  /** Absent: not even a status line came. */
  readonly response?: HttpResponse;
  /** Bytes of an answer came, but its head was not whole. */
  readonly begun?: true;
}

/** What a reader of HTTP/1 has made of an exchange. What it found wrong comes first: a broken answer can be reset as well. */
export function http1Answered({ failure, ...times }: Exchanged, reader: ResponseReader): Answered {
  const response = reader.response();
  const problem = reader.problem ?? failure;
  const begun = reader.received > 0 && response?.framing === undefined;
  return {
    ...times,
    ...(problem !== undefined && { problem }),
    ...(begun && { begun }),
    ...(response !== undefined && { response }),
  };
}

/** The same for HTTP/2, whose headers have no bytes of HTTP/1: they are counted as if they had. */
export function http2Answered(seen: Http2Seen, method: string, headerLimit: number): Answered {
  const { head, body, bodyBytes, whole, failure, unplaced, ...times } = seen;
  if (head === undefined) {
    const problem = unplaced !== undefined && bodyBeforeHeaders(unplaced) ? bodyFirst : failure;
    return { ...times, ...(problem !== undefined && { problem }) };
  }
  const { status, headers } = head;
  const lines = headers.reduce((sum, { name, value }) => sum + name.length + value.length + ': \r\n'.length, 0);
  const headerBytes = 'HTTP/2 200 \r\n'.length + lines + '\r\n'.length;
  const isBodiless = method === 'HEAD' || status === 204 || status === 304;
  const response: HttpResponse = {
    version: 'HTTP/2',
    status,
    reason: '',
    headers,
    headerBytes,
    interim: [],
    framing: isBodiless ? 'none' : 'close',
    bodyBytes,
    body,
    trailers: [],
    keepAlive: true,
    extraBytes: 0,
    whole,
    notes: [],
  };
  const problem = headerBytes > headerLimit ? tooLong(headerBytes, headerLimit) : failure;
  return { ...times, response, ...(problem !== undefined && { problem }) };
}

const bodyFirst: Failure = {
  code: 'http2-broken',
  step: 'exchange',
  blame: 'target',
  detail: 'HTTP/2, as agreed on by ALPN: a body came before its headers',
};

function tooLong(bytes: number, limit: number): Failure {
  const detail = `headers of ${bytes} bytes, where at most ${limit} are accepted`;
  return { code: 'answer-too-long', step: 'exchange', blame: 'target', detail };
}

/** What of an answer is a fact: no cookies, and not the body. */
export function httpFactsOf(response: HttpResponse): OriginHttp {
  const { version, status, reason, headers, headerBytes, bodyBytes, whole, keepAlive, notes } = response;
  const error = cloudflareErrorIn(response);
  return {
    version,
    status,
    reason,
    headerBytes,
    headers: shownHeaders(headers),
    bodyBytes,
    bodyWhole: whole,
    keepAlive,
    ...(wantsClientCertificate(response) && { wantsClientCertificate: true }),
    ...(notes.length > 0 && { notes }),
    ...(error !== undefined && { error }),
  };
}

/** The words of nginx where it goes on without the client certificate that it demands (ngx_http_special_response.c). */
function wantsClientCertificate({ status, body }: HttpResponse): boolean {
  return status === 400 && Buffer.from(body).includes('No required SSL certificate was sent');
}
