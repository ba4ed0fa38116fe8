import { byClass, type MemcachedReply, type MemcachedValues, numberOf } from '../../decoders/memcached.js';
import type { Conversation } from '../../io/conversation.js';
import { stopOf } from '../../io/deadline.js';
import type { Limits } from '../../io/limits.js';
import { toMicrosecond } from '../../model/duration.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, destinationText } from '../../model/network.js';
import { dial, type Place } from './dial.js';
import type { Discretion } from './discretion.js';
import type { FailedFacts, MemcachedAsked, ServerFacts } from './facts.js';
import { type Greeted, greet } from './greet.js';
import { otherWay } from './other-way.js';
import type { Preparation } from './preparation.js';
import { tell } from './talk.js';

/** One look at one server: connect, ask, leave. */
export async function look(
  place: Place,
  asked: MemcachedAsked,
  { ca, password }: Preparation,
  signal: AbortSignal,
): Promise<ServerFacts | FailedFacts> {
  const limits: Limits = { seconds: asked.readTimeout, signal };
  const dialled = await dial(place, asked, ca, limits);
  if (!dialled.ok) return failed(place, asked, await otherWay(dialled.failure, place, asked, limits), signal);
  const { conversation, connectMs, tls } = dialled;
  const greeted = await greet(conversation, { password, unverified: tls?.unverified }, limits);
  const reached = {
    ...(tls && { tls }),
    ...(password !== undefined && greeted.password !== undefined && { password: greeted.password }),
  };
  if ('failure' in greeted) {
    conversation.close();
    const { heard } = greeted;
    const failure = await otherWay(greeted.failure, place, asked, limits);
    return failed(place, asked, failure, signal, { ...reached, ...(heard !== undefined && { heard }) });
  }
  const told = await statisticsOf(conversation, { password, told: greeted.password === 'accepted' }, limits);
  conversation.close();
  if ('code' in told) return failed(place, asked, told, signal, reached);
  return serverFacts(reachedFacts(place, asked), { ...reached, connectMs }, greeted, told);
}

/** What is known of a server that could not be talked to. */
export function failed(
  place: Place,
  asked: MemcachedAsked,
  failure: Failure,
  signal: AbortSignal,
  more: Pick<FailedFacts, 'tls' | 'password' | 'heard'> = {},
): FailedFacts {
  const stopped = stopOf(signal);
  return { kind: 'failed', ...reachedFacts(place, asked), ...more, failure, ...(stopped && { stopped }) };
}

function reachedFacts({ to }: Place, asked: MemcachedAsked) {
  const transport = to.kind === 'unix' ? 'unix' : asked.tls ? 'tls' : 'tcp';
  return { asked, address: destinationText(to), transport, local: isLocal(to) } as const;
}

interface Statistics {
  readonly stats: MemcachedValues;
  readonly settings: MemcachedValues;
  readonly items: MemcachedValues;
  readonly slabs: MemcachedValues;
  readonly refused: Readonly<Record<string, string>>;
}

const questions = { stats: 'stats', settings: 'stats settings', items: 'stats items', slabs: 'stats slabs' } as const;

/** Every list of numbers. What a proxy, say, does not know is refused, and no failure. */
async function statisticsOf(
  conversation: Conversation,
  discretion: Discretion,
  limits: Limits,
): Promise<Statistics | Failure> {
  const lists: Record<keyof typeof questions, MemcachedValues> = { stats: {}, settings: {}, items: {}, slabs: {} };
  const refused: Record<string, string> = {};
  // All at once: the answers come in the order of the questions.
  let words = Object.values(questions)
    .map((question) => `${question}\r\n`)
    .join('');
  for (const [list, question] of Object.entries(questions)) {
    const told = await tell(conversation, words, question, limits, discretion);
    words = '';
    if (!told.ok) return told.failure;
    const { reply } = told;
    if (reply.kind === 'values') lists[list as keyof typeof questions] = reply.values;
    if (reply.kind !== 'values' || !reply.complete) refused[question] = lineOf(reply);
  }
  return { ...lists, refused };
}

function lineOf(reply: MemcachedReply): string {
  if (reply.kind === 'version') return `VERSION ${reply.version}`;
  return reply.kind === 'stored' ? 'STORED' : reply.line.slice(0, 200);
}

function serverFacts(
  reached: ReturnType<typeof reachedFacts>,
  { connectMs, ...more }: Pick<ServerFacts, 'tls' | 'password' | 'connectMs'>,
  { pingMs, version }: Extract<Greeted, { version: string }>,
  { stats, settings, items, slabs, refused }: Statistics,
): ServerFacts {
  const hits = numberOf(stats['get_hits']);
  const misses = numberOf(stats['get_misses']);
  const hitRatio = hits === undefined || misses === undefined ? undefined : ratio(hits, hits + misses);
  const fillRatio = ratio(numberOf(stats['bytes']), numberOf(stats['limit_maxbytes']));
  return {
    kind: 'server',
    ...reached,
    ...more,
    connectMs: toMicrosecond(connectMs),
    pingMs: toMicrosecond(pingMs),
    version,
    stats,
    settings,
    items: byClass(items),
    slabs: byClass(slabs),
    ...(Object.keys(refused).length > 0 && { refused }),
    ...(hitRatio !== undefined && { hitRatio }),
    ...(fillRatio !== undefined && { fillRatio }),
  };
}

/** Nothing where there is no whole. */
export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
  if (part === undefined || whole === undefined || whole <= 0) return undefined;
  return Number((part / whole).toPrecision(6));
}

function isLocal(to: Destination): boolean {
  if (to.kind === 'unix') return true;
  return /^(?:::ffff:)?127\.|^::1$/i.test(to.address);
}
