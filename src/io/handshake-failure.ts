import type { Failure } from '../model/failure.js';
import type { TlsFlight } from '../model/tls.js';
import { alertFailure } from './classify-tls.js';

/** Alerts that servers send when a client certificate is wanting, beside the one for it, which only TLS 1.3 has. */
const certificateAlerts: ReadonlySet<number> = new Set([40, 41, 42, 46, 49, 116]);

const quietEnds: ReadonlySet<Failure['code']> = new Set(['timeout', 'connection-closed', 'connection-reset']);

interface Circumstances {
  readonly alert: number | undefined;
  /** Whether both sides had keys by then. */
  readonly agreed: boolean;
  readonly flight: TlsFlight | undefined;
}

/** What the failure of a handshake is, seen with what came before it. */
export function inItsPlace(failure: Failure, { alert, agreed, flight }: Circumstances): Failure {
  if (alert === undefined) return failure;
  // Alerts without a name OpenSSL ignores, and waits.
  const told = quietEnds.has(failure.code) ? alertFailure(alert, 'tls') : failure;
  if (flight?.asksForCertificate === true && certificateAlerts.has(alert)) {
    const detail = `the server asked for a client certificate, which was not sent; ${told.detail}`;
    return { ...told, code: 'client-certificate-required', detail };
  }
  // Both had agreed on a cipher by then: it is something else that the server does not accept.
  return agreed && told.code === 'tls-cipher-mismatch' ? { ...told, code: 'tls-alert' } : told;
}

/** Says what a server that speaks no TLS speaks instead, as far as that is known. */
export function withFirstBytes(failure: Failure, bytes: Uint8Array | undefined): Failure {
  if (bytes === undefined || bytes.length === 0) return failure;
  const text = Buffer.from(bytes).toString();
  const [line = ''] = text.split(/[\r\n]/, 1);
  const isText = /^[\x20-\x7e]{2,}$/.test(line);
  const said = isText
    ? `'${line}'`
    : `the bytes ${Buffer.from(bytes.subarray(0, 8))
        .toString('hex')
        .replace(/..(?!$)/g, '$& ')}`;
  return { ...failure, detail: `${failure.detail}: the server begins with ${said}` };
}
