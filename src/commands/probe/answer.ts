import type { Conversation } from '../../io/conversation.js';
import type { Limits } from '../../io/limits.js';
import type { Failure } from '../../model/failure.js';
import type { Attempt } from './facts.js';

/** What is sent, and what has to come back, as bytes. */
export interface Script {
  readonly send?: Buffer;
  readonly expect?: Buffer;
}

export type Answer = Pick<Attempt, 'banner' | 'truncated' | 'expected' | 'answerFailure'>;

/** Bytes that are kept, and bytes in which the expected text is looked for. */
const kept = 4096;
const searched = 65_536;

/** Seconds after the first byte within which a banner is thought to be whole. */
const settling = 0.2;

/** Says what is to be said over an open connection, and reads what comes back. */
export function askForAnswer(conversation: Conversation, { send, expect }: Script, limits: Limits): Promise<Answer> {
  if (send !== undefined) conversation.say(send);
  return expect === undefined ? hearBanner(conversation, limits) : hearFor(expect, conversation, limits);
}

/** What a datagram that came back says; there is no more to wait for. */
export function answerOfDatagram(bytes: Buffer, { expect }: Script): Answer {
  return { ...bannerOf(bytes), ...(expect !== undefined && { expected: bytes.includes(expect) }) };
}

async function hearBanner(conversation: Conversation, limits: Limits): Promise<Answer> {
  const first = await conversation.hear((bytes) => bytes.length, kept + 1, limits);
  if (!first.ok) return { answerFailure: first.failure };
  const { bytes, ending } = first.value;
  if (bytes.length === 0) return { answerFailure: closedSilently };
  if (ending !== 'enough' || bytes.length > kept) return bannerOf(bytes);
  const more = await conversation.hear(() => undefined, kept + 1, { ...limits, seconds: settling });
  return bannerOf(Buffer.concat([bytes, more.ok ? more.value.bytes : more.partial]));
}

async function hearFor(expect: Buffer, conversation: Conversation, limits: Limits): Promise<Answer> {
  const heard = await conversation.hear(
    (bytes) => (bytes.includes(expect) ? bytes.length : undefined),
    searched,
    limits,
  );
  if (!heard.ok) return { ...bannerOf(heard.partial), expected: false, answerFailure: heard.failure };
  const { bytes, ending } = heard.value;
  if (bytes.length === 0) return { expected: false, answerFailure: closedSilently };
  return { ...bannerOf(bytes), expected: ending === 'enough' };
}

const closedSilently: Failure = {
  code: 'connection-closed',
  step: 'exchange',
  blame: 'target',
  detail: 'the connection was closed without a word',
};

function bannerOf(bytes: Buffer): Answer {
  if (bytes.length === 0) return {};
  const banner = bytes.toString('utf8', 0, kept);
  return bytes.length > kept ? { banner, truncated: true } : { banner };
}
