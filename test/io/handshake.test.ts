import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlight } from '../../src/decoders/tls-flight.js';
import { connect } from '../../src/io/connect.js';
import { Conversation } from '../../src/io/conversation.js';
import { type HandshakeOptions, type HandshakeOutcome, handshake } from '../../src/io/handshake.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';
import { closedPort, drippingPeer, endlessPeer, peer, resettingPeer, silentPeer } from '../servers/peers.js';
import { type RunningServer, startTlsServer } from '../servers/tls.js';

const never = new AbortController().signal;
const recorded = { record: readFlight } as const;

let authority: Authority;
let leaf: Issued;
let rsaLeaf: Issued;
let stranger: Issued;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['example.com'], ips: ['127.0.0.1'] });
  rsaLeaf = await authority.issue({ names: ['example.com'], key: { type: 'rsa', bits: 2048 } });
  stranger = await authority.issue({ names: ['stranger.test'], issuer: 'self' });
});

afterAll(async () => {
  await Promise.all(cleanups.map((cleanup) => cleanup()));
  authority.close();
});

function atEnd<T extends { close(): unknown }>(server: T): T {
  cleanups.push(() => server.close());
  return server;
}

async function socketTo(port: number): Promise<Socket> {
  const connected = await connect({ kind: 'ip', address: '127.0.0.1', family: 4, port }, { signal: never });
  if (!connected.ok) throw new Error(connected.failure.detail);
  return connected.value;
}

/** One handshake; the connection is closed afterwards. */
async function shake(port: number, options: HandshakeOptions = recorded, seconds = 5): Promise<HandshakeOutcome> {
  const outcome = await handshake(await socketTo(port), options, { signal: never, seconds });
  if (outcome.ok) outcome.value.socket.destroy();
  return outcome;
}

/** Nothing while nobody listens. */
async function tryToShake(port: number): Promise<HandshakeOutcome | undefined> {
  const connected = await connect({ kind: 'ip', address: '127.0.0.1', family: 4, port }, { signal: never });
  if (!connected.ok) return undefined;
  return handshake(connected.value, recorded, { signal: never, seconds: 5 });
}

function certificatesOf(outcome: HandshakeOutcome): readonly string[] {
  const sent = outcome.ok ? outcome.value.sent : outcome.partial?.sent;
  if (sent === undefined || 'failure' in sent) throw new Error(JSON.stringify(sent ?? outcome));
  return sent.certificates.map((der) => Buffer.from(der).toString('hex'));
}

const derOf = (...issued: Issued[]) => issued.map(({ der }) => der.toString('hex'));

describe('the chain as the server sent it', () => {
  const chains = (): [string, Issued, Issued[]][] => [
    ['whole', leaf, [authority.intermediate]],
    ['of an RSA key', rsaLeaf, [authority.intermediate]],
    ['without the intermediate', leaf, []],
    ['with the root', leaf, [authority.intermediate, authority.root]],
    ['in the wrong order', leaf, [authority.root, authority.intermediate]],
    ['with one that has nothing to do with it', leaf, [stranger, authority.intermediate]],
    ['with one sent twice', leaf, [authority.intermediate, authority.intermediate]],
    ['of one that signed itself', stranger, []],
  ];

  it.each([
    ['TLSv1.2', ['-tls1_2']],
    ['TLSv1.3', ['-tls1_3']],
  ])('in %s', async (protocol, args) => {
    for (const [, first, chain] of chains()) {
      const server = await startTlsServer({ leaf: first, chain, args });
      const outcome = await shake(server.port);
      await server.close();
      expect(outcome).toMatchObject({ ok: true, value: { protocol, asksForCertificate: false } });
      expect(certificatesOf(outcome)).toEqual(derOf(first, ...chain));
    }
  });

  it.each([['TLS_AES_128_GCM_SHA256'], ['TLS_AES_256_GCM_SHA384'], ['TLS_CHACHA20_POLY1305_SHA256']])(
    'with %s',
    async (cipher) => {
      const chain = [authority.intermediate, stranger];
      const server = await startTlsServer({ leaf, chain, args: ['-tls1_3', '-ciphersuites', cipher] });
      const outcome = await shake(server.port);
      await server.close();
      expect(outcome).toMatchObject({ ok: true, value: { cipher } });
      expect(certificatesOf(outcome)).toEqual(derOf(leaf, ...chain));
    },
  );

  it.each([
    ['HelloRetryRequest', ['-tls1_3', '-groups', 'P-521']],
    ['records with padding', ['-tls1_3', '-record_padding', '512']],
    ['records of 512 bytes in TLS 1.3', ['-tls1_3', '-max_send_frag', '512']],
    ['records of 512 bytes in TLS 1.2', ['-tls1_2', '-max_send_frag', '512']],
    ['a certificate asked for in TLS 1.3', ['-tls1_3', '-verify', '3', '-verify_quiet']],
    ['a certificate asked for in TLS 1.2', ['-tls1_2', '-verify', '3', '-verify_quiet']],
  ])('with %s', async (name, args) => {
    const chain = [authority.intermediate, rsaLeaf, authority.root];
    const server = await startTlsServer({ leaf, chain, args });
    const outcome = await shake(server.port);
    await server.close();
    expect(outcome).toMatchObject({ ok: true, value: { asksForCertificate: name.startsWith('a certificate') } });
    expect(certificatesOf(outcome)).toEqual(derOf(leaf, ...chain));
  });
});

