import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptBodyBytes } from '../../src/decoders/http-body.js';
import { createResponseReader } from '../../src/decoders/http-response.js';

interface Asked {
  readonly method?: string;
  readonly headerLimit?: number;
  /** The peer closes behind the last byte. */
  readonly closed?: boolean;
  /** Bytes of one push; absent: all at once. */
  readonly pieces?: readonly number[];
}

/** What came of an answer, as JSON. */
function read(bytes: Uint8Array | string, { method = 'GET', headerLimit = 16_384, closed, pieces = [] }: Asked = {}) {
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const reader = createResponseReader({ method, headerLimit });
  let at = 0;
  for (const piece of pieces) {
    reader.push(all.subarray(at, at + piece));
    at += piece;
  }
  reader.push(all.subarray(at));
  if (closed === true) reader.end();
  const { body, ...response } = reader.response() ?? {};
  return {
    state: reader.state,
    received: reader.received,
    ...(reader.problem !== undefined && { problem: reader.problem }),
    ...(body !== undefined && { response: { ...response, body: Buffer.from(body).toString('latin1') } }),
  };
}

const head = (...lines: readonly string[]) => [...lines, '', ''].join('\r\n');
const ok = (...lines: readonly string[]) => head('HTTP/1.1 200 OK', ...lines);
const chunked = ok('Transfer-Encoding: chunked');

