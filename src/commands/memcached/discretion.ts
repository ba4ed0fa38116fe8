import type { MemcachedReply, MemcachedValues } from '../../decoders/memcached.js';
import type { Secret } from '../../model/secret.js';

/** What has to be kept from sight in what a server says. */
export interface Discretion {
  /** `user password`, where one was given. */
  readonly password?: Secret | undefined;
  /** Whether the server was told it: then nothing that it says is quoted but what memcached answers. */
  readonly told?: boolean;
}

/** A text with the password masked, however it is written together with the user. */
export function masked(text: string, { password }: Discretion): string {
  if (password === undefined) return text;
  const [whole, word] = partsOf(password);
  return text.replaceAll(whole, '***').replaceAll(word, '***');
}

/** An answer that may be kept: the password masked, and where the server knows it, no words of its own. */
export function discreet(reply: MemcachedReply, discretion: Discretion): MemcachedReply {
  if (discretion.password === undefined) return reply;
  const lineOf = (line: string, instead: string) => (discretion.told === true ? instead : masked(line, discretion));
  switch (reply.kind) {
    case 'version':
      return { ...reply, version: masked(reply.version, discretion) };
    case 'values': {
      const { complete, line } = reply;
      const shown = complete || line === '' ? line : lineOf(line, notQuoted);
      return { ...reply, values: maskedValues(reply.values, discretion), line: shown };
    }
    case 'error': {
      const asks = isUnauthenticated(reply.line) ? ' unauthenticated' : '';
      return { ...reply, line: lineOf(reply.line, `${reply.error}${asks}`) };
    }
    case 'foreign':
      return { ...reply, line: lineOf(reply.line, notQuoted) };
    case 'stored':
      return reply;
  }
}

/** Whether a memcached says that it wants a password first. */
export function isUnauthenticated(line: string): boolean {
  return /unauthenticated/i.test(line);
}

const notQuoted = 'words that are not quoted: it knows the password';

/** Statistics without those whose name gives the password away; in values it is masked. */
function maskedValues(values: MemcachedValues, discretion: Discretion): MemcachedValues {
  const isTelling = (text: string) => masked(text, discretion) !== text;
  const kept = Object.entries(values).flatMap(([name, value]): [string, MemcachedValues[string]][] => {
    if (!isTelling(`${name} ${value}`)) return [[name, value]];
    const shown = masked(String(value), discretion);
    // A password with a blank may begin in the name and end in the value.
    return isTelling(`${name} ${shown}`) ? [] : [[name, shown]];
  });
  return Object.fromEntries(kept);
}

/** The whole of `user password`, and the password: it is never empty, and the user has no blank. */
function partsOf(password: Secret): readonly [whole: string, word: string] {
  const whole = password.reveal();
  return [whole, whole.slice(whole.indexOf(' ') + 1)];
}
