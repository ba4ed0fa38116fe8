import { sensitiveNames } from '../knowledge/sensitive-names.js';

/** `strong`: nothing but a secret has such a name. `weak`: a secret often has, but so does other data (the code of a status). */
export type Sensitivity = 'strong' | 'weak';

const exact = new Set(sensitiveNames.map(({ name }) => plain(name)));
const endings = sensitiveNames.filter(({ match }) => match === 'ending').map(({ name }) => plain(name));

/** UTF-16 units of a name that are looked at: nobody calls a secret by a longer one. */
const longest = 200;

/**
 * Whether the value that goes by this name is to be masked. Case and marks are of no account: `accessToken`, `access-token` and
 * `user[access_token]` are the same. Of a path of names (`user[code]`, `user.code`) the last one counts.
 */
export function sensitivityOf(name: string): Sensitivity | undefined {
  if (name.length > longest) return undefined;
  const last =
    name
      .replace(/[\]\s]+$/, '')
      .split(/[[.]/)
      .at(-1) ?? name;
  const words = [plain(name), plain(last)];
  // `csrftoken`, but not `tokens` or `tokenizer`; and `xsrf`, but not what merely ends with the same letters.
  if (words.some((word) => endings.some((ending) => word.endsWith(ending)))) return 'strong';
  return words.some((word) => exact.has(word)) ? 'weak' : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