it('nginx sends what its file holds, in its order', async () => {
  const { folder } = authority;
  const { port } = await closedPort();
  const chain = [leaf, authority.root, authority.intermediate, stranger];
  const file = join(folder, 'nginx.pem');
  writeFileSync(file, chain.map(({ pem }) => pem).join(''));
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log stderr; events {}
http { access_log off; server { listen 127.0.0.1:${port} ssl; ssl_certificate ${file}; ssl_certificate_key ${leaf.keyFile}; } }`,
  );
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const exited = once(nginx, 'exit');
  let outcome = await tryToShake(port);
  while (outcome === undefined && nginx.exitCode === null) {
    await setTimeout(20);
    outcome = await tryToShake(port);
  }
  nginx.kill();
  await exited;
  expect(certificatesOf(outcome as HandshakeOutcome)).toEqual(derOf(...chain));
});

describe('what else a handshake tells', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = atEnd(await startTlsServer({ leaf, chain: [authority.intermediate], args: ['-alpn', 'h2,http/1.1'] }));
  });

  it.each([
    ['a good chain', () => ({ ca: [authority.root.pem] }), undefined],
    ['a good chain for a name', () => ({ ca: [authority.root.pem], identity: 'example.com' }), undefined],
    ['a good chain for an address', () => ({ ca: [authority.root.pem], identity: '127.0.0.1' }), undefined],
    ['another name', () => ({ ca: [authority.root.pem], identity: 'www.test' }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['no authorities', () => ({ ca: [] }), 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ] as const)('verifies %s', async (_, options, unverified) => {
    const outcome = await shake(server.port, options());
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.value.unverified).toBe(unverified);
    expect(outcome.ok && 'sent' in outcome.value).toBe(false);
  });

  it('ALPN, protocol and cipher', async () => {
    const options = { alpn: ['http/1.1'], maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' } as const;
    const value = { alpn: 'http/1.1', protocol: 'TLSv1.2', cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' };
    expect(await shake(server.port, options)).toMatchObject({ ok: true, value });
    const without = await shake(server.port, {});
    expect(without.ok && without.value.alpn).toBe(undefined);
  });

  it('the words that follow go both ways, recorded or not', async () => {
    // It asks for a certificate: then what comes first is waited for, and must not get lost.
    const echo = await startTlsServer({ leaf, args: ['-rev', '-verify', '1', '-verify_quiet'] });
    for (const options of [{}, recorded]) {
      const outcome = await handshake(await socketTo(echo.port), options, { signal: never, seconds: 5 });
      if (!outcome.ok) throw new Error(outcome.failure.detail);
      const { socket } = outcome.value;
      const long = 'abcdefgh'.repeat(1500);
      socket.write(`${long}\n`);
      let text = '';
      for await (const chunk of socket) {
        text += String(chunk);
        if (text.endsWith('\n')) break;
      }
      expect(text.trim()).toBe([...long].reverse().join(''));
      socket.destroy();
    }
    await echo.close();
  });

  it('the name that is asked for, unless it is an address', async () => {
    const args = ['-servername', 'example.com', '-servername_fatal', '-cert2', leaf.file, '-key2', leaf.keyFile];
    const strict = await startTlsServer({ leaf: stranger, args });
    const named = await shake(strict.port, { ...recorded, servername: 'EXAMPLE.com.' });
    const wrong = await shake(strict.port, { ...recorded, servername: 'other.test' });
    const numbered = await shake(strict.port, { ...recorded, servername: '127.0.0.1' });
    await strict.close();
    expect(certificatesOf(named)).toEqual(derOf(leaf));
    expect(wrong).toMatchObject({
      failure: { code: 'tls-alert', detail: expect.stringContaining('unrecognized_name (112)') },
    });
    expect(certificatesOf(numbered)).toEqual(derOf(stranger));
  });

  it.each([['-tls1_2'], ['-tls1_3']])('a stapled answer, %s', async (version) => {
    const { der, file } = await authority.ocspResponse(leaf);
    const stapling = await startTlsServer({
      leaf,
      chain: [authority.intermediate],
      args: [version, '-status_file', file],
    });
    const asked = await shake(stapling.port, { ...recorded, requestOcsp: true });
    const unasked = await shake(stapling.port);
    await stapling.close();
    const none = await shake(server.port, { ...recorded, requestOcsp: true });
    expect(Buffer.from((asked.ok && asked.value.ocspResponse) || []).equals(der)).toBe(true);
    expect(certificatesOf(asked)).toEqual(derOf(leaf, authority.intermediate));
    expect([unasked, none].map((outcome) => outcome.ok && outcome.value.ocspResponse)).toEqual([undefined, undefined]);
  });

  it('ciphers that OpenSSL does not know are our mistake', async () => {
    const outcome = await shake(server.port, { ciphers: 'NO-SUCH-CIPHER' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'tls-cipher-mismatch', step: 'tls', blame: 'us' } });
  });
});

describe('a client certificate that is required', () => {
  it.each([['-tls1_2'], ['-tls1_3']])('is named, and the chain was seen: openssl s_server %s', async (version) => {
    const chain = [authority.intermediate];
    const server = await startTlsServer({ leaf, chain, args: [version, '-Verify', '1', '-verify_quiet'] });
    const outcome = await shake(server.port);
    const unrecorded = await shake(server.port, { maxVersion: 'TLSv1.2' });
    await server.close();
    // Without a recording nobody knows that a certificate was asked for; it was no mismatch of ciphers, though.
    if (version === '-tls1_2') expect(unrecorded).toMatchObject({ failure: { code: 'tls-alert' } });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'client-certificate-required', step: 'tls', blame: 'target' },
      partial: { asksForCertificate: true },
    });
    expect(certificatesOf(outcome)).toEqual(derOf(leaf, authority.intermediate));
  });

  it('is not waited for where the server never says', async () => {
    const args = ['-tls1_3', '-verify', '1', '-verify_quiet', '-num_tickets', '0'];
    const server = await startTlsServer({ leaf, args });
    const outcomes = [await shake(server.port), await shake(server.port, recorded, 0.15)];
    await server.close();
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true, value: { asksForCertificate: true } });
  });
});

/** Made once with `openssl dhparam 1024`: it takes too long to make. */
const shortDiffieHellman = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAK+GZPNfYv+nu7SqOm/YmV3JdXuCh0wmFWJAJlUD7onOVCCis0WtGEN+
CMhjclVHzg2guxOG4mh31qroeEvIn8E7qK9FGg3F+/vVp6/CvwYGi9qZwsR5WBkc
OwcaWxCxS+lNOfGhR/vF0PNzp5hMQh6Da0ytVwhsNzgDePviFpUnAgEC
-----END DH PARAMETERS-----
`;

describe('a client certificate that is required, in TLS 1.3, where nothing is recorded', () => {
  it.each([
    ['nothing', ''],
    ['something', 'version\r\n'],
  ])('shows after the handshake, when %s is said', async (_, said) => {
    const server = await startTlsServer({ leaf, args: ['-tls1_3', '-Verify', '1', '-verify_quiet'] });
    const outcome = await handshake(await socketTo(server.port), {}, { signal: never, seconds: 5 });
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    const conversation = new Conversation(outcome.value.socket);
    if (said !== '') conversation.say(said);
    const heard = await conversation.hear(() => undefined, 100, { signal: never, seconds: 5 });
    conversation.close();
    await server.close();
    expect(heard).toMatchObject({ ok: false, failure: { code: 'client-certificate-required', step: 'exchange' } });
  });
});

it.each([
  ['connection-reset', (socket: Socket) => socket.resetAndDestroy()],
  ['connection-closed', (socket: Socket) => socket.end()],
])('a connection that has ended before the handshake begins: %s', async (code, end) => {
  const server = atEnd(await peer((socket) => socket.once('data', () => end(socket))));
  for (const options of [recorded, {}]) {
    const socket = await socketTo(server.port);
    socket.write('x');
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    const outcome = await handshake(socket, options, { signal: never, seconds: 5 });
    expect(outcome).toMatchObject({ ok: false, failure: { code, step: 'tls' } });
  }
});

describe('what cannot be agreed on', () => {
  it.each([
    ['a server of TLS 1.3 only', ['-tls1_3'], { maxVersion: 'TLSv1.2' }, 'tls-protocol-mismatch'],
    ['a server of TLS 1.2 only', ['-tls1_2'], { minVersion: 'TLSv1.3' }, 'tls-protocol-mismatch'],
    ['an old server', ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'], {}, 'tls-protocol-mismatch'],
    [
      'other ciphers',
      ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
      { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
      'tls-cipher-mismatch',
    ],
    [
      'other ciphers of TLS 1.3',
      ['-tls1_3', '-ciphersuites', 'TLS_AES_256_GCM_SHA384'],
      { ciphers: 'TLS_AES_128_GCM_SHA256' },
      'tls-cipher-mismatch',
    ],
  ] as const)('%s', async (_, args, options, code) => {
    const server = await startTlsServer({ leaf, args });
    const outcomes = [await shake(server.port, { ...options, ...recorded }), await shake(server.port, options)];
    await server.close();
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, failure: { code, step: 'tls' } });
  });

  it('a Diffie-Hellman key that is too short', async () => {
    const ciphers = 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0';
    const server = createTlsServer({ cert: rsaLeaf.pem, key: rsaLeaf.key, dhparam: shortDiffieHellman, ciphers });
    server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const options = { ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=2', maxVersion: 'TLSv1.2' } as const;
    const outcome = await shake(port, { ...recorded, ...options });
    server.close();
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'tls-cipher-mismatch', step: 'tls', blame: 'target' },
    });
    expect(certificatesOf(outcome)).toEqual(derOf(rsaLeaf));
  });

  it('who takes old protocols too still agrees on the newest', async () => {
    const server = await startTlsServer({ leaf });
    const outcome = await shake(server.port, { ...recorded, minVersion: 'TLSv1' });
    await server.close();
    expect(outcome).toMatchObject({ ok: true, value: { protocol: 'TLSv1.3' } });
  });

  it('an old server can be asked in its own words', async () => {
    const server = await startTlsServer({ leaf, args: ['-tls1', '-cipher', 'DEFAULT@SECLEVEL=0'] });
    const outcome = await shake(server.port, { ...recorded, minVersion: 'TLSv1' });
    await server.close();
    expect(outcome).toMatchObject({ ok: true, value: { protocol: 'TLSv1' } });
    expect(certificatesOf(outcome)).toEqual(derOf(leaf));
  });
});

