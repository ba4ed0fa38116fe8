import type { ListenerCertificate } from '../../decoders/listener-certificate.js';
import { type Reach, reachOf } from '../../model/reach.js';
import type { ListenerFacts, SeenFacts, WanAttempt } from './facts.js';

/** Whether a listener answers on its WAN port. */
export function reachOfListener(facts: ListenerFacts): Reach {
  if (facts.kind !== 'listener') return reachOf(facts.failure);
  const reaches = facts.wan.attempts.map(reachOfAttempt);
  if (reaches.includes('works')) return 'works';
  return reaches.includes('unknown') || reaches.length === 0 ? 'unknown' : 'dead';
}

function reachOfAttempt(attempt: WanAttempt): Reach {
  if (attempt.state === 'plain' || attempt.state === 'tls' || speaksTls(attempt)) return 'works';
  return reachOf(attempt.failure);
}

/** TLS is spoken also by who wants a certificate first. */
export function speaksTls(attempt: WanAttempt): boolean {
  if (attempt.state === 'tls') return true;
  return attempt.state === 'no-tls' && attempt.failure.code === 'client-certificate-required';
}

/** The attempt to judge: the first that got furthest; nothing where none was made. */
export function bestAttempt({ wan }: Pick<SeenFacts, 'wan'>): { attempt: WanAttempt; index: number } | undefined {
  const ranks: readonly WanAttempt['state'][] = ['tls', 'plain', 'no-tls', 'unreachable'];
  const rows = wan.attempts.map((attempt, index) => ({ attempt, index }));
  return rows.toSorted((a, b) => ranks.indexOf(a.attempt.state) - ranks.indexOf(b.attempt.state))[0];
}

/** The certificate of the best attempt, and the pointer to it. */
export function certificateSeen(
  facts: Pick<SeenFacts, 'wan'>,
): { certificate: ListenerCertificate; pointer: string } | undefined {
  const { attempt, index } = bestAttempt(facts) ?? {};
  const certificate = attempt !== undefined && 'certificate' in attempt ? attempt.certificate : undefined;
  return certificate && { certificate, pointer: `/wan/attempts/${index}/certificate` };
}
