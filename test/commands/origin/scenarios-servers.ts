import { http, startEdge } from '../../servers/edge.js';
import { closedPort, closingPeer, type Peer, silentPeer } from '../../servers/peers.js';
import type { Ground } from './ground.js';
import { breaks, healthy, type Scenario } from './scenario.js';

const own = (code: number) => breaks(code, 'response', 'target', 'origin-error', { passedThrough: true });

/** An address of the loopback on which no other server of the tests listens. */
const quiet = '127.99.0.9';

/** What stands behind nginx and HAProxy: nothing, a silent peer, and one that hangs up. */
const behind = async ({ once }: Ground) => {
  const [dead, silent, closing] = await Promise.all([
    once('dead', () => closedPort({ address: quiet })),
    once('silent', () => silentPeer()),
    once('closing', () => closingPeer()),
  ]);
  const at = ({ address, port }: Peer) => `${address}:${port}`;
  return { dead: at(dead), silent: at(silent), closing: at(closing) };
};

const nginx =
  (name: string, options: { readonly http2?: boolean; readonly plain?: true } = {}) =>
  async (ground: Ground) => {
    const { dead, silent, closing } = await behind(ground);
    const { http2 = true, plain } = options;
    const lines = [
      'location = /502 {',
      `proxy_pass http://${dead};`,
      '}',
      'location = /closed {',
      `proxy_pass http://${closing};`,
      '}',
      'location = /504 {',
      `proxy_pass http://${silent};`,
      'proxy_read_timeout 200ms;',
      '}',
      'location = /500 { return 500 "database"; }',
      'location = /503 { return 503 "busy"; }',
      'location = /204 { return 204; }',
      'location = /304 { return 304; }',
      'location = /301 { return 301 https://example.com/; }',
      'location = /404 { return 404; }',
      'location = /gzip { gzip on; gzip_min_length 1; default_type text/html; return 200 "<html>hello hello hello</html>"; }',
      'location = / { return 200 "ok"; }',
    ];
    return ground.nginx(name, { ...(plain ? {} : { chain: ground.good, http2 }), lines });
  };

const h1 = nginx('h1', { http2: false });
const h2 = nginx('h2');
const inTheClear = nginx('clear', { plain: true });

const haproxy = (name: string, server: 'dead' | 'silent' | 'closing', alpn?: string) => async (ground: Ground) => {
  const backend = [`server web ${(await behind(ground))[server]}`];
  return ground.haproxy(name, { chain: ground.good, backend, ...(alpn !== undefined && { alpn }) });
};

const healthyHaproxy = (name: string, alpn: string) => async (ground: Ground) => {
  const web = await ground.once('web', () => startEdge(() => http('200 OK', { 'Content-Type': 'text/html' }, 'ok')));
  return ground.haproxy(name, { chain: ground.good, alpn, backend: [`server web 127.0.0.1:${web.port}`] });
};

const passed = (code: number) => ({ expected: own(code), railgun: { code } });
const fine = (version: string, status: number) => ({
  expected: healthy({ http: { version, status } }),
  railgun: { code: null },
});