describe('a whole answer', () => {
  it.each<[what: string, answer: string, asked: Asked, expected: object]>([
    ['with a length', `${ok('Content-Length: 2')}ab`, {}, { framing: 'length', declaredLength: 2, body: 'ab' }],
    ['with a length of 0', ok('Content-Length: 0'), {}, { framing: 'length', bodyBytes: 0, body: '' }],
    ['with leading zeros', `${ok('Content-Length: 002')}ab`, {}, { declaredLength: 2, body: 'ab' }],
    [
      'in chunks',
      `${chunked}2\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n`,
      {},
      { framing: 'chunked', body: 'ab0123456789' },
    ],
    ['in chunks with extensions', `${chunked}1;a="b;c"\r\na\r\n00;x\r\n\r\n`, {}, { body: 'a', notes: [] }],
    ['in Chunked', `${ok('TRANSFER-encoding:Chunked')}0\r\n\r\n`, {}, { framing: 'chunked', bodyBytes: 0 }],
    [
      'with trailers',
      `${chunked}0\r\nA: 1\r\nb:2\r\n\r\n`,
      {},
      {
        trailers: [
          { name: 'A', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
    ],
    ['up to the close', `${ok('A: b')}abc`, { closed: true }, { framing: 'close', body: 'abc', keepAlive: false }],
    ['empty up to the close', ok('A: b'), { closed: true }, { framing: 'close', bodyBytes: 0 }],
    ['to HEAD', ok('Content-Length: 9'), { method: 'HEAD' }, { framing: 'none', declaredLength: 9, bodyBytes: 0 }],
    ['to HEAD, in chunks', chunked, { method: 'head' }, { framing: 'none' }],
    ['to CONNECT', `${ok('A: b')}abc`, { method: 'CONNECT' }, { framing: 'none', extraBytes: 3 }],
    ['of 204', head('HTTP/1.1 204 No Content', 'A: b'), {}, { framing: 'none', status: 204, notes: [] }],
    ['of 304', head('HTTP/1.1 304 Not Modified', 'Content-Length: 7'), {}, { framing: 'none', declaredLength: 7 }],
    ['without a reason', head('HTTP/1.1 200', 'Content-Length: 0'), {}, { status: 200, reason: '' }],
    ['with an empty reason', head('HTTP/1.1 599 ', 'Content-Length: 0'), {}, { status: 599, reason: '' }],
    ['with a reason beyond ASCII', head('HTTP/1.1 200 d\xe9j\xe0', 'Content-Length: 0'), {}, { reason: 'déjà' }],
    ['of HTTP/1.0', head('HTTP/1.0 200 OK', 'Content-Length: 0'), {}, { version: 'HTTP/1.0', keepAlive: false }],
    ['with more behind it', `${ok('Content-Length: 1')}abc`, {}, { body: 'a', bodyBytes: 1, extraBytes: 2 }],
    ['with a body to HEAD', `${ok('Content-Length: 1')}a`, { method: 'HEAD' }, { extraBytes: 1, bodyBytes: 0 }],
    ['with more behind chunks', `${chunked}0\r\n\r\nHTTP/1.1`, {}, { extraBytes: 8 }],
    ['without a value', `${ok('A:', 'Content-Length:\t0 \t')}`, {}, { headers: [{ name: 'A', value: '' }, {}] }],
  ])('%s', (_, answer, asked, expected) => {
    const seen = read(answer, asked);
    expect(seen).toMatchObject({ state: 'whole', received: answer.length, response: { whole: true, ...expected } });
    expect(seen.problem).toBeUndefined();
  });

  it('keeps headers as they came, and counts the bytes of the final head', () => {
    const final = ok('b: 1', 'A:  x y\t', 'b: 2', 'Content-Length: 0');
    const { response } = read(`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100\r\n\r\n${final}`);
    expect(response).toMatchObject({
      interim: [103, 100],
      headerBytes: final.length,
      headers: [
        { name: 'b', value: '1' },
        { name: 'A', value: 'x y' },
        { name: 'b', value: '2' },
        { name: 'Content-Length', value: '0' },
      ],
    });
  });

  it.each([
    ['HTTP/1.1', [], true],
    ['HTTP/1.1', ['Connection: close'], false],
    ['HTTP/1.1', ['Connection: Foo, CLOSE'], false],
    ['HTTP/1.1', ['Connection: foo', 'Connection: close'], false],
    ['HTTP/1.1', ['Connection: closed'], true],
    ['HTTP/1.0', [], false],
    ['HTTP/1.0', ['Connection: Keep-Alive'], true],
    ['HTTP/1.0', ['Connection: keep-alive, close'], false],
  ])('in %s with %j keeps the connection: %s', (version, lines, keepAlive) => {
    expect(read(head(`${version} 200 OK`, ...lines, 'Content-Length: 0')).response).toMatchObject({ keepAlive });
  });

  it('of more than 256 KB is counted to its end, but not kept', () => {
    const length = keptBodyBytes + 5;
    const { response } = read(`${ok(`Content-Length: ${length}`)}${'x'.repeat(length)}`);
    expect(response).toMatchObject({ bodyBytes: length, whole: true });
    expect(response?.body).toHaveLength(keptBodyBytes);
  });
});

describe('what is accepted is noted', () => {
  it.each<[answer: string, note: string]>([
    ['HTTP/1.1 200 OK\nContent-Length: 0\n\n', 'lines end in LF alone'],
    [`${chunked}1\r\na\n0\r\n\r\n`, 'lines end in LF alone'],
    ['HTTP/1.1   200 OK\r\nContent-Length: 0\r\n\r\n', 'several blanks before the status'],
    [ok('A: b', ' c', 'Content-Length: 0'), 'a header is folded over several lines'],
    [ok('A: b\x01c', 'Content-Length: 0'), 'a control character in the value of A'],
    [ok('Content-Length: 0', 'content-length: 0'), 'Content-Length comes 2 times, with the same value'],
    [ok('Content-Length: 0, 0'), 'Content-Length comes 2 times, with the same value'],
    [`${chunked}1  \r\na\r\n0\r\n\r\n`, 'blanks around the size of a chunk'],
    [
      `${ok('Transfer-Encoding: gzip, chunked')}0\r\n\r\n`,
      'the transfer codings “gzip, chunked”, which nobody asked for',
    ],
    [`${head('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked')}0\r\n\r\n`, 'Transfer-Encoding in an answer of HTTP/1.0'],
    [head('HTTP/1.1 204 No Content', 'Content-Length: 3'), 'status 204 with the length of a body'],
  ])('%j', (answer, note) => {
    expect(read(answer)).toMatchObject({ state: 'whole', response: { notes: [note] } });
  });

  it('folded lines are one value', () => {
    const { response } = read(ok('A: b', '\tc ', '  ', 'Content-Length:', ' 0'));
    expect(response?.headers).toEqual([
      { name: 'A', value: 'b c ' },
      { name: 'Content-Length', value: ' 0' },
    ]);
    expect(response).toMatchObject({ declaredLength: 0 });
  });

  it('and the notes are few, however much there is to note', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `A${index}: \x01`);
    expect(read(ok(...lines)).response?.notes).toHaveLength(16);
  });
});

describe('no status line', () => {
  it.each<[answer: string, found: string]>([
    ['\r\nHTTP/1.1 200 OK\r\n', 'an empty line'],
    ['http/1.1 200 OK\r\n', '“http/1.1 200 OK”, HTTP in small letters'],
    ['<html><body>hello', '“<html><body>hello”, a page without a head, as in HTTP/0.9'],
    ['ICY 200 OK\r\n', '“ICY 200 OK”'],
    ['GET / HTTP/1.1\r\n', '“GET / HTTP/1.1”, what a client sends, not a server'],
    ['SSH-2.0-OpenSSH_9.2\r\n', '“SSH-2.0-OpenSSH_9.2”, an SSH server'],
    ['220 mail ESMTP\r\n', '“220 mail ESMTP”, a mail or FTP server'],
    ['-ERR unknown command\r\n', '“-ERR unknown command”, a Redis or POP3 server'],
    ['\x15\x03\x01\x00\x02\x02\x46', '“\x15\x03\x01\x00\x02\x02\x46”, a record of TLS'],
    ['\0\0\x12\x04\0\0\0\0\0', '“\0\0\x12\x04\0\0\0\0\0”, a frame of HTTP/2'],
    ['J\0\0\0\x0a5.5.5-10.11.6-MariaDB', '“J\0\0\0”'],
    ['HTTQ', '“HTTQ”'],
    ['x'.repeat(1000), `“${'x'.repeat(59)}…”`],
  ])('but %j', (answer, found) => {
    const detail = `expected a status line such as HTTP/1.1 200 OK, found ${found}`;
    const problem = { code: 'malformed-response', step: 'exchange', blame: 'target', detail };
    expect(read(answer)).toEqual({ state: 'broken', received: answer.length, problem });
    expect(read(answer, { closed: true })).toMatchObject({ problem });
  });

  it('is seen at the first byte that shows it, though the line never ends', () => {
    expect(read('S').state).toBe('broken');
    expect(read('HTTP').state).toBe('head');
    expect(read('HTTP_').state).toBe('broken');
  });
});

const malformed = 'malformed-response';

describe('a broken answer', () => {
  it.each<[answer: string, code: string, detail: string, asked?: Asked]>([
    ['', 'connection-closed', 'closed the connection without an answer', { closed: true }],
    ['HTT', 'incomplete-answer', 'before the end of the status line: 3 bytes came', { closed: true }],
    ['HTTP/1.1 200 OK\r\n', 'incomplete-answer', 'before the end of the headers: 17 bytes came', { closed: true }],
    [`${ok('Content-Length: 9')}abc`, 'incomplete-answer', 'after 3 of 9 bytes of the body', { closed: true }],
    [`${chunked}5\r\nab`, 'incomplete-answer', '3 bytes before the end of a chunk, after 2 bytes', { closed: true }],
    [`${chunked}2\r\nab\r\n`, 'incomplete-answer', 'before the last chunk, after 2 bytes', { closed: true }],
    [`${chunked}2\r\nab`, 'incomplete-answer', 'before the last chunk, after 2 bytes', { closed: true }],
    [`${chunked}0\r\nA: b\r\n`, 'incomplete-answer', 'in the trailers, after 0 bytes', { closed: true }],
    [head('HTTP/1.1 103 x'), 'incomplete-answer', 'behind an interim answer 103, without a final', { closed: true }],
    [head('HTTP/1.1 101 Switching Protocols'), 'unexpected-answer', 'status 101, though no other protocol'],
    [head('HTTP/1.1 100 x').repeat(17), malformed, 'more than 16 interim answers, the last one with status 100'],
    ['HTTP/0.9 200 OK\r\n', malformed, 'expected HTTP/1.0 or HTTP/1.1, found “HTTP/0.9 200 OK”'],
    ['HTTP/2 200\r\n', malformed, 'expected HTTP/1.0 or HTTP/1.1, found “HTTP/2 200”'],
    ['HTTP/1.1\r\n', malformed, 'expected a status from 100 to 599 behind HTTP/1.1, found “HTTP/1.1”'],
    ['HTTP/1.1 OK\r\n', malformed, 'expected a status from 100 to 599 behind HTTP/1.1, found “HTTP/1.1 OK”'],
    ['HTTP/1.1 20 OK\r\n', malformed, 'expected a status from 100 to 599'],
    ['HTTP/1.1 2000 OK\r\n', malformed, 'expected a status from 100 to 599'],
    ['HTTP/1.1 099 OK\r\n', malformed, 'expected a status from 100 to 599'],
    ['HTTP/1.1 600 OK\r\n', malformed, 'expected a status from 100 to 599'],
    ['HTTP/1.1 200OK\r\n', malformed, 'expected a status from 100 to 599'],
    ['HTTP/1.1\t200 OK\r\n', malformed, 'expected HTTP/1.0 or HTTP/1.1'],
    ['HTTP/1.1 200 O\0K\r\n', malformed, 'the status line has a NUL byte'],
    ['HTTP/1.1 200 O\rK\r\n', malformed, 'the status line has a CR that ends no line'],
    [`HTTP/1.1 200 ${'x'.repeat(9000)}`, malformed, 'the status line has more than 8192 bytes'],
    [ok(), malformed, 'there is no header behind the status line “HTTP/1.1 200 OK”'],
    [ok(' A: b'), malformed, 'the first header line begins with a blank'],
    [ok('A: b', 'nothing'), malformed, 'a header line has no colon: “nothing”'],
    [ok('<br />Warning=s3cret'), malformed, 'a header line has no colon: “<br />Warning=…”'],
    [ok(': b'), malformed, 'a header line has no name before its colon: “:…”'],
    [ok('A : b'), malformed, 'a header line has a blank before its colon: “A :…”'],
    [ok('A b: c'), malformed, 'a header line has a name with a character that no name has: “A b:…”'],
    [ok('\xef\xbb\xbfA: c'), malformed, 'a name with a character that no name has'],
    [ok('Cookie: s3cr\0et'), malformed, 'a header line has a NUL byte: “Cookie:…”'],
    [ok('A: b\rc'), malformed, 'a header line has a CR that ends no line: “A:…”'],
    [ok('A: b\r'), malformed, 'a header line has a CR that ends no line: “A:…”'],
    [ok('Content-Length: 1', 'Content-Length: 2'), malformed, 'Content-Length has different values: 1 and 2'],
    [ok('Content-Length: 1, 2'), malformed, 'Content-Length has different values: 1 and 2'],
    [ok('Content-Length: x'), malformed, 'Content-Length is no number of bytes: “x”'],
    [ok('Content-Length: -1'), malformed, 'Content-Length is no number of bytes: “-1”'],
    [ok('Content-Length: +1'), malformed, 'Content-Length is no number of bytes: “+1”'],
    [ok('Content-Length: 1.5'), malformed, 'Content-Length is no number of bytes: “1.5”'],
    [ok('Content-Length:'), malformed, 'Content-Length is no number of bytes: “”'],
    [ok('Content-Length: x'), malformed, 'Content-Length is no number of bytes', { method: 'HEAD' }],
    [ok('Content-Length: 9007199254740993'), malformed, 'Content-Length is beyond 2^53 bytes'],
    [
      ok('Content-Length: 3', 'Transfer-Encoding: chunked'),
      malformed,
      'both Content-Length: “3” and Transfer-Encoding',
    ],
    [ok('Transfer-Encoding: gzip'), malformed, 'Transfer-Encoding does not end in chunked: “gzip”'],
    [
      ok('Transfer-Encoding: chunked', 'Transfer-Encoding: gzip'),
      malformed,
      'does not end in chunked: “chunked, gzip”',
    ],
    [ok('Transfer-Encoding: chunked, chunked'), malformed, 'Transfer-Encoding names chunked several times'],
    [ok('Transfer-Encoding: identity'), malformed, 'Transfer-Encoding does not end in chunked: “identity”'],
    [ok('Transfer-Encoding:'), malformed, 'Transfer-Encoding does not end in chunked: “”'],
    [
      `${chunked}data without chunks`,
      malformed,
      'expected the size of a chunk in hex digits, found “data without chunks”',
    ],
    [`${chunked}2\r\nab\r\r`, malformed, 'expected CR LF behind the data of a chunk, found “\r\r”'],
    [`${chunked}xyz\r\n`, malformed, 'expected the size of a chunk in hex digits, found “xyz”'],
    [`${chunked}<html>\r\n`, malformed, 'expected the size of a chunk in hex digits, found “<html>”'],
    [`${chunked}\r\n`, malformed, 'expected the size of a chunk in hex digits, found an empty line'],
    [`${chunked}0x5\r\n`, malformed, 'expected the size of a chunk in hex digits, found “0x5”'],
    [`${chunked}-5\r\n`, malformed, 'expected the size of a chunk in hex digits, found “-5”'],
    [`${chunked}1;\0\r\n`, malformed, 'expected the size of a chunk in hex digits'],
    [`${chunked}20000000000000\r\n`, malformed, 'the size of a chunk is “20000000000000”, beyond 2^53 bytes'],
    [`${chunked}${'f'.repeat(400)}\r\n`, malformed, 'beyond 2^53 bytes'],
    [`${chunked}${'1'.repeat(9000)}`, malformed, 'the line with the size of a chunk has more than 8192 bytes: “1111'],
    [`${chunked}2\r\nabc\r\n`, malformed, 'expected CR LF behind the data of a chunk, found “c\r\n”'],
    [`${chunked}2\r\nabcd`, malformed, 'expected CR LF behind the data of a chunk, found “cd”'],
    [`${chunked}0\r\nbad\r\n`, malformed, 'a header line has no colon: “bad”'],
    [
      ok('A: b', `B: ${'x'.repeat(99)}`),
      'answer-too-long',
      'may have 50 bytes together, and after 51 bytes header 2 had not ended',
      { headerLimit: 50 },
    ],
    [
      `HTTP/1.1 200 ${'x'.repeat(99)}`,
      'answer-too-long',
      'may have 50 bytes together, and after 51 bytes the status line had not ended',
      { headerLimit: 50 },
    ],
    [
      `${chunked}0\r\n${'A: b\r\n'.repeat(99)}`,
      'answer-too-long',
      'the trailers have more than 50 bytes',
      { headerLimit: 50 },
    ],
  ])('%j is %s: %s', (answer, code, detail, asked) => {
    const seen = read(answer, asked);
    const problem = { code, step: 'exchange', blame: 'target', detail: expect.stringContaining(detail) };
    expect(seen).toMatchObject({ state: 'broken', problem });
    if (seen.response !== undefined) expect(seen.response).toMatchObject({ whole: false });
    expect(JSON.stringify(seen.problem)).not.toContain('s3cr');
  });

  it('has what came before the damage', () => {
    const { response } = read(ok('A: b', 'Content-Length: 1', 'bad'));
    expect(response).toMatchObject({ status: 200, whole: false, keepAlive: false, bodyBytes: 0 });
    expect(response?.headers?.map(({ name }) => name)).toEqual(['A', 'Content-Length']);
    expect(response).not.toHaveProperty('framing');
    expect(read(`${chunked}2\r\nab\r\n!\r\n`).response).toMatchObject({ framing: 'chunked', bodyBytes: 2, body: 'ab' });
  });
});

describe('the limit for a head', () => {
  const answer = ok(`A: ${'x'.repeat(100)}`, 'Content-Length: 0');

  it('is kept to the byte', () => {
    expect(read(answer, { headerLimit: answer.length })).toMatchObject({ state: 'whole' });
    expect(read(answer, { headerLimit: answer.length - 1 }).problem).toMatchObject({ code: 'answer-too-long' });
  });

  it('is noticed at once, and nothing behind it is kept', () => {
    const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
    reader.push(Buffer.from(`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(980)}`));
    expect(reader.state).toBe('head');
    reader.push(Buffer.from('x'));
    expect(reader.state).toBe('broken');
    expect(reader.response()).toMatchObject({ headerBytes: 1001, headers: [] });
    for (let count = 0; count < 100; count += 1) reader.push(new Uint8Array(1_000_000));
    expect(reader.received).toBe(100_001_000 + 1);
  });

  it('is that of one head: interim ones have their own', () => {
    const hints = `HTTP/1.1 103 Early Hints\r\nLink: ${'x'.repeat(100)}\r\n\r\n`;
    expect(read(hints.repeat(9) + answer, { headerLimit: 150 })).toMatchObject({ state: 'whole' });
  });
});

it('what comes behind the close is not looked at', () => {
  const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
  reader.end();
  reader.push(Buffer.from(ok('Content-Length: 0')));
  reader.end();
  expect(reader).toMatchObject({ state: 'broken', received: 0, problem: { code: 'connection-closed' } });
});

it('a body that was handed out stays as it was', () => {
  const reader = createResponseReader({ method: 'GET', headerLimit: 1000 });
  reader.push(Buffer.from(`${ok('A: b')}abc`));
  const early = reader.response()?.body ?? new Uint8Array(0);
  reader.push(Buffer.from('d'.repeat(1000)));
  expect(Buffer.from(early).toString()).toBe('abc');
});

const folder = 'test/fixtures/http-response';
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.http'))
  .map((name) => ({
    name,
    bytes: Uint8Array.from(readFileSync(`${folder}/${name}`)),
    ...(JSON.parse(readFileSync(`${folder}/${name.replace('.http', '.json')}`, 'utf8')) as {
      readonly asked: Asked;
      readonly seen: object;
    }),
  }));

describe('a recorded answer', () => {
  it.each(fixtures)('$name', ({ bytes, asked, seen }) => {
    expect(read(bytes, asked)).toEqual(seen);
  });

  it.each(fixtures)('$name cut at any byte says no more than came, and is whole no earlier', ({ bytes, asked }) => {
    const options = { ...asked, closed: false };
    const full = read(bytes, { ...asked, closed: true });
    let before = 0;
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);
      const open = read(cut, options);
      const rank = ['head', 'body', 'whole', 'broken'].indexOf(open.state);
      expect(rank, `at ${length}`).toBeGreaterThanOrEqual(before);
      before = rank;
      expect(full.response?.headers?.slice(0, open.response?.headers?.length ?? 0)).toMatchObject(
        // A fold may still add to the last one.
        (open.response?.headers ?? []).map(({ name, value }) => ({
          name,
          value: expect.stringMatching(prefixOf(value)),
        })),
      );
      expect(full.response?.body?.startsWith(open.response?.body ?? '')).toBe(true);
      const closed = read(cut, { ...asked, closed: true });
      if (open.state === 'whole' || open.state === 'broken') expect(closed).toEqual(open);
      else if (open.response?.framing === 'close') expect(closed.state).toBe('whole');
      else expect(closed.problem?.code).toBe(length === 0 ? 'connection-closed' : 'incomplete-answer');
    }
  });
});

