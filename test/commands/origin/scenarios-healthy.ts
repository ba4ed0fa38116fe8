import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Answer, http, startEdge } from '../../servers/edge.js';
import { dripping, largeHeaders, late, staying } from '../../servers/origin-peers.js';
import type { Ground } from './ground.js';
import { breaks, type Expected, healthy, host, type Scenario, type Served } from './scenario.js';

const plain = (answer: Answer) => ({
  serve: (): Promise<Served> => startEdge(() => answer),
  args: ['--mode', 'flexible'] as readonly string[],
});

const secure = (answer: Answer) => ({
  serve: ({ good }: Ground): Promise<Served> => startEdge(() => answer, { chain: good }),
});

const zipped = gzipSync('<html>'.repeat(500));
const ok = http('200 OK', { 'Content-Type': 'text/html' }, 'ok');
/** Waiting for what does not come would take until the timer of a second is over. */
const untilTimer = 950;
const fine = healthy({ http: { status: 200, bodyWhole: true } });
const withStatus = (status: number): Expected => healthy({ http: { status } });
/** Something is worth a note, and it is no warning. */
const closes: Expected = { ...healthy({ http: { status: 200, keepAlive: false } }), notes: ['/http/keepAlive'] };

const page = http(
  '200 OK',
  { 'Content-Type': 'text/html', Server: 'cloudflare', 'CF-RAY': '230b030023ae2822-AMS' },
  'ok',
);
const notTheOrigin = breaks(403, 'response', 'target', 'not-the-origin', { errorCode: 1000 });

