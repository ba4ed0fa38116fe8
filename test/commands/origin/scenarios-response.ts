import { gzipSync } from 'node:zlib';
import { type Answer, http, startEdge } from '../../servers/edge.js';
import { cuttingPeer, dripping, flooding, largeHeaders, resetting, staying } from '../../servers/origin-peers.js';
import { garbage } from '../../servers/peers.js';
import type { Ground } from './ground.js';
import { breaks, listenerLog, type Scenario, type Served } from './scenario.js';

const plain = (answer: Answer) => ({
  serve: (): Promise<Served> => startEdge(() => answer),
  args: ['--mode', 'flexible'] as readonly string[],
});

const secure = (answer: Answer) => ({
  serve: ({ good }: Ground): Promise<Served> => startEdge(() => answer, { chain: good }),
});

const head = (...lines: readonly string[]) =>
  `${['HTTP/1.1 200 OK', 'Content-Type: text/html', ...lines].join('\r\n')}\r\n\r\n`;

const closed = ['incomplete-answer', 'connection-closed', 'malformed-response'] as const;
const malformed = ['malformed-response', 'unexpected-answer'] as const;
const breaks520 = (failure: Parameters<typeof breaks>[3]) => breaks(520, 'response', 'target', failure);
/** For both: what rg-listener says about an answer that it cannot read is published nowhere. */
const broken = (failure: Parameters<typeof breaks>[3]) => ({ expected: breaks520(failure), railgun: { code: 527 } });
const silence = breaks(524, 'response', 'target', 'timeout');