/** Answers the first bytes of every client with these, and then ends its side, or not. */
const answering = (bytes: Uint8Array | string, end = false) =>
  peer((socket) => socket.once('data', () => (end ? socket.end(bytes) : socket.write(bytes))));

const record = (type: number, body: Uint8Array | readonly number[], version = 3) =>
  Buffer.concat([Buffer.from([type, 3, version, body.length >> 8, body.length & 255]), Buffer.from(body)]);

describe('alerts', () => {
  const special: Readonly<Record<number, string>> = {
    0: 'connection-closed',
    40: 'tls-cipher-mismatch',
    70: 'tls-protocol-mismatch',
    71: 'tls-cipher-mismatch',
    116: 'client-certificate-required',
  };

  it('every number is told, and what it means where it says so', async () => {
    const numbers = Array.from({ length: 256 }, (_, number) => number);
    const told = await Promise.all(
      numbers.map(async (number) => {
        const server = await answering(record(21, [2, number]), true);
        const outcome = await shake(server.port);
        await server.close();
        if (outcome.ok) return 'ok';
        const { code, detail, step } = outcome.failure;
        return `${step} ${code} ${number === 0 || new RegExp(`\\b${number}\\b`).test(detail)}`;
      }),
    );
    expect(told).toEqual(numbers.map((number) => `tls ${special[number] ?? 'tls-alert'} true`));
  });

  it.each([
    [40, 'handshake_failure'],
    [48, 'unknown_ca'],
    [80, 'internal_error'],
    [112, 'unrecognized_name'],
    [120, 'no_application_protocol'],
  ])('%i is %s, without a recording too', async (number, name) => {
    const server = atEnd(await answering(record(21, [2, number])));
    const detail = `the server sent the fatal alert ${name} (${number})`;
    expect(await shake(server.port, {})).toMatchObject({ ok: false, failure: { detail } });
  });

  it('a warning is none', async () => {
    const server = atEnd(await answering(record(21, [1, 112]), true));
    expect(await shake(server.port)).toMatchObject({ failure: { code: 'connection-closed' } });
  });
});

