import { createReplyEnd, type MemcachedReply, mayBecomeReply, memcachedReply } from '../../decoders/memcached.js';
import type { Conversation } from '../../io/conversation.js';
import type { Limits } from '../../io/limits.js';
import type { Failure } from '../../model/failure.js';
import { shortened } from '../../model/shortened.js';
import { type Discretion, discreet, masked } from './discretion.js';

/** No more than this is read of an answer: a real one has some kilobytes. */
const cap = 1_000_000;

export type Told =
  | { readonly ok: true; readonly reply: MemcachedReply; readonly ms: number }
  | { readonly ok: false; readonly failure: Failure; readonly heard?: string };

/**
 * Sends a command (with its line end; empty: it was sent before) and reads its answer; an answer that no memcached gives
 * is a failure. `name` is what failures call the command by: what is sent may be secret, and so may be what comes back.
 */
export async function tell(
  conversation: Conversation,
  command: string,
  name: string,
  limits: Limits,
  discretion: Discretion = {},
): Promise<Told> {
  if (command !== '') conversation.say(command);
  const outcome = await conversation.hear(createReplyEnd(), cap, limits);
  const text = outcome.partial.toString('utf8');
  const quoted = heardOf(text, discretion);
  if (!outcome.ok) return { ok: false, failure: unheard(outcome.failure, text, name, limits, quoted.heard), ...quoted };
  const { bytes, ending } = outcome.value;
  if (bytes.length === 0) {
    return gone(`the server closed the connection instead of answering ${name}`, 'connection-closed');
  }
  if (ending === 'closed' && !text.endsWith('\n') && mayBecomeReply(text)) {
    return gone(`the server closed the connection in the middle of its answer to ${name}`, 'connection-closed');
  }
  const reply = memcachedReply(text);
  if (reply.kind === 'foreign') return { ok: false, failure: foreign(text, quoted.heard), ...quoted };
  if (ending === 'cap') return { ...gone(`more than ${cap} bytes in answer to ${name}`, 'answer-too-long') };
  if (reply.kind === 'values' && !reply.complete && reply.line === '') {
    return gone(`the server closed the connection before the end of its answer to ${name}`, 'connection-closed');
  }
  if (reply.kind === 'error' && /too many open connections/i.test(reply.line)) {
    return { ok: false, failure: failureOf('too-many-connections', 'it says: Too many open connections'), ...quoted };
  }
  return { ok: true, reply: discreet(reply, discretion), ms: outcome.ms };
}

/** The first line, at most 200 characters of it. */
function firstLine(text: string): string {
  return shortened(text.slice(0, 1000).split(/\r?\n/, 1)[0] ?? '', 200);
}

/** Nothing of what a server says that was told the password: what it makes of it could be anywhere in there. */
function heardOf(text: string, discretion: Discretion): { readonly heard?: string } {
  return text === '' || discretion.told === true ? {} : { heard: firstLine(masked(text, discretion)) };
}

function gone(detail: string, code: 'connection-closed' | 'answer-too-long'): Told {
  return { ok: false, failure: failureOf(code, detail) };
}

function failureOf(code: Failure['code'], detail: string): Failure {
  return { code, step: 'exchange', blame: 'target', detail };
}

function foreign(text: string, heard: string | undefined): Failure {
  // An alert of TLS: the server takes what was said for a broken handshake.
  if (text.startsWith('\x15\x03')) return failureOf('tls-required', 'it answers with an alert of TLS');
  const reply = memcachedReply(text);
  const peer = reply.kind === 'foreign' ? reply.peer : undefined;
  const what = peer === undefined ? 'it answers what no memcached does' : `${peer} answers`;
  return failureOf('not-memcached', heard === undefined ? what : `${what}: ${heard}`);
}

/** Nothing whole came in time. Where the run is over, that stays what happened. */
function unheard(
  failure: Failure,
  text: string,
  name: string,
  { seconds }: Limits,
  heard: string | undefined,
): Failure {
  if (failure.code !== 'timeout' && failure.code !== 'interrupted') return failure;
  if (text !== '' && !mayBecomeReply(text)) return foreign(text, heard);
  const what =
    text === ''
      ? `it accepted the connection and says nothing to ${name}`
      : `its answer to ${name} came in drops: ${text.length} bytes, no end`;
  if (failure.byRun === true)
    return { ...failure, detail: `${what}: ${failure.detail.replace(/^no (?:whole )?answer: /, '')}` };
  return failureOf(text === '' ? 'no-answer' : 'incomplete-answer', `${what} within ${seconds ?? 0} s`);
}