const zipped = gzipSync('<html>'.repeat(500));
const withGzip = (length: number, body: Uint8Array) =>
  Buffer.concat([Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${length}`)), body]);
const brokenGzip = breaks(502, 'response', 'target', 'broken-compression');

/** Flips the checksum at the end, so that all of it unpacks and is wrong. */
const wrongChecksum = Buffer.from(zipped);
wrongChecksum.writeUInt32LE(zipped.readUInt32LE(zipped.length - 8) ^ 1, zipped.length - 8);

export const responseScenarios: readonly Scenario[] = [
  {
    name: 'the request is taken, and nothing is answered',
    ...plain(staying()),
    expected: silence,
    railgun: { code: 527, logLine: listenerLog.silence },
  },
  {
    name: 'the request is taken over TLS, and nothing is answered',
    ...secure(staying()),
    expected: silence,
    railgun: { code: 527, logLine: listenerLog.silence },
  },
  {
    name: 'the request is taken over TLS, and nothing is answered, under full and the profile of 2023',
    ...secure(staying()),
    args: ['--mode', 'full', '--edge-profile', '2023'],
    expected: silence,
    railgun: { code: 502, logLine: listenerLog.silence, version: '5.2.0' },
  },
  {
    name: 'headers come one by one, and never end',
    ...plain(dripping('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n')),
    expected: silence,
  },
  { name: 'the status line comes, and nothing more', ...plain(staying('HTTP/1.1 200 OK\r\n')), expected: silence },
  { name: 'half a status line comes, and nothing more', ...plain(staying('HTTP/1.')), expected: silence },
  {
    name: 'the origin goes on saying 100 Continue, slowly',
    ...plain(dripping('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n', 400)),
    expected: silence,
  },
  { name: 'the reply is empty', ...plain(''), ...broken('connection-closed') },
  {
    name: 'the reply is empty, over TLS',
    ...secure(''),
    ...broken('connection-closed'),
  },
  {
    name: 'nginx closes without a word (444)',
    serve: ({ good, nginx }) => nginx('444', { chain: good, http2: false, lines: ['return 444;'] }),
    ...broken('connection-closed'),
    railgun: { code: 502, version: '5.2.0' },
  },
  {
    name: 'HAProxy rejects the request without a word',
    serve: ({ haproxy }) => haproxy('rejecting', { frontend: ['tcp-request content reject if HTTP'] }),
    args: ['--mode', 'flexible'],
    ...broken(['connection-closed', 'connection-reset']),
  },
  { name: 'the origin closes in the middle of the status line', ...plain('HTTP/1.1 2'), ...broken(closed) },
  { name: 'the origin closes after the status line', ...plain('HTTP/1.1 200 OK\r\n'), ...broken(closed) },
  {
    name: 'the origin closes in the middle of the headers',
    ...plain('HTTP/1.1 200 OK\r\nContent-Type: text/h'),
    ...broken(closed),
  },
  {
    name: 'the origin closes in the middle of the headers, over TLS',
    ...secure('HTTP/1.1 200 OK\r\nContent-Type: text/h'),
    ...broken(closed),
  },
  {
    name: 'the origin resets the connection instead of answering',
    ...plain(resetting()),
    ...broken('connection-reset'),
  },
  {
    name: 'the origin resets the connection in the middle of the headers',
    ...plain(resetting('HTTP/1.1 200 OK\r\nContent-Type: text/h')),
    ...broken('connection-reset'),
  },
  {
    // The handshake of TLS 1.3 is some 2000 bytes, those of the answer are 40,000.
    name: 'the origin resets the connection in the middle of the headers, over TLS',
    async serve({ good }) {
      const origin = await startEdge(() => largeHeaders(40_000), { chain: good });
      const peer = await cuttingPeer(origin.port, 12_000, 'reset');
      return {
        port: peer.port,
        async close() {
          await peer.close();
          await origin.close();
        },
      };
    },
    ...broken('connection-reset'),
  },
  { name: 'the answer is garbage', ...plain(garbage), ...broken(malformed) },
  { name: 'the answer is garbage, over TLS', ...secure(garbage), ...broken(malformed) },
  { name: 'the answer is a word', ...plain('hello\r\n'), ...broken(malformed) },
  {
    name: 'the answer is a page without headers',
    ...plain('<html><body>hello</body></html>\n'),
    ...broken(malformed),
  },
  {
    name: 'the answer has headers and no status line',
    ...plain('Content-Type: text/html\r\nContent-Length: 2\r\n\r\nok'),
    ...broken(malformed),
  },
  {
    name: 'the status line is in lower case',
    ...plain('http/1.1 200 ok\r\ncontent-length: 2\r\n\r\nok'),
    ...broken(malformed),
  },
  {
    name: 'the status line is that of another protocol',
    ...plain('ICY 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    ...broken(malformed),
  },
  {
    name: 'the status is no number',
    ...plain('HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nok'),
    ...broken(malformed),
  },
  {
    name: 'the status has two digits',
    ...plain('HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok'),
    ...broken(malformed),
  },
  { name: 'there are no headers at all', ...plain('HTTP/1.1 200 OK\r\n\r\n'), ...broken(malformed) },
  {
    name: 'headers have 17 KB, under the profile of 2023',
    ...plain(largeHeaders(17 * 1024)),
    args: ['--mode', 'flexible', '--edge-profile', '2023'],
    expected: breaks520('answer-too-long'),
  },
  {
    name: 'headers have 17 KB over TLS, under the profile of 2023',
    ...secure(largeHeaders(17 * 1024)),
    args: ['--edge-profile', '2023'],
    expected: breaks520('answer-too-long'),
  },
  { name: 'headers have 140 KB', ...plain(largeHeaders(140 * 1024)), expected: breaks520('answer-too-long') },
  {
    name: 'headers never end',
    ...plain(flooding(`HTTP/1.1 200 OK\r\n`)),
    ...broken([...malformed, 'answer-too-long']),
  },
  {
    name: 'the origin goes on saying 100 Continue',
    ...plain(flooding('HTTP/1.1 100 Continue\r\n\r\n')),
    ...broken([...malformed, 'answer-too-long']),
  },
  {
    name: 'the size of a chunk is no number',
    ...plain(`${head('Transfer-Encoding: chunked')}2\r\nok\r\nxyz\r\nno\r\n0\r\n\r\n`),
    ...broken(malformed),
  },
  {
    name: 'a chunk is longer than it says',
    ...plain(`${head('Transfer-Encoding: chunked')}2\r\nokay\r\n0\r\n\r\n`),
    ...broken(malformed),
  },
  {
    name: 'the origin closes in the middle of a chunk',
    ...plain(`${head('Transfer-Encoding: chunked')}64\r\nok`),
    ...broken(closed),
  },
  {
    name: 'the origin closes before the last chunk',
    ...plain(`${head('Transfer-Encoding: chunked')}2\r\nok\r\n`),
    ...broken(closed),
  },
  {
    name: 'the origin closes before the last chunk, over TLS',
    ...secure(`${head('Transfer-Encoding: chunked')}2\r\nok\r\n`),
    ...broken(closed),
  },
  {
    name: 'Content-Length is more than there is',
    ...plain(`${head('Content-Length: 100')}ok`),
    ...broken(closed),
  },
  {
    name: 'Content-Length is more than there is, over TLS',
    ...secure(`${head('Content-Length: 100')}ok`),
    ...broken(closed),
  },
  {
    name: 'there are two Content-Lengths, and they differ',
    ...plain(`${head('Content-Length: 2', 'Content-Length: 3')}ok`),
    ...broken(malformed),
  },
  { name: 'Content-Length is no number', ...plain(`${head('Content-Length: two')}ok`), ...broken(malformed) },
  { name: 'Content-Length is negative', ...plain(`${head('Content-Length: -1')}ok`), ...broken(malformed) },
  {
    name: 'Content-Length is more than the gzip that follows',
    ...plain(withGzip(zipped.length + 50, zipped)),
    expected: brokenGzip,
  },
  {
    // The rest of the page is what nobody reads.
    name: 'Content-Length is that of the page, and gzip is longer',
    ...plain(withGzip(zipped.length - 12, zipped)),
    expected: brokenGzip,
  },
  {
    name: 'gzip has no end',
    ...plain(withGzip(zipped.length - 9, zipped.subarray(0, -9))),
    expected: brokenGzip,
  },
  { name: 'the checksum of gzip is wrong', ...plain(withGzip(zipped.length, wrongChecksum)), expected: brokenGzip },
  {
    name: 'what is called gzip is none',
    ...secure(
      http('200 OK', { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }, '<html>not compressed</html>'),
    ),
    expected: brokenGzip,
  },
];
