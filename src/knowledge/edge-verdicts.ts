import { edge1xxxOf, statusOf1xxx } from './edge-1xxx.js';
import { pageOf1xxx, sources } from './sources.js';
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
  /** What it is called where the code has no name of its own for it. */
  readonly name?: string;
  /** The SSL/TLS modes in which the edge takes this step; absent: all. */
  readonly modes?: readonly string[];
  /** No page names this way to fail, or the status of its answer: it follows from what the source says of the error. */
  readonly inferred?: true;
  readonly source: string;
}

const { e502, e520, e521, e522, e523, e524, e525, e526, limitsBefore, sslModeFlexible, sslModeStrict } = sources;

/** The status of the answer goes by the 1xxx code in its body. */
function withBody(errorCode: number): Pick<EdgeVerdictRow, 'code' | 'errorCode' | 'inferred' | 'source'> {
  const { code, inferred, source } = statusOf1xxx(errorCode);
  const page = edge1xxxOf(errorCode)?.source ?? sources.of1xxx;
  return { code, errorCode, ...(inferred !== undefined && { inferred }), source: `${page}; ${source}` };
}

// Under Flexible, ports other than 443 are treated as under Full (docs, ssl-modes/flexible).
const mayHaveTls = ['flexible', 'full', 'strict', 'origin-pull'];
const strict = ['strict', 'origin-pull'];

/** The first row that has the stage, the failure and the mode decides. */
export const edgeVerdicts: readonly EdgeVerdictRow[] = [
  { stage: 'dns', failures: ['name-not-found', 'no-address'], ...withBody(1016) },
  { stage: 'dns', failures: ['cloudflare-address'], ...withBody(1000) },
  { stage: 'dns', failures: ['private-address'], ...withBody(1002) },
  { stage: 'tcp', failures: ['connection-refused'], code: 521, source: e521 },
  { stage: 'tcp', failures: ['timeout'], code: 522, source: e522 },
  { stage: 'tcp', failures: ['no-route', 'host-unreachable'], code: 523, source: e523 },
  {
    stage: 'tls',
    failures: [
      'tls-alert',
      'not-tls',
      'tls-protocol-mismatch',
      'tls-cipher-mismatch',
      'tls-failed',
      'connection-closed',
      'connection-reset',
    ],
    code: 525,
    modes: mayHaveTls,
    source: `${e525}; ${sources.of2023} (reset during the handshake)`,
  },
  {
    stage: 'tls',
    // The page of 520 names Authenticated Origin Pulls too.
    failures: ['client-certificate-required', 'malformed-certificate', 'timeout', 'answer-too-long'],
    code: 525,
    modes: mayHaveTls,
    inferred: true,
    source: e525,
  },
  {
    stage: 'certificate',
    failures: ['hostname-mismatch', ...refusedByStrict.filter(({ inferred }) => !inferred).map(({ code }) => code)],
    code: 526,
    modes: strict,
    source: e526,
  },
  {
    stage: 'certificate',
    failures: ['malformed-certificate', ...refusedByStrict.filter(({ inferred }) => inferred).map(({ code }) => code)],
    code: 526,
    modes: strict,
    inferred: true,
    source: `${e526}; ${sslModeStrict}`,
  },
  { stage: 'request', failures: ['request-unacknowledged'], code: 522, source: e522 },
  // The Proxy Write Timeout. It is published, but rg-diag does not meet it: its requests go out at once.
  { stage: 'request', failures: ['timeout'], code: 524, source: `${e524}; ${limitsBefore}` },
  { stage: 'response', failures: ['timeout'], code: 524, source: e524 },
  {
    stage: 'response',
    // Empty, unknown or unexpected; headers that are missing or too large; HTTP/2 that is spoken wrongly.
    failures: ['connection-closed', 'malformed-response', 'answer-too-long', 'unexpected-answer', 'http2-broken'],
    code: 520,
    source: e520,
  },
  { stage: 'response', failures: ['connection-reset', 'incomplete-answer'], code: 520, inferred: true, source: e520 },
  { stage: 'response', failures: ['broken-compression'], code: 502, source: e502 },
  { stage: 'response', failures: ['origin-error'], code: 'origin', source: e502 },
  { stage: 'response', failures: ['redirect-loop'], code: 'origin', name: 'Redirect loop', source: sslModeFlexible },
  {
    stage: 'response',
    failures: ['not-the-origin'],
    ...withBody(1000),
    inferred: true,
    source: `${pageOf1xxx(1000)} (a reverse proxy loops back); ${statusOf1xxx(1000).source}`,
  },
];