/** Real web servers, healthy and with what is behind them dead. */
export const serverScenarios: readonly Scenario[] = [
  { name: 'nginx is well, HTTP/1.1', serve: h1, ...fine('HTTP/1.1', 200) },
  { name: 'nginx is well, HTTP/2', serve: h2, ...fine('HTTP/2', 200) },
  { name: 'nginx is well, in the clear', serve: inTheClear, args: ['--mode', 'flexible'], ...fine('HTTP/1.1', 200) },
  { name: 'nginx answers HEAD', serve: h1, args: ['--method', 'HEAD'], ...fine('HTTP/1.1', 200) },
  { name: 'nginx answers HEAD, HTTP/2', serve: h2, args: ['--method', 'HEAD'], ...fine('HTTP/2', 200) },
  { name: 'nginx answers 204, HTTP/1.1', serve: h1, args: ['--path', '/204'], ...fine('HTTP/1.1', 204) },
  { name: 'nginx answers 204, HTTP/2', serve: h2, args: ['--path', '/204'], ...fine('HTTP/2', 204) },
  { name: 'nginx answers 304', serve: h1, args: ['--path', '/304'], ...fine('HTTP/1.1', 304) },
  { name: 'nginx answers 301', serve: h1, args: ['--path', '/301'], ...fine('HTTP/1.1', 301) },
  { name: 'nginx answers 404, HTTP/2', serve: h2, args: ['--path', '/404'], ...fine('HTTP/2', 404) },
  { name: 'nginx compresses, HTTP/1.1', serve: h1, args: ['--path', '/gzip'], ...fine('HTTP/1.1', 200) },
  { name: 'nginx compresses, HTTP/2', serve: h2, args: ['--path', '/gzip'], ...fine('HTTP/2', 200) },
  { name: 'what is behind nginx is dead, HTTP/1.1', serve: h1, args: ['--path', '/502'], ...passed(502) },
  { name: 'what is behind nginx is dead, HTTP/2', serve: h2, args: ['--path', '/502'], ...passed(502) },
  {
    name: 'what is behind nginx is dead, in the clear',
    serve: inTheClear,
    args: ['--mode', 'off', '--path', '/502'],
    ...passed(502),
  },
  { name: 'what is behind nginx hangs up', serve: h1, args: ['--path', '/closed'], ...passed(502) },
  { name: 'what is behind nginx is silent, HTTP/1.1', serve: h1, args: ['--path', '/504'], ...passed(504) },
  { name: 'what is behind nginx is silent, HTTP/2', serve: h2, args: ['--path', '/504'], ...passed(504) },
  { name: 'nginx answers 500', serve: h1, args: ['--path', '/500'], ...passed(500) },
  { name: 'nginx answers 500, HTTP/2', serve: h2, args: ['--path', '/500'], ...passed(500) },
  { name: 'nginx answers 503', serve: h1, args: ['--path', '/503'], ...passed(503) },
  {
    name: 'nginx answers 500 to HEAD',
    serve: h1,
    args: ['--path', '/500', '--method', 'HEAD'],
    ...passed(500),
  },
  {
    name: 'nginx answers 502 behind a certificate that strict would refuse, under full',
    serve: async ({ authority }) =>
      startEdge(() => http('502 Bad Gateway', { Server: 'nginx' }, '<html>502 Bad Gateway</html>'), {
        chain: [await authority.issue({ names: ['example.com'], issuer: 'self' })],
      }),
    args: ['--mode', 'full'],
    expected: own(502),
    railgun: { code: 502 },
  },
  {
    // The edge goes no further than the certificate.
    name: 'an origin that answers 502 behind a certificate that strict refuses',
    serve: async ({ authority }) =>
      startEdge(() => http('502 Bad Gateway', { Server: 'nginx' }, '<html>502 Bad Gateway</html>'), {
        chain: [await authority.issue({ names: ['www.example.com'], issuer: 'self' })],
      }),
    expected: breaks(526, 'certificate', 'target', 'self-signed'),
    railgun: { code: 502 },
  },
  {
    name: 'plain HTTP on the port of TLS of nginx, under flexible',
    serve: h1,
    args: ['--mode', 'flexible'],
    expected: { code: null, exit: [0, 1], facts: { http: { status: 400 } } },
  },
  { name: 'HAProxy is well, HTTP/1.1', serve: healthyHaproxy('h1', 'http/1.1'), ...fine('HTTP/1.1', 200) },
  { name: 'HAProxy is well, HTTP/2', serve: healthyHaproxy('h2', 'h2,http/1.1'), ...fine('HTTP/2', 200) },
  { name: 'what is behind HAProxy is dead, HTTP/1.1', serve: haproxy('dead h1', 'dead', 'http/1.1'), ...passed(503) },
  { name: 'what is behind HAProxy is dead, HTTP/2', serve: haproxy('dead h2', 'dead'), ...passed(503) },
  {
    name: 'what is behind HAProxy is silent, HTTP/1.1',
    serve: haproxy('silent h1', 'silent', 'http/1.1'),
    ...passed(504),
  },
  { name: 'what is behind HAProxy is silent, HTTP/2', serve: haproxy('silent h2', 'silent'), ...passed(504) },
  {
    name: 'what is behind HAProxy hangs up, HTTP/1.1',
    serve: haproxy('closing h1', 'closing', 'http/1.1'),
    ...passed(502),
  },
  {
    // HAProxy says no 502 then: it resets the stream (REFUSED_STREAM), and curl sees no answer either.
    name: 'what is behind HAProxy hangs up, HTTP/2',
    serve: haproxy('closing h2', 'closing'),
    expected: breaks(520, 'response', 'target', 'http2-broken'),
    railgun: { code: 502 },
  },
  {
    name: 'every third request fails',
    async serve({ good }) {
      let count = 0;
      return startEdge(() => (++count % 3 === 0 ? '' : http('200 OK', {}, 'ok')), { chain: good });
    },
    args: ['--repeat', '6'],
    expected: breaks(520, 'response', 'target', 'connection-closed', {
      facts: { failing: { attempts: 6, failed: 2 }, decisive: { address: 0, attempt: 2 } },
    }),
  },
  {
    name: 'every request of several is answered',
    serve: h1,
    args: ['--repeat', '3'],
    expected: { code: null, exit: 0 },
  },
];