describe('no TLS', () => {
  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n', "the server begins with 'HTTP/1.1 400 Bad Request'"],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', "the server begins with 'SSH-2.0-OpenSSH_9.2'"],
    ['bytes', Buffer.from('fffe1b5b33316d00', 'hex'), 'the server begins with the bytes ff fe 1b 5b 33 31 6d 00'],
    ['zeros', Buffer.alloc(20_000), 'the server begins with the bytes 00 00 00 00 00 00 00 00'],
    ['memcached', 'ERROR\r\n', "the server begins with 'ERROR'"],
  ])('%s', async (_, bytes, detail) => {
    const server = atEnd(await answering(bytes));
    const failure = { code: 'not-tls', step: 'tls', blame: 'target' };
    expect(await shake(server.port)).toMatchObject({
      ok: false,
      failure: { ...failure, detail: expect.stringContaining(detail) },
    });
    expect(await shake(server.port, {})).toMatchObject({ ok: false, failure });
  });

  it('a server that speaks first', async () => {
    const server = atEnd(await peer((socket) => socket.write('220 mail.example.com ESMTP\r\n')));
    expect(await shake(server.port)).toMatchObject({ failure: { code: 'not-tls' } });
  });
});

describe('broken TLS', () => {
  const hello = (length: number) => [2, length >> 16, (length >> 8) & 255, length & 255];

  it.each([
    ['a record that is too long', Buffer.concat([Buffer.from([22, 3, 3, 255, 255]), Buffer.alloc(70_000)])],
    ['application data', record(23, [1, 2, 3])],
    ['an early ChangeCipherSpec', record(20, [1])],
    ['an empty ServerHello', record(22, hello(0))],
    ['a message that is too long', record(22, [...hello(0xffffff), ...Buffer.alloc(16_000)])],
    ['a message of an unknown type', record(22, [99, 0, 0, 0])],
    ['a heartbeat', record(24, [1, 0, 0])],
  ])('%s', async (_, bytes) => {
    const server = atEnd(await answering(bytes));
    const failure = { code: 'tls-failed', step: 'tls', blame: 'target' };
    expect(await shake(server.port)).toMatchObject({ ok: false, failure });
    expect(await shake(server.port, {})).toMatchObject({ ok: false, failure });
  });
});

