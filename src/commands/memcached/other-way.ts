import type { Limits } from '../../io/limits.js';
import type { Failure } from '../../model/failure.js';
import { dial, type Place } from './dial.js';
import type { MemcachedAsked } from './facts.js';
import { tell } from './talk.js';

/** Seconds for finding out: the answer to the question itself was waited for before. */
const patience = 2;

/**
 * A server that expects TLS mostly says nothing to what comes without, and one without TLS to a handshake. So where talking
 * failed before anything was understood, the other way is tried once, and the failure says if that is the one. Nothing
 * secret is sent.
 */
export async function otherWay(
  failure: Failure,
  place: Place,
  asked: MemcachedAsked,
  { seconds = patience, signal }: Limits,
): Promise<Failure> {
  if (signal.aborted || place.to.kind === 'unix') return failure;
  const limits: Limits = { seconds: Math.min(seconds, patience), signal };
  const { network } = asked;
  if (!asked.tls) {
    if (!['no-answer', 'connection-closed', 'connection-reset'].includes(failure.code)) return failure;
    const dialled = await dial(place, { network, tls: true }, undefined, limits);
    if (dialled.ok) dialled.conversation.close();
    const speaks = dialled.ok || ['tls-alert', 'client-certificate-required'].includes(dialled.failure.code);
    if (!speaks) return failure;
    return {
      code: 'tls-required',
      step: 'exchange',
      blame: 'target',
      detail: `${failure.detail}; with TLS it answers`,
    };
  }
  if (failure.step !== 'tls') return failure;
  const dialled = await dial(place, { network }, undefined, limits);
  if (!dialled.ok) return failure;
  const told = await tell(dialled.conversation, 'version\r\n', 'version', limits);
  dialled.conversation.close();
  if (told.ok) {
    const detail = `${failure.detail}; without TLS a memcached answers`;
    return { code: 'not-tls', step: 'tls', blame: 'target', detail };
  }
  // A full memcached says so before any TLS, and so does not take part in it.
  return told.failure.code === 'too-many-connections' ? told.failure : failure;
}
