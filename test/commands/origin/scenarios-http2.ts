import {
  data,
  goaway,
  type Http2PeerOptions,
  headers,
  resetStream,
  settings,
  startHttp2Peer,
} from '../../servers/http2-peers.js';
import type { Ground } from './ground.js';
import { breaks, healthy, type Scenario, type Served } from './scenario.js';

const after = (options: Omit<Http2PeerOptions, 'chain'>) => ({
  serve: ({ good }: Ground): Promise<Served> => startHttp2Peer({ chain: good, ...options }),
});

const ok = [
  [':status', '200'],
  ['content-type', 'text/html'],
] as const;
const broken = breaks(520, 'response', 'target', [
  'http2-broken',
  'malformed-response',
  'connection-closed',
  'answer-too-long',
]);
const silence = breaks(524, 'response', 'target', 'timeout');

/** `count` headers of a KB each, as HTTP/1.1 would count them. */
const large = (count: number) =>
  headers([...ok, ...Array.from({ length: count }, (_, index) => [`x-${index}`, 'x'.repeat(1024)] as const)]);

/** HTTP/2 was agreed on in the handshake. What rg-listener does here is not known: it speaks HTTP/1.1. */
export const http2Scenarios: readonly Scenario[] = [
  { name: 'HTTP/2: nothing is said at all', ...after({ greeting: '' }), expected: silence },
  { name: 'HTTP/2: settings come, and nothing more', ...after({}), expected: silence },
  {
    name: 'HTTP/2: the request is acknowledged, and nothing is answered',
    ...after({ answer: Buffer.alloc(0) }),
    expected: silence,
  },
  { name: 'HTTP/2: the origin closes at once', ...after({ greeting: '', closes: true }), expected: broken },
  {
    name: 'HTTP/2: the origin goes away at once',
    ...after({ greeting: Buffer.concat([settings, goaway(11)]), closes: true }),
    expected: broken,
  },
  {
    name: 'HTTP/2: the origin goes away instead of answering',
    ...after({ answer: goaway(2), closes: true }),
    expected: broken,
  },
  {
    name: 'HTTP/2: the answer is one of HTTP/1.1',
    ...after({ greeting: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n' }),
    expected: broken,
  },
  { name: 'HTTP/2: garbage', ...after({ greeting: Buffer.alloc(64, 0xfe) }), expected: broken },
  { name: 'HTTP/2: the stream is reset', ...after({ answer: resetStream(2) }), expected: broken },
  {
    name: 'HTTP/2: the stream is reset in the middle of the page',
    ...after({ answer: Buffer.concat([headers(ok), data('half', false), resetStream(2)]) }),
    expected: broken,
  },
  {
    name: 'HTTP/2: the origin closes instead of answering',
    ...after({ answer: Buffer.alloc(0), closes: true }),
    expected: broken,
  },
  {
    name: 'HTTP/2: there is no status',
    ...after({ answer: headers([['content-type', 'text/html']], true) }),
    expected: broken,
  },
  { name: 'HTTP/2: the page comes before its headers', ...after({ answer: data('ok') }), expected: broken },
  {
    name: 'HTTP/2: the page is shorter than its content-length',
    ...after({ answer: Buffer.concat([headers([...ok, ['content-length', '100']]), data('ok')]) }),
    expected: broken,
  },
  {
    name: 'HTTP/2: headers have 140 KB',
    ...after({ answer: Buffer.concat([large(140), data('ok')]) }),
    expected: broken,
  },
  {
    name: 'HTTP/2: headers have 17 KB, under the profile of 2023',
    ...after({ answer: Buffer.concat([large(17), data('ok')]) }),
    args: ['--edge-profile', '2023'],
    expected: broken,
  },
  {
    name: 'HTTP/2: headers have 17 KB',
    ...after({ answer: Buffer.concat([large(17), data('ok')]) }),
    expected: healthy({ http: { version: 'HTTP/2', status: 200 } }),
  },
  {
    name: 'HTTP/2: headers have 100 KB',
    ...after({ answer: Buffer.concat([large(100), data('ok')]) }),
    expected: healthy({ http: { version: 'HTTP/2', status: 200 } }),
  },
  {
    name: 'HTTP/2: all is well',
    ...after({ answer: Buffer.concat([headers(ok), data('ok')]) }),
    expected: healthy({ http: { version: 'HTTP/2', status: 200, bodyBytes: 2, bodyWhole: true }, tls: { alpn: 'h2' } }),
  },
];
