import type { Failure } from '../model/failure.js';
import { Secret } from '../model/secret.js';

export type MemcachedPassword =
  | {
      readonly ok: true;
      /** `user password`, as memcached wants to be told it. */
      readonly secret: Secret;
    }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Reads memcached's own file of passwords (`-Y`): `user:password`, one a line, of which the first line is used. What is
 * wrong with it is said without quoting it.
 */
export function memcachedPassword(text: string): MemcachedPassword {
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).replace(/\r$/, '');
  const colon = line.indexOf(':');
  const user = line.slice(0, Math.max(colon, 0));
  const password = line.slice(colon + 1);
  if (user === '' || password === '') return malformed('its first line is not user:password');
  // The two are sent with a blank between them, so the server could not tell them apart.
  if (user.includes(' ')) return malformed('the user in its first line has a blank');
  return { ok: true, secret: new Secret(`${user} ${password}`) };
}

function malformed(detail: string): MemcachedPassword {
  return { ok: false, failure: { code: 'malformed', step: 'decode', blame: 'us', detail } };
}
