import type { Conversation } from '../../io/conversation.js';
import type { Limits } from '../../io/limits.js';
import type { Failure } from '../../model/failure.js';
import type { Secret } from '../../model/secret.js';
import { isUnauthenticated } from './discretion.js';
import type { FailedFacts } from './facts.js';
import { tell } from './talk.js';

export type Greeted = { readonly password?: FailedFacts['password'] } & (
  | { readonly version: string; readonly pingMs: number }
  | { readonly failure: Failure; readonly heard?: string }
);

/**
 * Asks for the version, whose round trip is the ping. The password is sent where the server asks for one, and
 * never over TLS that did not verify.
 */
export async function greet(
  conversation: Conversation,
  { password, unverified }: { readonly password: Secret | undefined; readonly unverified: string | undefined },
  limits: Limits,
): Promise<Greeted> {
  let became: FailedFacts['password'] = password === undefined ? undefined : 'not-asked-for';
  for (;;) {
    const discretion = { password, told: became === 'accepted' };
    const told = await tell(conversation, 'version\r\n', 'version', limits, discretion);
    if (!told.ok) return { ...told, ...(became && { password: became }) };
    const { reply, ms } = told;
    if (reply.kind === 'version') {
      return { version: reply.version, pingMs: ms, ...(became && { password: became }) };
    }
    const line = reply.kind === 'error' ? reply.line : reply.kind;
    if (!isUnauthenticated(line)) {
      return {
        ...refused('unexpected-answer', `it answers version with ${line}`, line),
        ...(became && { password: became }),
      };
    }
    if (password === undefined) return refused('authentication-required', `it says: ${line}`, line);
    if (became === 'accepted') return refused('authentication-failed', `it took the password, and still says: ${line}`);
    if (unverified !== undefined) {
      const detail = `it asks for the password, which was not sent: its certificate did not verify (${unverified})`;
      return { ...refused('unverified-certificate', detail), password: 'withheld' };
    }
    const answer = await authenticate(conversation, password, limits);
    if (answer !== undefined) return answer;
    became = 'accepted';
  }
}

/** A store of `user password` under any key: how memcached is told it in its text protocol. Nothing is stored by it. */
async function authenticate(
  conversation: Conversation,
  password: Secret,
  limits: Limits,
): Promise<Greeted | undefined> {
  const words = password.reveal();
  const told = await tell(
    conversation,
    `set auth 0 0 ${new TextEncoder().encode(words).length}\r\n${words}\r\n`,
    'the password',
    limits,
    { password, told: true },
  );
  if (!told.ok) return { failure: told.failure, password: 'refused' };
  if (told.reply.kind === 'stored') return undefined;
  return { ...refused('authentication-failed', 'it does not accept the user and password'), password: 'refused' };
}

function refused(code: Failure['code'], detail: string, heard?: string): { failure: Failure; heard?: string } {
  const failure: Failure = { code, step: 'exchange', blame: 'target', detail };
  return heard === undefined ? { failure } : { failure, heard: heard.slice(0, 200) };
}
