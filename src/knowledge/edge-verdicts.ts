import { refusedByStrict } from './ssl-modes.js';

/** What visitors get where one step of the edge towards an origin fails in one of these ways. */
export interface EdgeVerdictRow {
  readonly stage: 'dns' | 'tcp' | 'tls' | 'certificate' | 'request' | 'response';
  /** Failure codes. */
  readonly failures: readonly string[];
  /** The status of the answer; `origin`: that of the origin, which is passed on. */
  readonly code: number | 'origin';
  /** The 1xxx code in the body of the answer. */
  readonly errorCode?: number;
  /** As Cloudflare calls the error; absent where that depends on the status of the origin. */
  readonly name?: string;
  /** The SSL/TLS modes in which the edge takes this step; absent: all. */
  readonly modes?: readonly string[];
  /** No page names this way to fail: it follows from what the source says of the error. */
  readonly inferred?: true;
  readonly source: string;
}

// Analytics' list of codes has 403 for most 1xxx codes too, and names 1000 under 409: pages of that error came with 403.
const status403 = 'Cloudflare docs, http-status-codes/4xx-client-error/error-403 (2025-05-21): most 1xxx codes';
const of1xxx = 'Cloudflare, 1xxx errors @9e09e9f';
const limits = 'Cloudflare, Connection limits (July 2026)';

const error502 = 'Cloudflare, Errors 502 and 504 @994f80d';
const error520 = 'Cloudflare, Error 520 @d5d7f97';
const error522 = 'Cloudflare, Error 522 @cbc4445';
const error523 = 'Cloudflare, Error 523 @2c99cef';
const error524 = 'Cloudflare, Error 524 @64b2464';
const error525 = 'Cloudflare, Error 525 @41b6084';
const error526 = 'Cloudflare, Error 526 @d5d7f97';

const unknownError = 'Web server returns an unknown error';
const timedOut = 'Connection timed out';
const tooSlow = 'A timeout occurred';
const prohibited = 'DNS points to prohibited IP';

/** The first row that has the stage, the failure and the mode decides. */
export const edgeVerdicts: readonly EdgeVerdictRow[] = [
  {
    stage: 'dns',
    failures: ['name-not-found', 'no-address'],
    code: 530,
    errorCode: 1016,
    name: 'Origin DNS error',
    source: 'Cloudflare, Errors 530 @c0d017d and 1016',
  },
  {
    stage: 'dns',
    failures: ['cloudflare-address'],
    code: 403,
    errorCode: 1000,
    name: prohibited,
    source: `Cloudflare, Error 1000; ${status403}`,
  },
  {
    stage: 'dns',
    failures: ['private-address'],
    code: 403,
    errorCode: 1002,
    name: prohibited,
    source: `${of1xxx}; ${status403}`,
  },
  {
    stage: 'tcp',
    failures: ['connection-refused'],
    code: 521,
    name: 'Web server is down',
    source: 'Cloudflare, Error 521 @eee4370',
  },
  { stage: 'tcp', failures: ['timeout'], code: 522, name: timedOut, source: error522 },
  {
    stage: 'tcp',
    failures: ['no-route', 'host-unreachable'],
    code: 523,
    name: 'Origin is unreachable',
    source: error523,
  },
  {
    stage: 'tls',
    failures: [
      'tls-alert',
      'not-tls',
      'tls-protocol-mismatch',
      'tls-cipher-mismatch',
      'client-certificate-required',
      'tls-failed',
      'malformed-certificate',
      'connection-closed',
      'connection-reset',
      'timeout',
      'answer-too-long',
    ],
    code: 525,
    name: 'SSL handshake failed',
    // Under Flexible, ports other than 443 are treated as under Full (docs, ssl-modes/flexible).
    modes: ['flexible', 'full', 'strict', 'origin-pull'],
    source: error525,
  },
  {
    stage: 'certificate',
    failures: ['hostname-mismatch', ...refusedByStrict.filter(({ inferred }) => !inferred).map(({ code }) => code)],
    code: 526,
    name: 'Invalid SSL certificate',
    modes: ['strict', 'origin-pull'],
    source: error526,
  },
  {
    stage: 'certificate',
    failures: ['malformed-certificate', ...refusedByStrict.filter(({ inferred }) => inferred).map(({ code }) => code)],
    code: 526,
    name: 'Invalid SSL certificate',
    modes: ['strict', 'origin-pull'],
    inferred: true,
    source: `${error526}; Cloudflare docs, ssl-modes/full-strict`,
  },
  { stage: 'request', failures: ['request-unacknowledged'], code: 522, name: timedOut, source: error522 },
  // The Proxy Write Timeout.
  { stage: 'request', failures: ['timeout'], code: 524, name: tooSlow, source: `${error524}; ${limits}` },
  {
    stage: 'request',
    failures: ['connection-reset', 'connection-closed'],
    code: 520,
    name: unknownError,
    inferred: true,
    source: error520,
  },
  { stage: 'response', failures: ['timeout'], code: 524, name: tooSlow, source: error524 },
  {
    stage: 'response',
    failures: [
      'connection-closed',
      'connection-reset',
      'malformed-response',
      'answer-too-long',
      'incomplete-answer',
      'unexpected-answer',
      'http2-broken',
    ],
    code: 520,
    name: unknownError,
    source: error520,
  },
  { stage: 'response', failures: ['broken-compression'], code: 502, name: 'Bad gateway', source: error502 },
  { stage: 'response', failures: ['origin-error'], code: 'origin', source: error502 },
  {
    stage: 'response',
    failures: ['redirect-loop'],
    code: 'origin',
    name: 'Redirect loop',
    source: 'Cloudflare docs, ssl/origin-configuration/ssl-modes/flexible',
  },
  {
    stage: 'response',
    failures: ['not-the-origin'],
    code: 403,
    errorCode: 1000,
    name: prohibited,
    inferred: true,
    source: `Cloudflare, Error 1000 (a reverse proxy loops back); ${status403}`,
  },
];

/** The errors that origins answer with themselves, as Cloudflare's pages call them. */
export const originErrorNames: Readonly<Record<number, string>> = {
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service temporarily unavailable',
  504: 'Gateway timeout',
};
