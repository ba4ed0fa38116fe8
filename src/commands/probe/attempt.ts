import { connect } from '../../io/connect.js';
import type { trustedAuthorities } from '../../io/trust.js';
import { type Destination, usualConnectTimeout } from '../../model/network.js';
import { answerOfDatagram, askForAnswer, type Script } from './answer.js';
import type { Attempt, ProbeAsked, TlsFacts } from './facts.js';
import { stateOf } from './state.js';

/** What is done with every port of a target. */
export interface Attempting extends Script {
  readonly asked: ProbeAsked;
  readonly signal: AbortSignal;
  /** The name for SNI, where the target has one. */
  readonly servername?: string;
}

type Open = Extract<Awaited<ReturnType<typeof connect>>, { ok: true }>['value'];

/** Seconds to wait for an answer, where nothing else was asked for. */
const answerSeconds = 3;

/** Milliseconds until an attempt that found no file descriptor left is made again. */
const breather = 20;

/** One attempt at one place; nothing where the run ended before it could be made, or was interrupted. */
export async function attempt(to: Destination, attempting: Attempting): Promise<Attempt | undefined> {
  const { signal } = attempting;
  while (!signal.aborted) {
    const result = await (to.kind === 'ip' && attempting.asked.protocol === 'udp'
      ? attemptUdp(to, attempting)
      : attemptStream(to, attempting));
    const code = result.failure?.code;
    if (code === 'interrupted') return undefined;
    // That says something about this process, and nothing about the port.
    if (code !== 'too-many-open-files') return result;
    await new Promise((resolve) => setTimeout(resolve, breather));
  }
  return undefined;
}

async function attemptStream(to: Destination, attempting: Attempting): Promise<Attempt> {
  const { asked, signal } = attempting;
  const seconds = asked.network.connectTimeout ?? usualConnectTimeout;
  const connected = await connect(to, { seconds, signal });
  if (!connected.ok) {
    const { failure, ms } = connected;
    return { state: stateOf(failure.code), failure, ms };
  }
  const { value: socket, ms } = connected;
  if (to.kind === 'ip' && socket.localPort === to.port && socket.localAddress === socket.remoteAddress) {
    socket.destroy();
    const detail = 'the attempt was connected with itself: nothing listens there';
    return { state: 'closed', failure: { code: 'connection-refused', step: 'connect', blame: 'target', detail }, ms };
  }
  if (asked.tls !== true && !wantsAnswer(asked)) {
    socket.destroy();
    return { state: 'open', ms };
  }
  const further = await converse(socket, attempting);
  socket.destroy();
  return { state: 'open', ms, ...further };
}

/** What comes after connecting: a handshake, words, or both. */
async function converse(socket: Open, attempting: Attempting): Promise<Partial<Attempt>> {
  const { asked, signal, servername } = attempting;
  const { Conversation } = await import('../../io/conversation.js');
  const reading = { seconds: asked.readTimeout ?? answerSeconds, signal };
  if (asked.tls !== true) return askForAnswer(new Conversation(socket), attempting, reading);

  const trusted = await authoritiesOf(asked, signal);
  if (!trusted.ok) return { tls: { failure: trusted.failure, ms: 0 } };
  const { handshake } = await import('../../io/handshake.js');
  const seconds = asked.network.connectTimeout ?? usualConnectTimeout;
  const shaken = await handshake(
    socket,
    { ca: trusted.value.pem, ...(servername !== undefined && { servername }) },
    { seconds, signal },
  );
  const { ms } = shaken;
  if (!shaken.ok) return { tls: { failure: shaken.failure, ms } };
  const { protocol, cipher, unverified, socket: secured } = shaken.value;
  const tls: TlsFacts = { protocol, cipher, ...(unverified !== undefined && { unverified }), ms };
  if (!wantsAnswer(asked)) {
    secured.destroy();
    return { tls };
  }
  const answer = await askForAnswer(new Conversation(secured), attempting, reading);
  secured.destroy();
  return { tls, ...answer };
}

const stores = new WeakMap<ProbeAsked, ReturnType<typeof trustedAuthorities>>();

/** Every port of a run trusts the same authorities, and reading those of the system takes its time. */
async function authoritiesOf(asked: ProbeAsked, signal: AbortSignal): ReturnType<typeof trustedAuthorities> {
  const { caFile, addCa } = asked;
  const { trustedAuthorities: read } = await import('../../io/trust.js');
  const options = { ...(caFile !== undefined && { caFile }), ...(addCa !== undefined && { addCa }) };
  const store = stores.get(asked) ?? read(options, signal);
  stores.set(asked, store);
  return store;
}

async function attemptUdp(to: Extract<Destination, { kind: 'ip' }>, attempting: Attempting): Promise<Attempt> {
  const { asked, signal, send = Buffer.alloc(0) } = attempting;
  const { exchangeDatagram } = await import('../../io/datagram.js');
  const seconds = asked.readTimeout ?? asked.network.connectTimeout ?? answerSeconds;
  const exchanged = await exchangeDatagram(to, send, { seconds, signal });
  if (exchanged.ok) return { state: 'open', ms: exchanged.ms, ...answerOfDatagram(exchanged.value, attempting) };
  const { failure, ms } = exchanged;
  return { state: stateOf(failure.code), failure, ms };
}

function wantsAnswer({ banner, send, expect }: ProbeAsked): boolean {
  return banner === true || send !== undefined || expect !== undefined;
}
