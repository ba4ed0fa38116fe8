/** What rg-listener logs where TLS to the origin fails: `{destination}`, `{host}` and `{names}` stand for what varies. */
export interface ListenerTlsLine {
  readonly text: string;
  /** The error that visitors get. */
  readonly code: 520 | 527;
  readonly source: string;
}

export const listenerTlsLines = {
  'handshake-failure': {
    text: 'connection failed {destination}/{host}: remote error: handshake failure',
    code: 527,
    source: 'Cloudflare, 5xx troubleshooting, Railgun errors',
  },
  'wrong-host': {
    text: 'connection failed {destination}/{host}: x509: certificate is valid for {names}, not {host}',
    code: 527,
    source: 'Cloudflare, 5xx troubleshooting, Railgun errors; names as in golang/go src/crypto/x509/verify.go',
  },
  // The residue of Go's formatting is part of the genuine line.
  'unknown-authority': {
    text: '{host} origin request failed {destination} to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
    code: 520,
    source: 'Cloudflare docs, railgun/user-guide/railgun-ca-certificates @090b07a',
  },
} as const satisfies Readonly<Record<string, ListenerTlsLine>>;
