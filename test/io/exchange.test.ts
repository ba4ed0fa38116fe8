import { once } from 'node:events';
import { connect as open, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createResponseReader, type ResponseReader } from '../../src/decoders/http-response.js';
import { createDeadline } from '../../src/io/deadline.js';
import { type AnswerReader, type Exchanged, type ExchangeTimes, exchange } from '../../src/io/exchange.js';
import { unacknowledgedBytes } from '../../src/io/unacknowledged.js';
import {
  closingPeer,
  drippingPeer,
  endlessPeer,
  garbagePeer,
  halfClosingPeer,
  type Peer,
  peer,
  silentPeer,
  splittingPeer,
} from '../servers/peers.js';

const signal = new AbortController().signal;
const request = Buffer.from('GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n');
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const times: ExchangeTimes = { ackSeconds: 10, readSeconds: 10, bodySeconds: 10, mostBytes: 1_000_000 };

const peers: Peer[] = [];
afterAll(() => Promise.all(peers.map((one) => one.close())));

async function connectedTo(making: Promise<Peer>): Promise<Socket> {
  const one = await making;
  peers.push(one);
  const socket = open({ port: one.port, host: one.address, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

interface Asked {
  readonly bytes?: Uint8Array;
  readonly signal?: AbortSignal;
  readonly unacknowledged?: () => number | undefined;
  readonly reader?: AnswerReader;
}

async function ask(
  making: Promise<Peer>,
  some: Partial<ExchangeTimes> = {},
  asked: Asked = {},
): Promise<{ seen: Exchanged; reader: ResponseReader; socket: Socket }> {
  const socket = await connectedTo(making);
  const { localPort, remotePort, remoteFamily } = socket;
  if (localPort === undefined || remotePort === undefined) throw new Error('not connected');
  const ends = { localPort, remotePort, ...(remoteFamily !== undefined && { remoteFamily }) };
  const reader = createResponseReader({ method: 'GET', headerLimit: 128 * 1024 });
  const seen = await exchange(
    socket,
    asked.bytes ?? request,
    asked.reader ?? reader,
    { ...times, ...some },
    asked.unacknowledged ?? (() => unacknowledgedBytes(ends)),
    asked.signal ?? signal,
  );
  return { seen, reader, socket };
}

/** Says it when the request has come. */
const answering = (bytes: string | Uint8Array) => peer((socket) => socket.once('data', () => socket.write(bytes)));

describe('an answer', () => {
  it('that is whole ends it, though the connection stays', async () => {
    const { seen, reader, socket } = await ask(answering(ok));
    expect(seen).toEqual({ firstByteMs: expect.any(Number), ms: expect.any(Number), acknowledged: true });
    expect(seen.firstByteMs).toBeLessThanOrEqual(seen.ms);
    expect(reader.state).toBe('whole');
    expect(reader.response()).toMatchObject({ status: 200, bodyBytes: 5, whole: true });
    expect(socket.destroyed).toBe(true);
  });

  it('is asked for with just these bytes', async () => {
    const one = await answering(ok);
    await ask(Promise.resolve(one));
    expect(one.received()).toEqual(request);
  });

  it('in single bytes is whole as well', async () => {
    const { seen, reader } = await ask(splittingPeer([...ok]));
    expect(seen.failure).toBeUndefined();
    expect(reader.state).toBe('whole');
  });

  it('that ends with the connection is whole', async () => {
    const { seen, reader } = await ask(closingPeer('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall'));
    expect(seen.failure).toBeUndefined();
    expect(reader.response()).toMatchObject({ whole: true, bodyBytes: 3 });
  });

  it('that makes no sense ends it at once', async () => {
    const { seen, reader } = await ask(garbagePeer());
    expect(seen.failure).toBeUndefined();
    expect(reader.state).toBe('broken');
    expect(seen.ms).toBeLessThan(3000);
  });

  it('that was there before anybody asked is read', async () => {
    const socket = await connectedTo(closingPeer(ok));
    await once(socket, 'readable');
    const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
    const seen = await exchange(socket, request, reader, times, () => undefined, signal);
    expect([seen.failure, reader.state]).toEqual([undefined, 'whole']);
  });
});

describe('a peer that closes', () => {
  it.each([
    ['without a word', ''],
    ['in the middle of the headers', 'HTTP/1.1 200 OK\r\nContent-'],
    ['in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'],
  ])('%s leaves it to the reader to say what is missing', async (_, bytes) => {
    const { seen, reader } = await ask(closingPeer(bytes));
    expect(seen.failure).toBeUndefined();
    expect(reader.state).toBe('broken');
    expect(reader.problem).toBeDefined();
  });

  it('its side only, before it was asked, is not waited for', async () => {
    const { seen, reader } = await ask(halfClosingPeer());
    expect(seen.failure).toBeUndefined();
    expect(reader.state).toBe('broken');
    expect(seen.ms).toBeLessThan(3000);
  });

  it('the connection before anything is asked for is not waited for', async () => {
    const socket = await connectedTo(closingPeer());
    const closed = once(socket, 'close');
    socket.resume();
    await closed;
    const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
    const seen = await exchange(socket, request, reader, times, () => undefined, signal);
    expect(seen).toEqual({ ms: expect.any(Number) });
    expect(reader.problem?.code).toBe('connection-closed');
  });
});

describe('a peer that resets the connection', () => {
  it('is told from one that closes', async () => {
    const { seen } = await ask(peer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(seen.failure).toMatchObject({ code: 'connection-reset', step: 'exchange', blame: 'target' });
    expect(seen.firstByteMs).toBeUndefined();
  });

  it('in the middle of an answer leaves what came before', async () => {
    const making = peer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n', () => socket.once('data', reset)));
      const reset = () => socket.resetAndDestroy();
    });
    const socket = await connectedTo(making);
    const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
    // The second half of a conversation that is not HTTP: it tells the peer that its first words have come.
    socket.once('data', () => socket.write('more'));
    const seen = await exchange(socket, request, reader, times, () => undefined, signal);
    expect(seen.failure?.code).toBe('connection-reset');
    expect(seen).toMatchObject({ acknowledged: true, firstByteMs: expect.any(Number) });
    expect(reader.state).toBe('head');
  });

  it('before anything is asked for is told as well', async () => {
    const socket = await connectedTo(peer((other) => other.once('data', () => other.resetAndDestroy())));
    socket.write('a word');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
    const seen = await exchange(socket, request, reader, times, () => undefined, signal);
    expect(seen.failure).toMatchObject({ code: 'connection-reset', step: 'exchange' });
  });
});

describe('silence', () => {
  it('after the request was acknowledged ends with the time to read', async () => {
    const { seen, socket } = await ask(silentPeer(), { ackSeconds: 0.1, readSeconds: 0.4 });
    expect(seen).toEqual({
      ms: expect.any(Number),
      acknowledged: true,
      failure: { code: 'timeout', step: 'exchange', blame: 'target', detail: 'no answer within 0.4 s' },
    });
    expect(seen.ms).toBeGreaterThanOrEqual(395);
    expect(seen.ms).toBeLessThan(900);
    expect(socket.destroyed).toBe(true);
  });

  it('ends with the time to read where that is the shorter one', async () => {
    const { seen } = await ask(silentPeer(), { ackSeconds: 5, readSeconds: 0.2 });
    expect(seen).toMatchObject({ acknowledged: true, failure: { detail: 'no answer within 0.2 s' } });
    expect(seen.ms).toBeLessThan(700);
  });

  it('says nothing of an acknowledgement where the system does not tell', async () => {
    const { seen } = await ask(silentPeer(), { readSeconds: 0.2 }, { unacknowledged: () => undefined });
    expect(seen).toEqual({
      ms: expect.any(Number),
      failure: {
        code: 'timeout',
        step: 'exchange',
        blame: 'target',
        detail: 'no answer within 0.2 s',
      },
    });
  });

  it('in the middle of the headers is no end of them, though they drip', async () => {
    const { seen } = await ask(drippingPeer('HTTP/1.1 200 OK\r\nX-Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 20), {
      ackSeconds: 0.1,
      readSeconds: 0.4,
    });
    expect(seen).toMatchObject({
      acknowledged: true,
      firstByteMs: expect.any(Number),
      failure: { code: 'timeout', blame: 'target', detail: 'no end of the headers within 0.4 s' },
    });
    expect(seen.ms).toBeLessThan(900);
  });

  it('ends with the run, whatever its own time', async () => {
    const deadline = createDeadline(0.2);
    const { seen } = await ask(silentPeer(), {}, { signal: deadline.signal });
    deadline.close();
    expect(seen.failure).toEqual({
      code: 'timeout',
      step: 'exchange',
      blame: 'target',
      detail: 'no answer: the deadline of 0.2 s was reached',
      byRun: true,
    });
    // Nobody has looked.
    expect(seen.acknowledged).toBeUndefined();
    expect(seen.ms).toBeLessThan(700);
  });

  it('ends on Ctrl-C, also between the two times', async () => {
    const deadline = createDeadline(undefined);
    const looked = () => {
      setImmediate(() => deadline.interrupt('the run was interrupted by SIGINT'));
      return 0;
    };
    const { seen } = await ask(silentPeer(), { ackSeconds: 0.1 }, { signal: deadline.signal, unacknowledged: looked });
    expect(seen.failure).toMatchObject({ code: 'interrupted', byRun: true });
    expect(seen.ms).toBeLessThan(1000);
  });

  it('is not waited for where the run is over before it begins', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('over');
    const { seen } = await ask(silentPeer(), {}, { signal: deadline.signal });
    expect(seen.failure).toMatchObject({ code: 'interrupted', byRun: true });
    expect(seen.ms).toBeLessThan(1000);
  });
});

/** More than the buffers of both sides of a connection take: the peer does not read, so it does not acknowledge all. */
const tooMuch = Buffer.concat([request, Buffer.alloc(32 * 1024 * 1024, 'x')]);
const notReading = (bytes = '') =>
  peer((socket) => {
    socket.pause();
    if (bytes !== '') socket.write(bytes);
  });

describe('a request that is not acknowledged', () => {
  it('is told after the time for that', async () => {
    const { seen } = await ask(notReading(), { ackSeconds: 0.3, readSeconds: 5 }, { bytes: tooMuch });
    expect(seen).toMatchObject({
      acknowledged: false,
      failure: { code: 'request-unacknowledged', step: 'exchange', blame: 'path' },
    });
    expect(seen.failure?.detail).toMatch(/^the request was not acknowledged within 0\.3 s \([1-9]\d* bytes of it\)$/);
    expect(seen.ms).toBeLessThan(1500);
  });

  it('is told after the time to read, where that is the shorter one', async () => {
    const { seen } = await ask(notReading(), { ackSeconds: 5, readSeconds: 0.3 }, { bytes: tooMuch });
    expect(seen.failure?.code).toBe('request-unacknowledged');
    expect(seen.ms).toBeLessThan(1500);
  });

  it('and yet answered is one that was answered', async () => {
    const { seen, reader } = await ask(notReading(ok), { ackSeconds: 5 }, { bytes: tooMuch });
    expect([seen.failure, reader.state, seen.acknowledged]).toEqual([undefined, 'whole', true]);
  });

  it('and yet half answered has the time to read for the other half', async () => {
    const { seen } = await ask(
      notReading('HTTP/1.1 200 OK\r\n'),
      { ackSeconds: 0.2, readSeconds: 0.6 },
      { bytes: tooMuch },
    );
    expect(seen.failure).toMatchObject({ code: 'timeout', detail: 'no end of the headers within 0.6 s' });
    expect(seen.ms).toBeGreaterThanOrEqual(595);
    expect(seen.acknowledged).toBe(true);
  });
});

describe('a body', () => {
  const beginning = 'HTTP/1.1 200 OK\r\nServer: test\r\n\r\n';

  it('without end is read up to as many bytes as are wanted, and that is no failure', async () => {
    const { seen, reader, socket } = await ask(endlessPeer('x'.repeat(1000), beginning), { mostBytes: 50_000 });
    expect(seen.failure).toBeUndefined();
    expect(reader.state).toBe('body');
    expect(socket.bytesRead).toBeGreaterThanOrEqual(50_000);
    // What was under way in one piece is read as well.
    expect(socket.bytesRead).toBeLessThan(50_000 + 128 * 1024);
    expect(socket.destroyed).toBe(true);
  });

  it('that drips is read for its time, and that is no failure', async () => {
    const making = peer((socket) => {
      socket.write(beginning);
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const { seen, reader } = await ask(making, { ackSeconds: 0.1, readSeconds: 5, bodySeconds: 0.3 });
    expect(seen.failure).toBeUndefined();
    expect(reader.response()).toMatchObject({ status: 200, whole: false });
    expect(seen.ms).toBeGreaterThanOrEqual(295);
    expect(seen.ms).toBeLessThan(1500);
  });

  it('may take longer than the headers had time', async () => {
    const making = peer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na');
      const timer = setTimeout(() => socket.write('b'), 500);
      socket.on('close', () => clearTimeout(timer));
    });
    const { seen, reader } = await ask(making, { ackSeconds: 0.1, readSeconds: 0.2, bodySeconds: 5 });
    expect([seen.failure, reader.state]).toEqual([undefined, 'whole']);
  });

  it('that is not there when the run ends is cut off by the run', async () => {
    const deadline = createDeadline(0.3);
    const { seen } = await ask(
      peer((socket) => socket.write(beginning)),
      {},
      { signal: deadline.signal },
    );
    deadline.close();
    expect(seen.failure).toMatchObject({ code: 'timeout', byRun: true });
    expect(seen.acknowledged).toBe(true);
  });
});

it('headers without end are read up to as many bytes as are wanted', async () => {
  const { seen, reader } = await ask(endlessPeer('X-Header: value\r\n'.repeat(100), 'HTTP/1.1 200 OK\r\n'), {
    mostBytes: 20_000,
  });
  expect(seen.failure).toBeUndefined();
  expect(seen.ms).toBeLessThan(3000);
  expect(reader.state).toBe('head');
});

it('a reader is told nothing any more once it has all', async () => {
  const pushed: number[] = [];
  const reader: AnswerReader = {
    push: (bytes) => pushed.push(bytes.length),
    end: () => pushed.push(-1),
    state: 'whole',
  };
  const { seen } = await ask(endlessPeer('x'.repeat(100_000)), {}, { reader });
  expect(seen.failure).toBeUndefined();
  expect(pushed).toHaveLength(1);
});