function prefixOf(value: string): RegExp {
  return new RegExp(`^${value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`);
}

const pieces = [
  ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.0 404 Not Found\n', 'HTTP/1.1 103 x\r\n\r\n', 'HTTP/1.1 204\r\n', 'HTTP/1.1 '],
  ...['Content-Length: 5\r\n', 'Content-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n', 'Connection: close\r\n'],
  ...['Server: nginx\r\n', 'Content-Encoding: gzip\r\n', 'Transfer-Encoding: gzip\r\n', ' folded\r\n', 'a b: c\r\n'],
  ...['\r\n', '\r\n', '\r\n', '\n', '\r', '\0', ' ', ':', ',', ';', '0\r\n\r\n', '5\r\nhello\r\n', '3;x\r\nabc\r\n'],
  ...['ffffffffffffffff\r\n', 'hello', '\xff', '1\n', '__proto__: x\r\n', '<html>'],
].map((piece) => Uint8Array.from(Buffer.from(piece, 'latin1')));

/** Answers, most of them mutilated, made of pieces of real ones. */
const answers = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.uint8Array({ maxLength: 9 })), {
    maxLength: 12,
  })
  .map((parts) => Uint8Array.from(Buffer.concat(parts)));
const likely = fc
  .tuple(fc.constantFrom(...fixtures.map(({ bytes }) => bytes)), fc.nat(), fc.nat(255))
  .map(([bytes, at, byte]) => bytes.with(at % bytes.length, byte));
