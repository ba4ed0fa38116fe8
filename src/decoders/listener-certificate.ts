import { listenerKnowledge } from '../knowledge/railgun-listener.js';
import type { Failure } from '../model/failure.js';
import type { SentCertificates } from '../model/tls.js';
import { type Certificate, type CertificateFacts, decodeCertificate } from './certificate.js';

/** What a listener shows on its WAN port. Trust is not judged: the authority is not published. */
export type ListenerCertificate =
  | { readonly state: 'unread'; readonly failure: Failure }
  | {
      readonly state: 'read';
      /** As sent, at most the first four; the listener's own is the first one. */
      readonly chain: readonly CertificateFacts[];
      /** Until the listener's own expires; negative when it has. */
      readonly secondsRemaining: number;
      /** Until it becomes valid; absent: it is. */
      readonly secondsUntilValid?: number;
      /** Its name in the zone that activation gives names of, lower case; absent: there is none. */
      readonly railgunName?: string;
    };

const mostCertificates = 4;

/** Reads what was sent, as of `now` (milliseconds since the epoch). Never throws. */
export function listenerCertificateOf(sent: SentCertificates, now: number): ListenerCertificate {
  if ('failure' in sent) return { state: 'unread', failure: sent.failure };
  const [first, ...behind] = sent.certificates;
  if (first === undefined) return { state: 'unread', failure: unreadable('the server sent no certificate') };
  const leaf = decodeCertificate(first);
  if (!leaf.ok) return { state: 'unread', failure: leaf.failure };
  const { facts, notBefore, notAfter } = leaf.certificate;
  const others = behind.slice(0, mostCertificates - 1).flatMap((der) => {
    const decoded = decodeCertificate(der);
    return decoded.ok ? [decoded.certificate.facts] : [];
  });
  const railgunName = railgunNameOf(leaf.certificate);
  return {
    state: 'read',
    chain: [facts, ...others],
    secondsRemaining: Math.floor((notAfter - now) / 1000),
    ...(notBefore > now && { secondsUntilValid: Math.ceil((notBefore - now) / 1000) }),
    ...(railgunName !== undefined && { railgunName }),
  };
}

/** The longest name that DNS has. */
const longestName = 253;

/** By the subject alternative names; where there are none, by the common name. */
function railgunNameOf({ facts: { san }, subject }: Certificate): string | undefined {
  const commonNames = subject.attributes.filter(({ type }) => type === 'CN').map(({ value }) => value);
  const names = (san.length > 0 ? san : commonNames).map((name) => name.toLowerCase());
  return names.find((name) => name.length <= longestName && name.endsWith(listenerKnowledge.activated.zone));
}

function unreadable(detail: string): Failure {
  return { code: 'malformed-certificate', step: 'tls', blame: 'target', detail };
}