describe('ends', () => {
  const closed = 'the server closed the connection before the TLS handshake was finished';

  it.each([
    ['at once', ''],
    ['within a record', Buffer.from([22, 3])],
    ['within a message', record(22, [2, 0, 0, 80, 3, 3])],
    ['with close_notify', record(21, [1, 0])],
  ])('closed %s', async (_, bytes) => {
    const server = atEnd(await answering(bytes, true));
    const failure = { code: 'connection-closed', step: 'tls', blame: 'target', detail: closed };
    expect(await shake(server.port)).toMatchObject({ ok: false, failure });
    expect(await shake(server.port, {})).toMatchObject({ ok: false, failure });
  });

  it('reset, which is something else', async () => {
    const server = atEnd(await peer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    const late = atEnd(await resettingPeer(Buffer.from([22, 3])));
    for (const { port } of [server, late]) {
      for (const options of [recorded, {}]) {
        expect(await shake(port, options)).toMatchObject({ failure: { code: 'connection-reset', step: 'tls' } });
      }
    }
  });

  it.each([
    ['the ServerHello', 40, undefined],
    ['the certificates', 700, undefined],
    ['its last bytes', -20, 2],
  ])('closed within %s of a true handshake: what was sent by then is shown', async (_, bytes, count) => {
    const real = await startTlsServer({ leaf, chain: [authority.intermediate], args: ['-tls1_2'] });
    const cutting = await peer((socket) => {
      socket.once('data', async (hello: Buffer) => {
        const upstream = await socketTo(real.port);
        upstream.write(hello);
        upstream.once('data', (flight: Buffer) => {
          socket.end(flight.subarray(0, bytes));
          upstream.destroy();
        });
        upstream.resume();
      });
    });
    const outcome = await shake(cutting.port);
    await Promise.all([cutting.close(), real.close()]);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'connection-closed' }, partial: {} });
    const sent = 'partial' in outcome && outcome.partial?.sent;
    if (count === undefined) expect(sent).toBe(undefined);
    else expect(certificatesOf(outcome)).toEqual(derOf(leaf, authority.intermediate).slice(0, count));
  });
});

