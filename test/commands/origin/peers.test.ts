import { once } from 'node:events';
import { connect } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, http, startEdge } from '../../servers/edge.js';
import { startHaproxy } from '../../servers/haproxy.js';
import {
  data,
  goaway,
  type Http2PeerOptions,
  headers,
  resetStream,
  settings,
  startHttp2Peer,
} from '../../servers/http2-peers.js';
import { startNginx } from '../../servers/nginx.js';
import {
  alertingPeer,
  bannerPeer,
  cuttingPeer,
  dripping,
  flooding,
  handshakeResettingPeer,
  hangingUpPeer,
  largeHeaders,
  late,
  oldProtocolPeer,
  resetting,
  staying,
} from '../../servers/origin-peers.js';
import { startTlsServer } from '../../servers/tls.js';
import { createGround, type Ground } from './ground.js';
import { host } from './scenario.js';

let ground: Ground;

beforeAll(async () => {
  ground = await createGround();
});
afterAll(() => ground?.close());

interface Heard {
  readonly bytes: Buffer;
  /** `open`: it was, when the time was up. */
  readonly end: 'closed' | 'reset' | 'open';
}

interface Server {
  readonly port: number;
  close(): Promise<void>;
}

const request = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

/** What a server says to some bytes within 250 ms, and what becomes of the connection; the server is ended. */
async function heard(starting: Promise<Server>, says: string | Uint8Array = request): Promise<Heard> {
  const server = await starting;
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(says);
  const end = await new Promise<Heard['end']>((resolve) => {
    socket.on('end', () => resolve('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNRESET' ? 'reset' : 'closed'));
    setTimeout(() => resolve('open'), 250);
  });
  socket.destroy();
  await server.close();
  return { bytes: Buffer.concat(chunks), end };
}

/** A handshake with the good authority: the socket, or the code of the error. */
async function shaken(port: number, options: ConnectionOptions = {}): Promise<TLSSocket | string> {
  const socket = connectTls({ port, host: '127.0.0.1', servername: host, ca: ground.authority.root.pem, ...options });
  const failed = once(socket, 'error').then(([error]) => String((error as NodeJS.ErrnoException).code));
  const done = once(socket, 'secureConnect').then(() => socket);
  done.catch(() => undefined);
  return Promise.race([failed, done]).catch((error: NodeJS.ErrnoException) => String(error.code));
}

/** The code of the error with which a handshake ends. */
async function refusal(starting: Promise<Server>, options?: ConnectionOptions): Promise<string> {
  const server = await starting;
  const became = await shaken(server.port, options);
  if (typeof became !== 'string') became.destroy();
  await server.close();
  return typeof became === 'string' ? became : 'secure';
}

const plain = (answer: Answer) => startEdge(() => answer);

describe('an origin without TLS', () => {
  it.each([
    ['stays silent', staying(), '', 'open'],
    ['stays after its words', staying('a'), 'a', 'open'],
    ['closes without a word', '', '', 'closed'],
    ['closes after its words', 'a', 'a', 'closed'],
    ['resets without a word', resetting(), '', 'reset'],
    ['resets after its words', resetting('HTTP/1.1'), 'HTTP/1.1', 'reset'],
    ['is late', late(100, 'a'), 'a', 'open'],
    ['is later', late(5000, 'a'), '', 'open'],
  ] as const)('%s', async (_, answer, bytes, end) => {
    const became = await heard(plain(answer));
    expect({ ...became, bytes: became.bytes.toString() }).toEqual({ bytes, end });
  });

  it('drips', async () => {
    const { bytes, end } = await heard(plain(dripping('a', 'b')));
    expect(bytes.toString()).toMatch(/^ab{2,6}$/);
    expect(end).toBe('open');
  });

  it('floods', async () => {
    const { bytes, end } = await heard(plain(flooding('abc')));
    expect(bytes.length).toBeGreaterThan(1_000_000);
    expect(bytes.subarray(0, 9).toString()).toBe('abcabcabc');
    expect(end).toBe('open');
  });

  it.each([1000, 15 * 1024, 16_384, 17 * 1024, 131_072, 140 * 1024])('has headers of %i bytes', async (size) => {
    const { bytes, end } = await heard(plain(largeHeaders(size)));
    expect(bytes.indexOf('\r\n\r\n') + 4).toBe(size);
    const lines = bytes
      .subarray(0, size - 4)
      .toString()
      .split('\r\n');
    expect(lines[0]).toBe('HTTP/1.1 200 OK');
    expect(lines.slice(1).every((line) => /^[\w-]+: \S+$/.test(line) && line.length < 2000)).toBe(true);
    expect(bytes.subarray(size).toString()).toBe('ok');
    expect(end).toBe('closed');
  });
});