/** Answers that are no error of the edge, and those that are only odd. */
export const healthyScenarios: readonly Scenario[] = [
  {
    name: 'a page over TLS',
    ...secure(ok),
    expected: fine,
    railgun: { code: null, conf: ['validate.cert = 1', 'ca.bundle = {root}'] },
  },
  {
    name: 'a page over TLS, under full',
    ...secure(ok),
    args: ['--mode', 'full'],
    expected: fine,
    railgun: { code: null },
  },
  { name: 'a page over TLS, under origin-pull', ...secure(ok), args: ['--mode', 'origin-pull'], expected: fine },
  { name: 'a page in the clear', ...plain(ok), expected: fine, railgun: { code: null } },
  {
    name: 'a page in the clear, under off',
    ...plain(ok),
    args: ['--mode', 'off'],
    expected: fine,
    railgun: { code: null },
  },
  {
    name: 'a page in the clear for a visitor of plain HTTP, under full',
    serve: plain(ok).serve,
    target: `http://${host}:{port}/`,
    args: ['--mode', 'full'],
    expected: healthy({ scheme: 'http', http: { status: 200 } }),
  },
  {
    name: 'the address is given with --resolve',
    async serve({ good }) {
      const origin = await startEdge(() => ok, { chain: good });
      return { ...origin, args: ['--resolve', `${host}:${origin.port}:127.0.0.1`], close: () => origin.close() };
    },
    ips: [],
    expected: healthy({ addresses: [{ address: '127.0.0.1', from: 'given' }] }),
  },
  {
    name: 'the address is given with --connect-to',
    async serve({ good }) {
      const origin = await startEdge(() => ok, { chain: good });
      return { ...origin, args: ['--connect-to', `127.0.0.1:${origin.port}`], close: () => origin.close() };
    },
    ips: [],
    target: host,
    expected: healthy({ addresses: [{ address: '127.0.0.1', from: 'given' }] }),
  },
  {
    name: 'the request has the path, the query and the host of the visitor',
    serve: () =>
      startEdge((head) =>
        /^GET \/a%20b\?c=d HTTP\/1\.1\r\n/.test(head) && /^host: www\.example\.com:\d+\r$/im.test(head)
          ? ok
          : http('500 Wrong request', {}, head),
      ),
    target: `https://${host}:{port}/a%20b?c=d`,
    args: ['--mode', 'flexible'],
    expected: fine,
  },
  {
    name: 'the path is given with --path',
    serve: () => startEdge((head) => (head.startsWith('GET /x?y HTTP/1.1\r\n') ? ok : http('500 Wrong request', {}))),
    args: ['--mode', 'flexible', '--path', '/x?y'],
    expected: fine,
  },
  {
    name: 'the request has the headers of a file',
    async serve({ file }) {
      const wanted = /^x-token: hidden\r$/im;
      const origin = await startEdge((head) => (wanted.test(head) ? ok : http('500 Wrong request', {})));
      return { ...origin, args: ['--header-file', file('X-Token: hidden\n')], close: () => origin.close() };
    },
    args: ['--mode', 'flexible'],
    expected: fine,
  },
  {
    name: 'the answer to HEAD has the length of a page, and none',
    serve: () =>
      startEdge((head) => (head.startsWith('HEAD ') ? staying('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n') : '')),
    args: ['--mode', 'flexible', '--method', 'HEAD'],
    expected: { ...healthy({ http: { status: 200, bodyBytes: 0 } }), withinMs: untilTimer },
  },
  {
    name: '204 has no page, and the connection stays',
    ...plain(staying('HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n')),
    expected: { ...withStatus(204), withinMs: untilTimer },
  },
  {
    name: '304 has the length of a page, and none',
    ...plain(staying('HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n')),
    expected: { ...withStatus(304), withinMs: untilTimer },
  },
  {
    name: 'chunks, with an extension and a trailer',
    ...plain(
      staying(
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n00A\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n',
      ),
    ),
    expected: fine,
    railgun: { code: null },
  },
  {
    name: 'chunks over TLS',
    ...secure(staying('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n')),
    expected: fine,
  },
  {
    name: '103 before the answer',
    ...plain(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n'), ok])),
    expected: fine,
  },
  {
    name: 'the page ends with the connection',
    ...plain('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\nok'),
    expected: healthy({ http: { status: 200, keepAlive: false, bodyBytes: 2, bodyWhole: true } }),
  },
  {
    name: 'keep-alive is switched off',
    ...plain(http('200 OK', { Connection: 'close' }, 'ok')),
    expected: closes,
    railgun: { code: null },
  },
  { name: 'the origin speaks HTTP/1.0', ...plain('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'), expected: closes },
  {
    name: 'gzip',
    ...plain(http('200 OK', { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }, zipped)),
    expected: fine,
  },
  {
    name: 'gzip in chunks',
    ...plain(
      Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n`),
        Buffer.from(`${zipped.length.toString(16)}\r\n`),
        zipped,
        Buffer.from('\r\n0\r\n\r\n'),
      ]),
    ),
    expected: fine,
  },
  {
    name: 'Brotli',
    ...plain(http('200 OK', { 'Content-Encoding': 'br' }, brotliCompressSync('<html>'.repeat(500)))),
    expected: fine,
  },
  {
    name: 'events that never end',
    ...plain(
      dripping(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
        '9\r\ndata: x\n\n\r\n',
      ),
    ),
    expected: { ...healthy({ http: { status: 200, bodyWhole: false } }), withinMs: 6000 },
  },
  { name: 'a page of 10 MB', ...secure(http('200 OK', {}, Buffer.alloc(10_000_000, 'x'))), expected: withStatus(200) },
  { name: 'the answer is slow, and in time', ...secure(late(400, ok)), expected: fine, railgun: { code: null } },
  {
    name: 'headers have 15 KB, under the profile of 2023',
    ...plain(largeHeaders(15 * 1024)),
    args: ['--mode', 'flexible', '--edge-profile', '2023'],
    expected: fine,
  },
  {
    name: 'headers have 20 KB',
    ...plain(largeHeaders(20 * 1024)),
    expected: {
      ...healthy({ http: { status: 200, headerBytes: 20 * 1024 } }),
      notes: ['/http/headerBytes', '/addresses/0/kind'],
    },
  },
  { name: 'headers have 120 KB', ...secure(largeHeaders(120 * 1024)), expected: withStatus(200) },
  { name: '404', ...secure(http('404 Not Found', {}, 'no')), expected: withStatus(404), railgun: { code: null } },
  { name: '403', ...secure(http('403 Forbidden', {}, 'no')), expected: { ...withStatus(403), exit: [1] } },
  {
    name: '429',
    ...secure(http('429 Too Many Requests', { 'Retry-After': '5' }, 'no')),
    expected: { ...withStatus(429), exit: [1] },
  },
  {
    name: 'a redirect to another host',
    ...secure(http('301 Moved', { Location: 'https://example.com/' })),
    expected: withStatus(301),
  },
  {
    name: 'a redirect to another host, under flexible',
    ...plain(http('301 Moved', { Location: 'https://shop.example.com/' })),
    expected: withStatus(301),
  },
  {
    name: 'a redirect of plain HTTP to TLS, under full',
    serve: plain(http('301 Moved', { Location: `https://${host}/` })).serve,
    target: `http://${host}:{port}/`,
    args: ['--mode', 'full'],
    expected: withStatus(301),
  },
  {
    name: 'a redirect to another path',
    ...secure(http('302 Found', { Location: '/login' })),
    expected: withStatus(302),
  },
  ...[301, 302, 307, 308].map(
    (status): Scenario => ({
      name: `a redirect to TLS of the same host (${status}), under flexible`,
      ...plain(http(`${status} Moved`, { Location: `https://${host}/` })),
      expected: breaks(status, 'response', 'target', 'redirect-loop', { passedThrough: true }),
    }),
  ),
  {
    // The visitor's own URL, as the Host header has it.
    name: 'a redirect to TLS of the same host and port, under flexible',
    serve: () =>
      startEdge((head) => {
        const [, authority = host] = /^host: (.*)\r$/im.exec(head) ?? [];
        return http('301 Moved', { Location: `https://${authority}/` });
      }),
    args: ['--mode', 'flexible'],
    expected: breaks(301, 'response', 'target', 'redirect-loop', { passedThrough: true }),
  },
  { name: 'Cloudflare answers on the address of the origin', ...secure(page), expected: notTheOrigin },
  { name: 'Cloudflare answers on the address of the origin, in the clear', ...plain(page), expected: notTheOrigin },
  {
    name: 'an error page of Cloudflare on the address of the origin',
    ...secure(
      http(
        '522 Origin Timeout',
        { 'Content-Type': 'text/plain', Server: 'cloudflare', 'CF-RAY': '230b030023ae2822-AMS' },
        'error code: 522',
      ),
    ),
    expected: notTheOrigin,
  },
];
