import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as open, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Conversation, type Enough, type HeardOutcome, line } from '../../src/io/conversation.js';
import { createDeadline } from '../../src/io/deadline.js';
import { handshake } from '../../src/io/handshake.js';
import {
  closingPeer,
  drippingPeer,
  endlessPeer,
  garbage,
  garbagePeer,
  greetingPeer,
  halfClosingPeer,
  type Peer,
  peer,
  resettingPeer,
  silentPeer,
  splittingPeer,
} from '../servers/peers.js';

const signal = new AbortController().signal;
const peers: Peer[] = [];
const talks: Conversation[] = [];
afterAll(async () => {
  for (const talk of talks) talk.close();
  await Promise.all(peers.map((one) => one.close()));
});

async function talkWith(making: Promise<Peer>): Promise<Conversation> {
  const one = await making;
  peers.push(one);
  const socket = open(one.port, one.address);
  await once(socket, 'connect');
  const talk = new Conversation(socket);
  talks.push(talk);
  return talk;
}

const never: Enough = () => undefined;
const cap = 1000;

function heard(outcome: HeardOutcome): [text: string, ending: string] {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail}`);
  return [outcome.value.bytes.toString(), outcome.value.ending];
}

function failureOf(outcome: HeardOutcome) {
  if (outcome.ok) throw new Error(`heard ${JSON.stringify(outcome.value.bytes.toString())}`);
  return outcome.failure;
}

describe('an answer', () => {
  it.each([
    ['in one piece', ['one\ntwo\n']],
    ['byte by byte', [...'one\ntwo\n']],
    ['cut in the middle of a line', ['on', 'e\ntw', 'o\n']],
    ['with what comes next at its end', ['one\nt', 'wo\n']],
  ])('is heard line by line, %s', async (_, parts) => {
    const talk = await talkWith(splittingPeer(parts));
    expect(heard(await talk.hear(line, cap, { seconds: 5, signal }))).toEqual(['one\n', 'enough']);
    expect(heard(await talk.hear(line, cap, { seconds: 5, signal }))).toEqual(['two\n', 'enough']);
  });

  it('to what was said is heard', async () => {
    const talk = await talkWith(peer((socket) => socket.on('data', (bytes) => socket.write(`you said ${bytes}`))));
    talk.say('hello\n');
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['you said hello\n', 'enough']);
    talk.say(Buffer.from('bytes\n'));
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['you said bytes\n', 'enough']);
  });

  it('that came before anybody listened is not lost', async () => {
    const talk = await talkWith(closingPeer('bye\nnow'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['bye\n', 'enough']);
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['now', 'closed']);
  });

  it('ends where the peer ends its side, even with nothing', async () => {
    const talk = await talkWith(closingPeer());
    expect(heard(await talk.hear(never, cap, { signal }))).toEqual(['', 'closed']);
    // And again, for whoever asks again.
    expect(heard(await talk.hear(never, cap, { signal }))).toEqual(['', 'closed']);
  });

  it('is cut off before its end where the peer closes early', async () => {
    const talk = await talkWith(closingPeer('no line'));
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['no line', 'closed']);
  });

  it.each([1, 999, 1000, 100_000])('without end is heard up to the cap (%i bytes)', async (bound) => {
    const talk = await talkWith(endlessPeer('0123456789'.repeat(1000)));
    const [text, ending] = heard(await talk.hear(never, bound, { signal }));
    expect(text).toBe('0123456789'.repeat(Math.ceil(bound / 10)).slice(0, bound));
    expect(ending).toBe('cap');
    const [more] = heard(await talk.hear(never, 20, { signal }));
    expect(more).toBe('0123456789'.repeat(3).slice(bound % 10, (bound % 10) + 20));
  });

  it('that is exactly as long as the cap is whole', async () => {
    const talk = await talkWith(greetingPeer('0123456789\n'));
    expect(heard(await talk.hear(line, 11, { signal }))).toEqual(['0123456789\n', 'enough']);
  });

  it('that is a byte longer than the cap is not', async () => {
    const talk = await talkWith(greetingPeer('0123456789\n'));
    expect(heard(await talk.hear(line, 10, { signal }))).toEqual(['0123456789', 'cap']);
    expect(heard(await talk.hear(line, 10, { signal }))).toEqual(['\n', 'enough']);
  });

  it('of no protocol is heard byte for byte', async () => {
    const talk = await talkWith(garbagePeer());
    const outcome = await talk.hear((bytes) => (bytes.length >= garbage.length ? garbage.length : undefined), cap, {
      signal,
    });
    expect(outcome.partial).toEqual(garbage);
  });
});

describe('hearing fails', () => {
  it('where the peer is silent, after its own time', async () => {
    const talk = await talkWith(silentPeer());
    const outcome = await talk.hear(line, cap, { seconds: 0.1, signal });
    expect(failureOf(outcome)).toEqual({
      code: 'timeout',
      step: 'exchange',
      blame: 'target',
      detail: 'no answer within 0.1 s',
    });
    expect(outcome.partial).toHaveLength(0);
  });

  it('where the peer drips: what came does not prolong the time', async () => {
    const talk = await talkWith(drippingPeer('drop ', 20));
    const outcome = await talk.hear(line, cap, { seconds: 0.3, signal });
    expect(failureOf(outcome)).toMatchObject({ code: 'timeout', detail: 'no whole answer within 0.3 s' });
    expect(outcome.partial.toString()).toMatch(/^drop /);
    expect(outcome.ms).toBeLessThan(1500);
  });

  it('where the run is over', async () => {
    const deadline = createDeadline(0.1);
    const talk = await talkWith(silentPeer());
    expect(failureOf(await talk.hear(line, cap, { seconds: 20, signal: deadline.signal }))).toMatchObject({
      code: 'timeout',
      detail: 'no answer: the deadline of 0.1 s was reached',
    });
  });

  it('on Ctrl-C', async () => {
    const deadline = createDeadline(undefined);
    const talk = await talkWith(greetingPeer('half a line'));
    const hearing = talk.hear(
      (bytes) => {
        if (bytes.length > 0) deadline.interrupt('the run was interrupted by SIGINT');
        return undefined;
      },
      cap,
      { signal: deadline.signal },
    );
    const outcome = await hearing;
    expect(failureOf(outcome)).toMatchObject({ code: 'interrupted', step: 'exchange' });
    expect(outcome.partial.toString()).toBe('half a line');
  });

  it('where the peer resets the connection, with what came before', async () => {
    const talk = await talkWith(resettingPeer('half a'));
    talk.say('and the other half?');
    const outcome = await talk.hear(line, cap, { signal });
    expect(failureOf(outcome)).toMatchObject({ code: 'connection-reset', step: 'exchange', blame: 'target' });
    expect(outcome.partial.toString()).toBe('half a');
  });

  it('where the peer has gone, and is still talked to', async () => {
    const talk = await talkWith(closingPeer());
    expect(heard(await talk.hear(never, cap, { signal }))).toEqual(['', 'closed']);
    for (let round = 0; round < 3; round++) talk.say('is anybody there?');
    const outcome = await talk.hear(never, cap, { signal });
    // By when the system has heard of it, which it does not always.
    const ways = ['closed', 'connection-reset', 'connection-closed'];
    expect(ways).toContain(outcome.ok ? outcome.value.ending : outcome.failure.code);
  });
});

describe('what was read too far', () => {
  it('is there for the next to listen, whatever the pieces', async () => {
    const lines = ['220 one\r\n', '250-two\r\n', '250 three\r\n', '354 four\r\n'];
    const talk = await talkWith(greetingPeer(lines.join('')));
    for (const expected of lines) expect(heard(await talk.hear(line, cap, { signal }))).toEqual([expected, 'enough']);
  });

  it('is put back for whoever goes on with the stream', async () => {
    const talk = await talkWith(greetingPeer('one\ntwo\nthree\n'));
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['one\n', 'enough']);
    const stream = talk.release();
    const [bytes] = await Promise.all([once(stream, 'data'), stream.resume()]);
    expect(String(bytes)).toBe('two\nthree\n');
  });
});

it('a stream that is released keeps the listeners of others, and loses those of the conversation', async () => {
  const listening = await greetingPeer('one\n');
  peers.push(listening);
  const socket = open(listening.port, listening.address);
  await once(socket, 'connect');
  const counts = () => ['data', 'end'].map((event) => socket.listenerCount(event));
  let ended = false;
  socket.on('end', () => {
    ended = true;
  });
  const before = counts();
  const talk = new Conversation(socket);
  await talk.hear(line, cap, { signal });
  talk.release();
  expect(counts()).toEqual(before);
  socket.resume();
  const closed = once(socket, 'close');
  await listening.close();
  await closed;
  expect(ended || socket.destroyed).toBe(true);
});

describe('TLS after words in the clear', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-conversation-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=test',
  ];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const credentials = { key: readFileSync(key), cert: readFileSync(cert) };

  /** Greets, and goes on in TLS once it is asked to, where it says one word. */
  const upgrading = (socket: Socket) => {
    socket.write('220 ready\r\n');
    socket.once('data', () => {
      socket.removeAllListeners('data');
      socket.write('220 go ahead\r\n');
      const secure = new TLSSocket(socket, { isServer: true, ...credentials });
      secure.on('error', () => undefined);
      secure.write('secret');
    });
  };

  it('works on the stream that was released', async () => {
    const talk = await talkWith(peer(upgrading));
    await talk.hear(line, cap, { signal });
    talk.say('STARTTLS\r\n');
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['220 go ahead\r\n', 'enough']);
    const outcome = await handshake(talk.release(), {}, { seconds: 5, signal });
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    const secure = new Conversation(outcome.value.socket);
    const word = await secure.hear((bytes) => (bytes.length >= 6 ? 6 : undefined), cap, { signal });
    expect(heard(word)).toEqual(['secret', 'enough']);
    secure.close();
  });

  it('fails at once where the peer has already gone', async () => {
    const talk = await talkWith(closingPeer('220 go ahead\r\nleft over'));
    expect(heard(await talk.hear(line, cap, { signal }))).toEqual(['220 go ahead\r\n', 'enough']);
    await talk.hear(() => undefined, 5, { signal });
    const outcome = await handshake(talk.release(), {}, { seconds: 5, signal });
    expect(outcome.ms).toBeLessThan(2000);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'connection-closed', step: 'tls', blame: 'target' } });
  });
});

it('a peer that ended its side can still be told something', async () => {
  const half = await halfClosingPeer();
  peers.push(half);
  const socket = open({ port: half.port, host: half.address, allowHalfOpen: true });
  await once(socket, 'connect');
  const talk = new Conversation(socket);
  talks.push(talk);
  expect(heard(await talk.hear(never, cap, { signal }))).toEqual(['', 'closed']);
  talk.say('goodbye');
  talk.end();
  await expect.poll(() => half.received().toString()).toBe('goodbye');
});

it('a line ends with its LF', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array(), (text, rest) => {
      const bytes = Buffer.concat([Buffer.from(`${text.replaceAll('\n', '')}\n`), rest]);
      expect(line(bytes)).toBe(Buffer.byteLength(text.replaceAll('\n', '')) + 1);
    }),
  );
  expect(line(Buffer.from('no end'))).toBeUndefined();
});