describe('what stands on the port of TLS', () => {
  it.each([
    ['an alert, handshake_failure', () => alertingPeer(40), 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
    ['an alert, protocol_version', () => alertingPeer(70), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'],
    ['an alert, unrecognized_name', () => alertingPeer(112), 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME'],
    ['hangs up', hangingUpPeer, 'ECONNRESET'],
    ['resets', handshakeResettingPeer, 'ECONNRESET'],
    ['SSL 3.0', oldProtocolPeer, 'ERR_SSL_UNSUPPORTED_PROTOCOL'],
    ['a banner', () => bannerPeer('SSH-2.0-x\r\n'), 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['plain HTTP', () => plain(''), 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ] as const)('%s', async (_, start, code) => {
    expect(await refusal(start())).toBe(code);
  });

  it('hangs up without a reset, and resets without a word', async () => {
    expect(await heard(hangingUpPeer())).toEqual({ bytes: Buffer.alloc(0), end: 'closed' });
    expect(await heard(handshakeResettingPeer())).toEqual({ bytes: Buffer.alloc(0), end: 'reset' });
  });

  it.each([
    ['close', 'closed'],
    ['reset', 'reset'],
    ['silence', 'open'],
  ] as const)('cuts what another server says: %s', async (then, end) => {
    const whole = await startEdge(() => http('200 OK', {}, 'a page that is longer'));
    const became = await heard(cuttingPeer(whole.port, 20, then));
    await whole.close();
    expect({ ...became, bytes: became.bytes.toString() }).toEqual({ bytes: 'HTTP/1.1 200 OK\r\nCon', end });
  });

  it('cuts a ServerHello, and not the whole handshake', async () => {
    const whole = await startEdge(() => http('200 OK', {}, 'ok'), { chain: ground.good });
    const outcomes = [];
    for (const bytes of [40, 100_000]) outcomes.push(await refusal(cuttingPeer(whole.port, bytes, 'close')));
    await whole.close();
    expect(outcomes).toEqual(['ECONNRESET', 'secure']);
  });
});

describe('an origin that agrees on HTTP/2', () => {
  const ok = [
    [':status', '200'],
    ['x', 'y'.repeat(200)],
  ] as const;
  /** The preface, SETTINGS, and HEADERS of a request, empty. */
  const hello = Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    settings,
    Buffer.from([0, 0, 0, 1, 5, 0, 0, 0, 1]),
  ]);

  async function said(options: Omit<Http2PeerOptions, 'chain'>): Promise<{ bytes: string; end: string }> {
    const server = await startHttp2Peer({ chain: ground.good, ...options });
    const socket = await shaken(server.port, { ALPNProtocols: ['h2', 'http/1.1'] });
    if (typeof socket === 'string') throw new Error(socket);
    expect(socket.alpnProtocol).toBe('h2');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.write(hello);
    const end = await new Promise<string>((resolve) => {
      socket.on('end', () => resolve('closed'));
      setTimeout(() => resolve('open'), 250);
    });
    socket.destroy();
    await server.close();
    return { bytes: Buffer.concat(chunks).toString('hex'), end };
  }

  const empty = '000000040000000000';
  const acknowledged = '000000040100000000';

  it.each([
    ['is silent', { greeting: '' }, '', 'open'],
    ['says its settings', {}, empty, 'open'],
    ['closes', { greeting: '', closes: true }, '', 'closed'],
    ['goes away', { greeting: goaway(11), closes: true }, '0000080700000000000000000' + '00000000b', 'closed'],
    ['acknowledges only', { answer: Buffer.alloc(0) }, empty + acknowledged, 'open'],
    ['resets the stream', { answer: resetStream(2) }, `${empty + acknowledged}00000403000000000100000002`, 'open'],
    ['says a page', { answer: data('ok') }, `${empty + acknowledged}0000020001000000016f6b`, 'open'],
  ] as const)('%s', async (_, options, bytes, end) => {
    expect(await said(options)).toEqual({ bytes, end });
  });

  it('sends headers that a client of Node reads, small and large', async () => {
    const { connect: connectHttp2 } = await import('node:http2');
    for (const count of [1, 130]) {
      const many = Array.from({ length: count }, (_, index) => [`x-${index}`, 'x'.repeat(1024)] as const);
      const answer = Buffer.concat([headers([...ok, ...many]), data('ok')]);
      const server = await startHttp2Peer({ chain: ground.good, answer });
      const session = connectHttp2(`https://${host}:${server.port}`, {
        ca: ground.authority.root.pem,
        lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }] as never, 4),
        settings: { maxHeaderListSize: 1_000_000 },
        maxHeaderListPairs: 1000,
      });
      const stream = session.request({ ':path': '/' });
      const [got] = (await once(stream, 'response')) as [Record<string, string>];
      expect(got).toMatchObject({ ':status': 200, x: 'y'.repeat(200), [`x-${count - 1}`]: 'x'.repeat(1024) });
      session.destroy();
      await server.close();
    }
  });
});

