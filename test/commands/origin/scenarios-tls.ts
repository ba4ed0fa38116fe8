import { http, startEdge } from '../../servers/edge.js';
import {
  alertingPeer,
  bannerPeer,
  cuttingPeer,
  handshakeResettingPeer,
  hangingUpPeer,
  oldProtocolPeer,
} from '../../servers/origin-peers.js';
import { closingPeer, garbagePeer, silentPeer } from '../../servers/peers.js';
import { startTlsServer } from '../../servers/tls.js';
import type { Ground } from './ground.js';
import { breaks, healthy, listenerLog, type Scenario, type Served } from './scenario.js';

/** `openssl s_server` with the good certificate, which answers requests with a page about the handshake. */
const openssl =
  (...args: readonly string[]) =>
  ({ good: [leaf, ...chain] }: Ground): Promise<Served> => {
    if (leaf === undefined) throw new Error('no certificate');
    return startTlsServer({ leaf, chain, args: ['-www', ...args] });
  };

/** A good origin of which only the first bytes are heard: the ServerHello is longer. */
const cut =
  (then: 'close' | 'reset' | 'silence') =>
  async ({ good }: Ground): Promise<Served> => {
    const origin = await startEdge(() => http('200 OK', {}, 'ok'), { chain: good });
    const peer = await cuttingPeer(origin.port, 40, then);
    return {
      port: peer.port,
      async close() {
        await peer.close();
        await origin.close();
      },
    };
  };

const fails = (failure: Parameters<typeof breaks>[3]) => breaks(525, 'tls', 'target', failure);

