import { isTellingEvidence } from './evidence-names.js';
import { secretsOfConf } from './evidence-set.js';
import { shortestSecret } from './secret-forms.js';
import { decodeSecretList } from './secret-list.js';

/** Secrets that a file tells, by value → what it is called. */
export interface ToldSecrets {
  readonly secrets: ReadonlyMap<string, string>;
  /** Too short or too ordinary to be looked for. */
  readonly ordinary: ReadonlySet<string>;
}

/** What a railgun.conf, or a file like it, tells. */
export function secretsToldByConf(text: string): ToldSecrets {
  return parted(secretsOfConf(text), isTellingEvidence);
}

/** What a list of secrets tells: whoever lists a word of everyday wants it looked for. */
export function secretsToldByList(text: string): ToldSecrets {
  return parted(decodeSecretList(text).secrets, (secret) => Buffer.byteLength(secret) >= shortestSecret);
}

function parted(found: ReadonlyMap<string, string>, isLookedFor: (secret: string) => boolean): ToldSecrets {
  const all = [...found];
  return {
    secrets: new Map(all.filter(([secret]) => isLookedFor(secret))),
    ordinary: new Set(all.flatMap(([secret]) => (isLookedFor(secret) ? [] : [secret]))),
  };
}
