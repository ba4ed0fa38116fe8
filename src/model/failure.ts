/**
 * The closed vocabulary of what can go wrong. Codes are public API: scripts compare them, so they are added, never
 * renamed. `io/classify.ts` is the only place that turns an error of the system into one of them.
 */
export const failureCodes = [
  'file-not-found',
  'permission-denied',
  'not-a-file',
  'read-failed',
  'truncated-input',
  'corrupt-input',
  'malformed',
  'no-value',
  'unexpected-form',
  'persistent-direct',
  'internal-error',
  'timeout',
  'interrupted',
  'unclassified',
  'invalid-path',
  'too-many-open-files',
  'busy',
  'write-failed',
  'no-space',
  'read-only',
  'reader-gone',
  'invalid-target',
  // Names
  'name-not-found',
  'no-address',
  'resolver-failed',
  'resolver-unreachable',
  // Connections
  'connection-refused',
  'no-route',
  'host-unreachable',
  'address-unavailable',
  'prohibited',
  'protocol-unavailable',
  'not-a-socket',
  'some-addresses-dead',
  'too-slow',
  // Conversations
  'connection-reset',
  'connection-closed',
  'answer-too-long',
  'unexpected-answer',
  // TLS
  'tls-alert',
  'not-tls',
  'tls-protocol-mismatch',
  'tls-cipher-mismatch',
  'client-certificate-required',
  'tls-failed',
  'starttls-refused',
  // Certificates
  'certificate-expired',
  'certificate-not-yet-valid',
  'expiring-soon',
  'hostname-mismatch',
  'common-name-only',
  'self-signed',
  'untrusted-issuer',
  'origin-ca-unchecked',
  'missing-intermediate',
  'chain-out-of-order',
  'extra-certificate',
  'invalid-signature',
  'not-a-ca',
  'wrong-purpose',
  'constraint-violated',
  'weak-key',
  'weak-signature',
  'revoked',
  'revocation-stale',
  'revocation-unverified',
  'staple-missing',
  'malformed-certificate',
  'low-grade',
  // HTTP and /cdn-cgi/trace
  'malformed-response',
  'invalid-proxy',
  'proxy-refused',
  'challenge',
  'cloudflare-error',
  'captive-portal',
  'not-proxied',
  'unexpected-value',
  // Origins
  'cloudflare-address',
  'private-address',
  'request-unacknowledged',
  'http2-broken',
  'broken-compression',
  'origin-error',
  'redirect-loop',
  'not-the-origin',
  // memcached
  'not-memcached',
  'no-answer',
  'incomplete-answer',
  'tls-required',
  'authentication-required',
  'authentication-failed',
  'too-many-connections',
  'unverified-certificate',
  'password-in-clear',
  'memory-too-small',
  'evictions',
  'item-size-too-small',
  'outdated-version',
  // Logs of rg-listener
  'visitor-errors',
  'activation-failed',
  'request-hung',
  'debug-logging',
  // Configuration
  'unknown-key',
  'duplicate-key',
  'invalid-value',
  'missing-setting',
  'conflicting-settings',
  'ineffective-setting',
  'insecure-setting',
  'undocumented-form',
  'certificate-mismatch',
  'exposed-secret',
  'writable-by-others',
  'request-loop',
  'unused-line',
  // rg-listener
  'not-running',
  'stale-pid-file',
  'wrong-process',
  'loopback-only',
  'not-activated',
  'not-statistics',
  'stale-statistics',
  'origin-silent',
  'requests-stuck',
  'connection-churn',
  'memory-growth',
  'exposed',
  'crashed',
  'listeners-down',
  'listeners-differ',
  'listener-idle',
  'restarted',
  // Programs and routes
  'program-not-found',
  'program-failed',
  'not-reached',
  'routing-loop',
  'packet-loss',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** The step that was under way when it failed. */
export type Step = 'input' | 'output' | 'resolve' | 'connect' | 'tls' | 'request' | 'exchange' | 'decode' | 'spawn';

/** Whose side a failure is: this machine and its user, the name server, the network between, or the target itself. */
export type Blame = 'us' | 'resolver' | 'path' | 'target';

export interface Failure {
  readonly code: FailureCode;
  readonly step: Step;
  readonly blame: Blame;
  /** What was seen, as raw as it can be shown: a system's message, or what was needed and what was there. */
  readonly detail: string;
  /** The number of the TLS alert that the peer sent, where it is that which ended it. */
  readonly alert?: number;
  /** The step was given up because the whole run ended, which tells nothing about the target; absent: it failed by itself. */
  readonly byRun?: true;
}

/** What a step in `io/` returns: it throws for nothing that the world outside can do. `ms` is how long it took. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | { readonly ok: false; readonly failure: Failure; readonly ms: number };
