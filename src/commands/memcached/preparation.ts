import type { Failure } from '../../model/failure.js';
import type { Secret } from '../../model/secret.js';
import type { MemcachedAsked } from './facts.js';

/** What is read from files before the first server is reached. */
export interface Preparation {
  /** PEM texts; absent without TLS. */
  readonly ca?: readonly string[];
  readonly password?: Secret;
}

const prepared = new WeakMap<MemcachedAsked, Promise<Preparation | Failure>>();

/** Reads what is asked to be read, once for all servers of a run. */
export function prepare(asked: MemcachedAsked, signal: AbortSignal): Promise<Preparation | Failure> {
  const known = prepared.get(asked) ?? read(asked, signal);
  prepared.set(asked, known);
  return known;
}

async function read({ tls, caFile, addCa, authFile }: MemcachedAsked, signal: AbortSignal) {
  const preparation: { ca?: readonly string[]; password?: Secret } = {};
  if (authFile !== undefined) {
    const { readText } = await import('../../io/read-text.js');
    const text = await readText(authFile, signal);
    if (!text.ok) return { ...text.failure, detail: `--auth-file: ${text.failure.detail}` };
    const { memcachedPassword } = await import('../../decoders/memcached-auth-file.js');
    const password = memcachedPassword(text.value);
    if (!password.ok) return { ...password.failure, detail: `--auth-file ${authFile}: ${password.failure.detail}` };
    preparation.password = password.secret;
  }
  if (tls) {
    const { trustedAuthorities } = await import('../../io/trust.js');
    const trust = await trustedAuthorities({ ...(caFile && { caFile }), ...(addCa && { addCa }) }, signal);
    if (!trust.ok) return trust.failure;
    preparation.ca = trust.value.pem;
  }
  return preparation;
}