const options = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'CONNECT'),
  headerLimit: fc.constantFrom(16, 64, 200, 16_384),
  closed: fc.boolean(),
});

describe('any bytes', () => {
  it('mean the same however they are cut', () => {
    fc.assert(
      fc.property(fc.oneof(answers, likely), options, fc.array(fc.nat(40), { maxLength: 40 }), (bytes, asked, cuts) => {
        const whole = read(bytes, asked);
        expect(read(bytes, { ...asked, pieces: cuts })).toEqual(whole);
        expect(read(bytes, { ...asked, pieces: Array.from(bytes, () => 1) })).toEqual(whole);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throw, and are counted', { timeout: 120_000 }, () => {
    const random = randomOf(0x5eed);
    const states: Record<string, number> = {};
    for (let run = 0; run < 100_000; run += 1) {
      const bytes = run % 4 === 0 ? mutated(random) : Buffer.concat([...ofPieces(random)]);
      const asked = { method: run % 7 === 0 ? 'HEAD' : 'GET', headerLimit: 16 << random(12), closed: run % 2 === 0 };
      const reader = createResponseReader(asked);
      const cut = random(bytes.length + 1);
      reader.push(bytes.subarray(0, cut));
      reader.push(bytes.subarray(cut));
      if (asked.closed) reader.end();
      const response = reader.response();
      const { state, problem } = reader;
      states[state] = (states[state] ?? 0) + 1;
      const isSound =
        (problem !== undefined) === (state === 'broken') &&
        (problem?.detail.length ?? 0) < 400 &&
        (response?.whole ?? false) === (state === 'whole') &&
        (response === undefined || sum(response) <= bytes.length) &&
        (!asked.closed || state === 'whole' || state === 'broken');
      if (!isSound) expect.fail(JSON.stringify([asked, cut, Buffer.from(bytes).toString('latin1'), problem, response]));
    }
    // A generator that only ever makes one of them would prove little.
    for (const state of ['head', 'body', 'whole', 'broken']) expect(states[state]).toBeGreaterThan(500);
  });
});

function sum({
  headerBytes,
  bodyBytes,
  extraBytes,
}: Record<'headerBytes' | 'bodyBytes' | 'extraBytes', number>): number {
  return headerBytes + bodyBytes + extraBytes;
}

function* ofPieces(random: (below: number) => number): Generator<Uint8Array> {
  const some = (from: number, count: number) => pieces[from + random(count)] ?? new Uint8Array(0);
  if (random(8) > 0) yield some(0, 3);
  for (let count = random(3); count > 0; count -= 1) yield some(5, 6);
  if (random(4) > 0) yield Uint8Array.of(0x0d, 0x0a);
  for (let count = random(6); count > 0; count -= 1) {
    const piece = some(0, pieces.length);
    yield random(8) === 0 ? piece.subarray(random(piece.length)) : piece;
  }
}

function mutated(random: (below: number) => number): Uint8Array {
  const bytes = fixtures[random(fixtures.length)]?.bytes.slice() ?? new Uint8Array(0);
  for (let count = random(3); count > 0; count -= 1) bytes[random(bytes.length)] = random(256);
  return bytes.subarray(0, random(3) === 0 ? random(bytes.length) : bytes.length);
}

/** xorshift32: seeded, so that a failure can be repeated. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('linear cost', () => {
  // No clock: a linear reader needs milliseconds for these, a quadratic one hours, which the time limit of a test ends.
  const headerLimit = 4_000_000;
  const fill = (begin: string, piece: string, end: string) =>
    Buffer.from(begin + piece.repeat(Math.floor(1_000_000 / piece.length)) + end, 'latin1');

  it.each([
    ['a body', fill(ok('A: b'), 'x', ''), 'body'],
    ['small chunks', fill(chunked, '1\r\na\r\n', '0\r\n\r\n'), 'whole'],
    ['small headers', fill('HTTP/1.1 200 OK\r\n', 'a:\n', '\r\n'), 'body'],
    ['one header', fill('HTTP/1.1 200 OK\r\nA: ', 'x', ''), 'head'],
    ['one header of blanks', fill('HTTP/1.1 200 OK\r\nA: ', ' ', 'x\r\n\r\n'), 'body'],
    ['one header with blanks', fill('HTTP/1.1 200 OK\r\nA: ', 'a  ', '\r\n\r\n'), 'body'],
    ['folded lines', fill('HTTP/1.1 200 OK\r\nA: b\r\n', ' \r\n', '\r\n'), 'body'],
    ['Connection headers', fill('HTTP/1.1 200 OK\r\n', 'Connection: a\r\n', '\r\n'), 'body'],
    ['one Connection header', fill('HTTP/1.1 200 OK\r\nConnection: ', 'a, ', '\r\n\r\n'), 'body'],
    ['Content-Length headers', fill('HTTP/1.1 200 OK\r\n', 'Content-Length: 5\r\n', '\r\n'), 'body'],
    ['one Content-Length', fill('HTTP/1.1 200 OK\r\nContent-Length: ', '0', '5\r\n\r\n'), 'body'],
    ['transfer codings', fill('HTTP/1.1 200 OK\r\nTransfer-Encoding: ', 'x,', 'chunked\r\n\r\n'), 'body'],
    ['trailers', fill(`${chunked}0\r\n`, 'a: b\r\n', '\r\n'), 'whole'],
    ['what is behind the end', fill(ok('Content-Length: 0'), 'x', ''), 'whole'],
    ['garbage', fill('', 'x', ''), 'broken'],
  ])('for 1 MB of %s, in single bytes and at once', (_, bytes, state) => {
    for (const step of [bytes.length, 1]) {
      const reader = createResponseReader({ method: 'GET', headerLimit });
      for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
      expect(reader.state).toBe(state);
      expect(reader.received).toBe(bytes.length);
    }
  });
});