describe('openssl', () => {
  const suites = 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA';
  const start = (...args: readonly string[]) => {
    const [leaf, ...chain] = ground.good;
    if (leaf === undefined) throw new Error('no certificate');
    return startTlsServer({ leaf, chain, args: ['-www', ...args] });
  };

  it.each([
    // What both have, then what only one of them has.
    [['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'], 'ECDHE-ECDSA-CHACHA20-POLY1305', 'secure'],
    [['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'], suites, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
    [['-tls1_2', '-cipher', 'DHE-RSA-AES256-GCM-SHA384'], suites, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
    [
      ['-nocert', '-tls1_2', '-cipher', 'ADH-AES128-SHA256:@SECLEVEL=0'],
      suites,
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    ],
    [['-tls1_2'], suites, 'secure'],
    [['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'], suites, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
    [['-tls1_2', '-Verify', '1'], suites, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
  ] as const)('s_server %j with a client of %s: %s', async (args, ciphers, became) => {
    expect(await refusal(start(...args), { ciphers })).toBe(became);
  });
});

describe('real servers', () => {
  it('nginx speaks with TLS and without, with HTTP/2 and without', async () => {
    const lines = ['return 200 "ok";'];
    expect((await heard(startNginx({ lines }))).bytes.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nok$/);
    for (const http2 of [true, false]) {
      const server = await startNginx({ chain: ground.good, http2, lines });
      const socket = await shaken(server.port, { ALPNProtocols: ['h2', 'http/1.1'] });
      expect(typeof socket === 'string' ? socket : socket.alpnProtocol).toBe(http2 ? 'h2' : 'http/1.1');
      if (typeof socket !== 'string') socket.destroy();
      await server.close();
    }
  });

  it('HAProxy speaks with TLS and without, with HTTP/2 and without', async () => {
    const frontend = ['http-request return status 200 content-type text/plain string ok'];
    const { bytes } = await heard(startHaproxy({ frontend }));
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nok$/);
    for (const alpn of ['h2,http/1.1', 'http/1.1']) {
      const server = await startHaproxy({ chain: ground.good, alpn, frontend });
      const socket = await shaken(server.port, { ALPNProtocols: ['h2', 'http/1.1'] });
      expect(typeof socket === 'string' ? socket : socket.alpnProtocol).toBe(alpn.split(',')[0]);
      if (typeof socket !== 'string') socket.destroy();
      await server.close();
    }
  });

  it('HAProxy rejects without a word, before the handshake or after the request', async () => {
    const before = { chain: ground.good, frontend: ['tcp-request connection reject'] };
    expect(await refusal(startHaproxy(before))).toBe('ECONNRESET');
    const after = await heard(startHaproxy({ frontend: ['tcp-request content reject if HTTP'] }));
    expect(after.bytes).toEqual(Buffer.alloc(0));
    expect(after.end).not.toBe('open');
  });

  it('nginx rejects a name that it does not know', async () => {
    const server = startNginx({ chain: ground.good, lines: ['ssl_reject_handshake on;'] });
    expect(await refusal(server)).toBe('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
  });
});
