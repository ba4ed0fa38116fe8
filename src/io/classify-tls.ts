import type { Blame, Failure, FailureCode, Step } from '../model/failure.js';
import { alertText } from './tls-alerts.js';

type Row = readonly [FailureCode, Blame];

/** Alerts of the server that say what is wrong; every other one is `tls-alert`. */
const alerts: ReadonlyMap<number, Row> = new Map([
  [40, ['tls-cipher-mismatch', 'target']],
  [70, ['tls-protocol-mismatch', 'target']],
  [71, ['tls-cipher-mismatch', 'target']],
  [116, ['client-certificate-required', 'target']],
]);

/** OpenSSL's own complaints about what came, by Node's code; every other one is `tls-failed`. */
const complaints: Readonly<Record<string, Row>> = {
  // The first bytes are those of no TLS record.
  ERR_SSL_WRONG_VERSION_NUMBER: ['not-tls', 'target'],
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['tls-protocol-mismatch', 'target'],
  ERR_SSL_WRONG_SSL_VERSION: ['tls-protocol-mismatch', 'target'],
  ERR_SSL_VERSION_TOO_LOW: ['tls-protocol-mismatch', 'target'],
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: ['tls-protocol-mismatch', 'us'],
  ERR_SSL_NO_CIPHERS_AVAILABLE: ['tls-cipher-mismatch', 'us'],
  ERR_SSL_NO_CIPHER_MATCH: ['tls-cipher-mismatch', 'us'],
  // Both have the cipher, but the server's parameters of it are too weak for us.
  ERR_SSL_DH_KEY_TOO_SMALL: ['tls-cipher-mismatch', 'target'],
  ERR_TLS_DH_PARAM_SIZE: ['tls-cipher-mismatch', 'target'],
};

/** What an alert that was sent says; whatever step it meets. */
export function alertFailure(number: number, step: Step): Failure {
  const [code, blame] = alerts.get(number) ?? ['tls-alert', 'target'];
  return { code, step, blame, detail: `the server sent the fatal ${alertText(number)}`, alert: number };
}

/** The number of the alert that an error of OpenSSL stands for: Node's codes leave it out, and have none for some. */
export function alertOf(error: Error): number | undefined {
  const number = /:SSL alert number (\d+)/.exec(error.message)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The failure that an error of OpenSSL stands for; nothing where the error is none. */
export function tlsFailure(error: unknown, step: Step): Failure | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // An error of OpenSSL that met a write has the code EPROTO, and names itself in its message only.
  if (!(error instanceof Error) || !(/^ERR_(?:SSL|OSSL|TLS)_/.test(code) || code === 'EPROTO')) return undefined;
  const alert = alertOf(error);
  if (alert !== undefined) return alertFailure(alert, step);
  const reason = reasonOf(error);
  const known = complaints[code] ?? complaints[`ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`];
  const [failure, blame] = known ?? ['tls-failed', 'target'];
  return { code: failure, step, blame, detail: reason };
}

/** `wrong version number`: what OpenSSL's line of addresses, functions and files says in words. */
function reasonOf(error: Error): string {
  const reason: unknown = 'reason' in error ? error.reason : undefined;
  if (typeof reason === 'string') return reason;
  return /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/.exec(error.message)?.[1] ?? error.message.trim();
}
