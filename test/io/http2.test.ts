import { once } from 'node:events';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect as open, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import type { ExchangeTimes } from '../../src/io/exchange.js';
import { type Http2Request, type Http2Seen, http2Exchange } from '../../src/io/http2.js';
import { type Ends, unacknowledgedBytes } from '../../src/io/unacknowledged.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';
import {
  data,
  goaway,
  type Http2PeerOptions,
  headers,
  resetStream,
  settings,
  startHttp2Peer,
} from '../servers/http2-peers.js';

const signal = new AbortController().signal;
const times: ExchangeTimes = { ackSeconds: 10, readSeconds: 10, bodySeconds: 10, mostBytes: 1_000_000 };
const request: Http2Request = { method: 'GET', path: '/a?b=c', authority: 'www.example.com', headers: [] };

let authority: Authority;
let leaf: Issued;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['www.example.com'] });
});

afterAll(async () => {
  await Promise.all(cleanups.map((cleanup) => cleanup()));
  authority?.close();
});

async function connectedTo(port: number): Promise<TLSSocket> {
  const socket = open({ host: '127.0.0.1', port, ALPNProtocols: ['h2'], rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('h2');
  return socket;
}

interface Asked {
  readonly request?: Partial<Http2Request>;
  readonly times?: Partial<ExchangeTimes>;
  readonly signal?: AbortSignal;
  readonly unacknowledged?: () => number | undefined;
}

function ask(socket: TLSSocket, asked: Asked = {}): Promise<Http2Seen> {
  const { localPort, remotePort, remoteFamily } = socket;
  return http2Exchange(
    socket,
    { ...request, ...asked.request },
    { ...times, ...asked.times },
    asked.unacknowledged ?? (() => unacknowledgedBytes({ localPort, remotePort, remoteFamily } as Ends)),
    asked.signal ?? signal,
  );
}

/** Node's own server. */
async function served(answer: (asked: Http2ServerRequest, response: Http2ServerResponse) => void): Promise<TLSSocket> {
  const server = createSecureServer({ cert: leaf.pem, key: leaf.key }, answer);
  const sockets = new Set<{ destroy(): void }>();
  server.on('secureConnection', (socket: TLSSocket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('sessionError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return connectedTo((server.address() as AddressInfo).port);
}

/** A server that says exactly this. */
async function told(options: Omit<Http2PeerOptions, 'chain'>): Promise<TLSSocket> {
  const one = await startHttp2Peer({ chain: [leaf], ...options });
  cleanups.push(() => one.close());
  return connectedTo(one.port);
}

describe('an answer', () => {
  it('is whole, with its headers in their order and case, and none that begins with a colon', async () => {
    const answer = Buffer.concat([
      headers([
        [':status', '200'],
        ['x-b', '1'],
        ['x-a', '2'],
        ['x-b', '3'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]),
      data('hello'),
    ]);
    const socket = await told({ answer });
    expect(await ask(socket)).toEqual({
      head: {
        status: 200,
        headers: [
          { name: 'x-b', value: '1' },
          { name: 'x-a', value: '2' },
          { name: 'x-b', value: '3' },
          { name: 'set-cookie', value: 'a=1' },
          { name: 'set-cookie', value: 'b=2' },
        ],
      },
      body: Buffer.from('hello'),
      bodyBytes: 5,
      whole: true,
      firstByteMs: expect.any(Number),
      ms: expect.any(Number),
      acknowledged: true,
    });
    expect(socket.destroyed).toBe(true);
  });

  it('without a body is whole', async () => {
    const seen = await ask(await told({ answer: headers([[':status', '204']], true) }));
    expect(seen).toMatchObject({ head: { status: 204, headers: [] }, bodyBytes: 0, whole: true });
    expect(seen.failure).toBeUndefined();
  });

  it('behind an interim one is the one that counts', async () => {
    const socket = await served((_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.writeHead(404).end('gone');
    });
    expect(await ask(socket)).toMatchObject({ head: { status: 404 }, bodyBytes: 4, whole: true });
  });

  it('to HEAD has no body', async () => {
    const socket = await served((asked, response) => response.writeHead(200, { 'x-method': asked.method }).end());
    const seen = await ask(socket, { request: { method: 'HEAD' } });
    expect(seen).toMatchObject({ head: { status: 200 }, bodyBytes: 0, whole: true });
    expect(seen.head?.headers).toContainEqual({ name: 'x-method', value: 'HEAD' });
  });

  it('without end is read up to as many bytes as are wanted, and that is no failure', async () => {
    const socket = await served((_, response) => {
      const flood = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', flood);
      flood();
    });
    const seen = await ask(socket, { times: { mostBytes: 300_000 } });
    expect(seen).toMatchObject({ head: { status: 200 }, whole: false });
    expect(seen.failure).toBeUndefined();
    expect(seen.bodyBytes).toBeGreaterThanOrEqual(300_000);
    expect(seen.bodyBytes).toBeLessThan(500_000);
    expect(seen.body).toHaveLength(256 * 1024);
  });

  it('that drips is read for its time, and that is no failure', async () => {
    const socket = await served((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const seen = await ask(socket, { times: { ackSeconds: 0.1, bodySeconds: 0.3 } });
    expect(seen).toMatchObject({ head: { status: 200 }, whole: false });
    expect(seen.failure).toBeUndefined();
    expect(seen.ms).toBeGreaterThanOrEqual(295);
    expect(seen.ms).toBeLessThan(2000);
  });
});

describe('a request', () => {
  const seenBy = async (asked: Partial<Http2Request>) => {
    const socket = await served((received, response) => response.end(JSON.stringify(received.rawHeaders)));
    const seen = await ask(socket, { request: asked });
    expect(seen.failure).toBeUndefined();
    return JSON.parse(seen.body.toString()) as readonly string[];
  };

  it('has what it is asked with', async () => {
    const raw = await seenBy({ method: 'DELETE', authority: '[2001:db8::1]:8443', headers: [['x-one', '1']] });
    const asked = [':method', 'DELETE', ':path', '/a?b=c', ':authority', '[2001:db8::1]:8443', ':scheme', 'https'];
    expect(raw).toEqual([...asked, 'x-one', '1']);
  });

  it('has every header of the same name, in their order', async () => {
    const pairs = [
      ['x-one', '1'],
      ['x-one', '2'],
      ['x-two', ''],
      ['x-one', '3'],
    ] as const;
    const raw = await seenBy({ headers: pairs });
    const values = raw.filter((_, index) => raw[index - 1] === 'x-one' && index % 2 === 1);
    expect(values).toEqual(['1', '2', '3']);
    expect(raw).toContain('x-two');
  });

  it.each(['a b', 'x:99999', 'x/y', 'é'])('may be for %j, though no URL has that', async (name) => {
    const seen = await ask(await served((_, response) => response.end()), { request: { authority: name } });
    // Whether such a host is taken is the server's matter.
    expect('head' in seen || seen.failure?.blame === 'target').toBe(true);
  });

  it('that cannot be sent is nothing of the peer’s', async () => {
    const socket = await served((_, response) => response.end());
    const twice = [
      ['authorization', 'a'],
      ['authorization', 'b'],
    ] as const;
    const seen = await ask(socket, { request: { headers: twice } });
    expect(seen.failure).toMatchObject({ code: 'unclassified', step: 'exchange', blame: 'us' });
    expect(seen.failure?.detail).toContain('authorization');
    expect(socket.destroyed).toBe(true);
  });
});

const ok = headers([[':status', '200']]);

const broken = (text: string) => ({
  code: 'http2-broken',
  step: 'exchange',
  blame: 'target',
  detail: expect.stringContaining(text),
});

describe('a peer that breaks the protocol', () => {
  it.each([
    ['RST_STREAM without an answer', { answer: resetStream(2) }, 'INTERNAL_ERROR'],
    ['RST_STREAM that refuses', { answer: resetStream(7) }, 'REFUSED_STREAM'],
    ['RST_STREAM that cancels', { answer: resetStream(8) }, 'RST_STREAM CANCEL'],
    ['RST_STREAM with a code that is none', { answer: resetStream(0x77) }, ''],
    ['GOAWAY with an error', { answer: goaway(11) }, 'GOAWAY ENHANCE_YOUR_CALM'],
  ] as const)('by %s', async (_, options, text) => {
    const seen = await ask(await told(options));
    expect(seen.failure).toMatchObject(broken(text));
    expect(seen.whole).toBe(false);
    expect(seen.head).toBeUndefined();
  });

  it('by RST_STREAM in the middle of an answer, which is kept', async () => {
    const seen = await ask(await told({ answer: Buffer.concat([ok, data('half', false), resetStream(2)]) }));
    expect(seen.failure).toMatchObject(broken('INTERNAL_ERROR'));
    expect(seen).toMatchObject({ head: { status: 200 }, whole: false });
  });

  it.each([
    ['words of HTTP/1.1', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['bytes of no protocol', Buffer.alloc(100, 0xff)],
  ])('by %s instead of frames', async (_, greeting) => {
    const seen = await ask(await told({ greeting }));
    expect(seen.failure).toMatchObject({ code: 'http2-broken', blame: 'target' });
    expect(Buffer.from(seen.unplaced ?? []).subarray(0, 4)).toEqual(Buffer.from(greeting).subarray(0, 4));
  });

  it('by more or fewer bytes than it announced', async () => {
    const short = headers([
      [':status', '200'],
      ['content-length', '9'],
    ]);
    const seen = await ask(await told({ answer: Buffer.concat([short, data('hello')]) }));
    expect(seen.failure?.code).toBe('http2-broken');
    expect(seen.whole).toBe(false);
  });
});

describe('a peer that closes', () => {
  it('without an answer', async () => {
    const seen = await ask(await told({ greeting: settings, closes: true }));
    expect(seen.failure).toMatchObject({ code: 'connection-closed', step: 'exchange', blame: 'target' });
    expect(seen.head).toBeUndefined();
  });

  it('after GOAWAY without an error', async () => {
    const seen = await ask(await told({ answer: goaway(0), closes: true }));
    // That no request was taken: it says so itself.
    expect(seen.failure).toMatchObject(broken('REFUSED_STREAM'));
  });

  it('in the middle of the body', async () => {
    const seen = await ask(await told({ answer: Buffer.concat([ok, data('half', false)]), closes: true }));
    expect(seen.failure).toMatchObject({ code: 'incomplete-answer', blame: 'target' });
    expect(seen).toMatchObject({ head: { status: 200 }, body: Buffer.from('half'), whole: false });
  });

  it('before anything is asked for is not waited for', async () => {
    const socket = await told({ greeting: '', closes: true });
    const closed = once(socket, 'close');
    socket.resume();
    await closed;
    const seen = await ask(socket);
    expect(seen.failure).toMatchObject({ code: 'connection-closed', step: 'exchange', blame: 'target' });
    expect(seen.ms).toBeLessThan(2000);
  });
});

describe('silence', () => {
  it('after the request was acknowledged ends with the time to read', async () => {
    const seen = await ask(await told({}), { times: { ackSeconds: 0.1, readSeconds: 0.4 } });
    expect(seen).toMatchObject({
      acknowledged: true,
      whole: false,
      failure: { code: 'timeout', step: 'exchange', blame: 'target', detail: 'no answer within 0.4 s' },
    });
    expect(seen.ms).toBeGreaterThanOrEqual(395);
    expect(seen.ms).toBeLessThan(1500);
    expect(seen.head).toBeUndefined();
    expect(seen.firstByteMs).toBeUndefined();
  });

  it('says nothing of an acknowledgement where the system does not tell', async () => {
    const seen = await ask(await told({}), { times: { readSeconds: 0.2 }, unacknowledged: () => undefined });
    expect(seen.failure).toMatchObject({ code: 'timeout', blame: 'target' });
    expect('acknowledged' in seen).toBe(false);
  });

  it('ends with the run', async () => {
    const deadline = createDeadline(0.2);
    const seen = await ask(await told({}), { signal: deadline.signal });
    deadline.close();
    expect(seen.failure).toMatchObject({ code: 'timeout', byRun: true });
    expect(seen.ms).toBeLessThan(1500);
  });

  it('in the middle of the body ends with the run, too', async () => {
    const deadline = createDeadline(0.3);
    const seen = await ask(await told({ answer: ok }), { signal: deadline.signal });
    deadline.close();
    expect(seen).toMatchObject({ head: { status: 200 }, failure: { code: 'timeout', byRun: true }, whole: false });
  });
});
