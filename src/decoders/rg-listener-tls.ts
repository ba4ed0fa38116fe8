import { listenerLogLines } from '../knowledge/listener-log-lines.js';
import type { Failure } from '../model/failure.js';
import { type ChainFacts, defectsOnPath } from './chain-facts.js';
import { addressBytes } from './ip-address.js';
import { listenerLogLine } from './listener-log-line.js';

/** The lines about TLS that are published. */
type TlsLineId = 'handshake-failure' | 'wrong-host' | 'unknown-authority';

/** How rg-listener would fail to fetch a page from an origin. */
export interface ListenerRefusal {
  /** What it would write into its log. Absent where no published source shows the words. */
  readonly logLine?: string;
  /** The error that visitors would get; absent where none is published for it. */
  readonly code?: 520 | 527;
}

/** What rg-listener makes of an origin, with and without `validate.cert`; null: it is content. */
export interface ListenerTlsFacts {
  readonly validateCert1: ListenerRefusal | null;
  readonly validateCert0: ListenerRefusal | null;
  /** No name is known to compare with: what is said holds where the certificate is for the host of the request. */
  readonly nameUnjudged?: true;
}

export interface ListenerView {
  /** The name in the request of the visitor; absent: it is not known, and the name of the certificate does not count. */
  readonly host?: string;
  /** `192.0.2.1:443`: where rg-listener would connect to. */
  readonly destination: string;
  /** What the authorities that are trusted here make of the chain: rg-listener has its own list, `ca.bundle`. */
  readonly chain?: ChainFacts;
  /** Why there was no handshake. */
  readonly failure?: Failure;
}

/** The alert that rg-listener's log calls `handshake failure`. */
const handshakeFailure = 40;

/** What rg-listener would log for an origin (Railgun documents, see `listenerLogLines`; order of the checks: Go's crypto/x509). */
export function listenerTlsOf({ host: name, destination, chain, failure }: ListenerView): ListenerTlsFacts {
  const host = name ?? 'HOST';
  const line = (id: TlsLineId, names = ''): ListenerRefusal => ({
    logLine: listenerLogLine(id, { destination, host, names }),
    code: listenerLogLines[id].code,
  });
  if (chain === undefined) {
    const refusal = failure?.alert === handshakeFailure ? line('handshake-failure') : {};
    return { validateCert1: refusal, validateCert0: refusal };
  }
  const validateCert1 = refusalOf(chain, name, line);
  return { validateCert1, validateCert0: null, ...(name === undefined && { nameUnjudged: true }) };
}

function refusalOf(
  chain: ChainFacts,
  host: string | undefined,
  line: (id: TlsLineId, names?: string) => ListenerRefusal,
): ListenerRefusal | null {
  const codes = defectsOnPath(chain);
  const leafDates = chain.defectDetails.some(
    ({ code, element }) =>
      element === chain.leaf && (code === 'certificate-expired' || code === 'certificate-not-yet-valid'),
  );
  // Go looks at the dates first, and no published line shows what rg-listener says about them.
  if (leafDates) return {};
  if (host !== undefined && codes.includes('hostname-mismatch')) {
    const names = namesOf(chain, host);
    return names.length === 0 ? {} : line('wrong-host', names.join(', '));
  }
  const untrusted = [
    'self-signed',
    'untrusted-issuer',
    'missing-intermediate',
    'invalid-signature',
    'origin-ca-unchecked',
  ];
  if (codes.some((code) => untrusted.includes(code))) return line('unknown-authority');
  const others = [
    'certificate-expired',
    'certificate-not-yet-valid',
    'not-a-ca',
    'constraint-violated',
    'wrong-purpose',
  ];
  return codes.some((code) => others.includes(code)) ? {} : null;
}

/** The names that Go's HostnameError lists: all of the kind that was asked for, or the common name where there is none. */
function namesOf({ chain, leaf }: ChainFacts, host: string): readonly string[] {
  const { san = [], subject = '' } = chain[leaf] ?? {};
  const isAddress = addressBytes(host) !== undefined;
  const plain = san.filter((name) => !/^(?:email|URI|dirName|other):/.test(name));
  const names = plain.filter((name) => (addressBytes(name) !== undefined) === isAddress);
  if (names.length > 0 || isAddress || san.length > 0) return names;
  const [, commonName = ''] = /(?:^|[,+] )CN=((?:\\.|[^,+\\])*)/.exec(subject) ?? [];
  return commonName === '' ? [] : [commonName.replace(/\\(.)/g, '$1')];
}
