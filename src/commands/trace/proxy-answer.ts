import type { NotATraceFacts } from './facts.js';

/** An error of which nobody can say whether the host or a proxy made it: the proxy read and wrote all of it. */
export function mayBeOfProxy({ answer, proxy, tls, http }: NotATraceFacts): boolean {
  return answer === 'not-proxied' && proxy !== undefined && tls === undefined && http.status >= 400;
}