/** A handshake that fails, for whatever reason, is 525; what rg-listener logs is published for one alert only. */
export const tlsScenarios: readonly Scenario[] = [
  {
    name: 'the origin answers the ClientHello with handshake_failure',
    serve: () => alertingPeer(40),
    expected: fails(['tls-cipher-mismatch', 'tls-alert']),
    railgun: { code: 527, logLine: listenerLog.handshake },
  },
  {
    name: 'the origin answers the ClientHello with handshake_failure, under full',
    serve: () => alertingPeer(40),
    args: ['--mode', 'full'],
    expected: fails(['tls-cipher-mismatch', 'tls-alert']),
    railgun: { code: 502, logLine: listenerLog.handshake, version: '5.2.0' },
  },
  {
    name: 'the origin answers the ClientHello with handshake_failure, under origin-pull',
    serve: () => alertingPeer(40),
    args: ['--mode', 'origin-pull'],
    expected: fails(['tls-cipher-mismatch', 'tls-alert']),
    railgun: { code: 527, logLine: listenerLog.handshake, conf: ['validate.cert = 1', 'ca.bundle = {root}'] },
  },
  {
    // Browsers have it, and the edge has not: no ChaCha20 with TLS 1.2 towards origins.
    name: 'the origin has only a cipher suite that the edge does not offer',
    serve: openssl('-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'),
    expected: fails('tls-cipher-mismatch'),
  },
  {
    name: 'the origin has only suites of DHE',
    serve: openssl('-tls1_2', '-cipher', 'DHE-RSA-AES256-GCM-SHA384'),
    expected: fails('tls-cipher-mismatch'),
  },
  {
    name: 'the origin has no certificate',
    serve: openssl('-nocert', '-tls1_2', '-cipher', 'ADH-AES128-SHA256:@SECLEVEL=0'),
    expected: fails('tls-cipher-mismatch'),
    railgun: { code: 527, logLine: listenerLog.handshake },
  },
  {
    name: 'the origin answers the ClientHello with protocol_version',
    serve: () => alertingPeer(70),
    expected: fails('tls-protocol-mismatch'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin speaks SSL 3.0 only',
    serve: oldProtocolPeer,
    expected: fails(['tls-protocol-mismatch', 'tls-failed']),
    railgun: { code: 527 },
  },
  {
    name: 'the origin does not know the name in SNI',
    serve: () => alertingPeer(112),
    expected: fails('tls-alert'),
    railgun: { code: 527 },
  },
  {
    name: 'nginx does not know the name in SNI',
    serve: ({ good, nginx }) => nginx('rejecting', { chain: good, lines: ['ssl_reject_handshake on;'] }),
    expected: fails('tls-alert'),
    railgun: { code: 527 },
  },
  {
    name: 'nginx speaks plain HTTP on the port of TLS',
    serve: ({ nginx }) => nginx('plain', {}),
    expected: fails('not-tls'),
    railgun: { code: 527 },
  },
  {
    name: 'nginx speaks plain HTTP on the port of TLS, under full',
    serve: ({ nginx }) => nginx('plain', {}),
    args: ['--mode', 'full'],
    expected: fails('not-tls'),
    railgun: { code: 527 },
  },
  {
    name: 'HAProxy speaks plain HTTP on the port of TLS',
    serve: ({ haproxy }) => haproxy('plain', { frontend: ['http-request return status 200'] }),
    expected: fails(['not-tls', 'connection-closed', 'connection-reset']),
    railgun: { code: 527 },
  },
  {
    name: 'HAProxy refuses every connection before the handshake',
    serve: ({ good, haproxy }) => haproxy('refusing', { chain: good, frontend: ['tcp-request connection reject'] }),
    expected: fails(['connection-closed', 'connection-reset']),
    railgun: { code: 527 },
  },
  {
    name: 'SSH listens on the port of TLS',
    serve: () => bannerPeer('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
    expected: fails('not-tls'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin closes before the ClientHello',
    serve: () => closingPeer(),
    expected: fails(['connection-closed', 'connection-reset']),
    railgun: { code: 527 },
  },
  {
    name: 'the origin closes after the ClientHello',
    serve: hangingUpPeer,
    expected: fails('connection-closed'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin resets the connection after the ClientHello',
    serve: handshakeResettingPeer,
    expected: fails('connection-reset'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin is silent after the ClientHello',
    serve: () => silentPeer(),
    expected: fails('timeout'),
    railgun: { code: 527, anyLine: true },
  },
  {
    name: 'the origin is silent after the ClientHello, under full',
    serve: () => silentPeer(),
    args: ['--mode', 'full'],
    expected: fails('timeout'),
    railgun: { code: 502, anyLine: true, version: '5.2.0' },
  },
  {
    name: 'the origin closes in the middle of its ServerHello',
    serve: cut('close'),
    expected: fails('connection-closed'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin resets the connection in the middle of its ServerHello',
    serve: cut('reset'),
    expected: fails('connection-reset'),
    railgun: { code: 527 },
  },
  {
    name: 'the origin stops in the middle of its ServerHello',
    serve: cut('silence'),
    expected: fails('timeout'),
    railgun: { code: 527, anyLine: true },
  },
  {
    name: 'the origin answers the ClientHello with garbage',
    serve: () => garbagePeer(),
    expected: fails(['not-tls', 'tls-failed']),
    railgun: { code: 527 },
  },
  {
    name: 'the origin demands a client certificate with TLS 1.2',
    serve: openssl('-tls1_2', '-Verify', '1'),
    expected: fails('client-certificate-required'),
  },
  {
    name: 'the origin demands a client certificate with TLS 1.3',
    serve: openssl('-tls1_3', '-Verify', '1'),
    expected: fails('client-certificate-required'),
  },
  {
    name: 'the origin demands a client certificate, under full',
    serve: openssl('-Verify', '1'),
    args: ['--mode', 'full'],
    expected: fails('client-certificate-required'),
  },
  {
    name: 'the origin demands a client certificate and gets it',
    async serve(ground) {
      const { authority, good, nginx, file } = ground;
      const lines = ['ssl_verify_client on;', `ssl_client_certificate ${authority.root.file};`, 'ssl_verify_depth 3;'];
      const origin = await nginx('authenticated', { chain: good, lines: [...lines, 'return 200 "ok";'] });
      const client = await ground.chain({ subject: '/O=example/CN=origin-pull', names: [] });
      const pem = [...client.map((issued) => issued.pem), client[0]?.key ?? ''].join('');
      return { ...origin, args: ['--client-cert', file(pem)] };
    },
    expected: healthy({ http: { status: 200 } }),
  },
  {
    // It says so in HTTP, which is no error of the edge.
    name: 'nginx misses a client certificate and answers 400',
    serve: ({ authority, good, nginx }) =>
      nginx('unauthenticated', {
        chain: good,
        lines: ['ssl_verify_client on;', `ssl_client_certificate ${authority.root.file};`, 'return 200 "ok";'],
      }),
    expected: { code: null, exit: [0, 1], facts: { http: { status: 400 } } },
  },
  {
    name: 'the origin asks for a client certificate and does without',
    serve: ({ authority, good, nginx }) =>
      nginx('asking', {
        chain: good,
        lines: ['ssl_verify_client optional;', `ssl_client_certificate ${authority.root.file};`, 'return 200 "ok";'],
      }),
    expected: healthy({ http: { status: 200 } }),
  },
  {
    name: 'the origin speaks TLS 1.2 only',
    serve: openssl('-tls1_2'),
    expected: healthy({ tls: { protocol: 'TLSv1.2' } }),
  },
  {
    name: 'the origin speaks TLS 1.3 with one suite only',
    serve: openssl('-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'),
    expected: healthy({ tls: { protocol: 'TLSv1.3', cipher: 'TLS_CHACHA20_POLY1305_SHA256' } }),
  },
  {
    name: 'the origin has RSA and the weakest suite of TLS 1.2 that the edge offers',
    async serve({ authority }) {
      const leaf = await authority.issue({ names: ['www.example.com'], key: { type: 'rsa', bits: 2048 } });
      const args = ['-www', '-tls1_2', '-cipher', 'AES128-SHA'];
      return startTlsServer({ leaf, chain: [authority.intermediate], args });
    },
    expected: healthy({ tls: { protocol: 'TLSv1.2', cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA' } }),
  },
  ...['-tls1_1', '-tls1'].map(
    (version): Scenario => ({
      // The suites that the edge offers are those of TLS 1.0 and 1.1 too.
      name: `the origin speaks an old TLS only (${version})`,
      async serve({ authority }) {
        const leaf = await authority.issue({ names: ['www.example.com'], key: { type: 'rsa', bits: 2048 } });
        const args = ['-www', version, '-cipher', 'AES128-SHA:@SECLEVEL=0'];
        return startTlsServer({ leaf, chain: [authority.intermediate], args });
      },
      expected: { code: null, exit: [0, 1], facts: { tls: { protocol: version === '-tls1' ? 'TLSv1' : 'TLSv1.1' } } },
    }),
  ),
];