describe('patience', () => {
  it('a server that says nothing', async () => {
    const server = atEnd(await silentPeer());
    for (const options of [recorded, {}]) {
      const outcome = await shake(server.port, options, 0.2);
      expect(outcome).toMatchObject({
        failure: { code: 'timeout', step: 'tls', detail: expect.stringContaining('the server said nothing') },
      });
      expect(outcome.ms).toBeLessThan(700);
    }
  });

  it.each([
    ['HelloRequests, which TLS passes over', record(22, [0, 0, 0, 0]), 'timeout'],
    ['the bytes of one record', Buffer.concat([Buffer.from([22, 3, 3, 64, 0]), Buffer.alloc(2000)]), 'timeout'],
    ['the bytes of no record', Buffer.from('220 mail.example.com\r\n'), 'not-tls'],
  ])('a server that drips %s', async (_, bytes, code) => {
    const server = await drippingPeer(bytes, 5);
    const outcomes = [await shake(server.port, recorded, 0.3), await shake(server.port, {}, 0.3)];
    await server.close();
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false, failure: { code, step: 'tls' } });
      expect(outcome.ms).toBeLessThan(800);
      expect(!outcome.ok && outcome.failure.detail).not.toContain('said nothing');
    }
  });

  it.each([
    ['HelloRequests, which TLS passes over', record(22, Buffer.alloc(4 * 4000)), ['answer-too-long']],
    [
      'empty records',
      Buffer.concat(Array.from({ length: 3000 }, () => record(22, []))),
      ['answer-too-long', 'tls-failed'],
    ],
    [
      'warnings',
      Buffer.concat(Array.from({ length: 3000 }, () => record(21, [1, 10]))),
      ['answer-too-long', 'tls-failed'],
    ],
  ])('a flood of %s', async (_, bytes, codes) => {
    const server = await endlessPeer(bytes);
    const outcome = await shake(server.port, recorded, 3);
    const unrecorded = await shake(server.port, {}, 0.3);
    await server.close();
    expect(!outcome.ok && codes.includes(outcome.failure.code) && outcome.failure.code).toBeTruthy();
    expect(unrecorded.ms).toBeLessThan(800);
  });

  it('the end of the run', async () => {
    const server = atEnd(await silentPeer());
    const run = new AbortController();
    const running = handshake(await socketTo(server.port), recorded, { signal: run.signal });
    run.abort({ code: 'interrupted', step: 'input', blame: 'us', detail: 'SIGINT' });
    expect(await running).toMatchObject({ ok: false, failure: { code: 'interrupted', step: 'tls' } });
  });
});
