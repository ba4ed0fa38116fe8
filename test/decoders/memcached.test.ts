import { describe, expect, it } from 'vitest';
import {
  byClass,
  createReplyEnd,
  type MemcachedReply,
  mayBecomeReply,
  memcachedReply,
  numberOf,
} from '../../src/decoders/memcached.js';
import { memcachedPassword } from '../../src/decoders/memcached-auth-file.js';

const stats = 'STAT pid 12\r\nSTAT version 1.6.18\r\nSTAT rusage_user 0.007781\r\nSTAT evictions on\r\nEND\r\n';

describe('an answer of memcached', () => {
  it.each<[text: string, reply: MemcachedReply]>([
    ['VERSION 1.6.18\r\n', { kind: 'version', version: '1.6.18' }],
    ['VERSION 1.4.0\n', { kind: 'version', version: '1.4.0' }],
    ['STORED\r\n', { kind: 'stored' }],
    ['ERROR\r\n', { kind: 'error', error: 'ERROR', line: 'ERROR' }],
    ['ERROR Too many open connections\r\n', { kind: 'error', error: 'ERROR', line: 'ERROR Too many open connections' }],
    [
      'CLIENT_ERROR unauthenticated\r\n',
      { kind: 'error', error: 'CLIENT_ERROR', line: 'CLIENT_ERROR unauthenticated' },
    ],
    ['SERVER_ERROR out of memory\r\n', { kind: 'error', error: 'SERVER_ERROR', line: 'SERVER_ERROR out of memory' }],
    ['END\r\n', { kind: 'values', values: {}, complete: true, line: 'END' }],
    [
      stats,
      {
        kind: 'values',
        values: { pid: 12, version: '1.6.18', rusage_user: 0.007781, evictions: 'on' },
        complete: true,
        line: 'END',
      },
    ],
    [
      'STAT a 1\r\nSERVER_ERROR out of memory writing stats\r\n',
      { kind: 'values', values: { a: 1 }, complete: false, line: 'SERVER_ERROR out of memory writing stats' },
    ],
    ['HTTP/1.1 400 Bad Request\r\n', { kind: 'foreign', line: 'HTTP/1.1 400 Bad Request', peer: 'an HTTP server' }],
    ['<html>\r\n', { kind: 'foreign', line: '<html>', peer: 'an HTTP server' }],
    ['SSH-2.0-OpenSSH_9.2\r\n', { kind: 'foreign', line: 'SSH-2.0-OpenSSH_9.2', peer: 'an SSH server' }],
    ['-ERR unknown command\r\n', { kind: 'foreign', line: '-ERR unknown command', peer: 'a Redis or POP3 server' }],
    ['220 mail ESMTP\r\n', { kind: 'foreign', line: '220 mail ESMTP', peer: 'a mail or FTP server' }],
    ['ERRORS\r\n', { kind: 'foreign', line: 'ERRORS', peer: undefined }],
    ['', { kind: 'foreign', line: '', peer: undefined }],
  ])('%j', (text, reply) => {
    expect(memcachedReply(text)).toEqual(reply);
  });

  it.each<[text: string, value: number | string]>([
    ['0', 0],
    ['-1', -1],
    ['1.25', 1.25],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['18446744073709551615', '18446744073709551615'],
    ['0755', '0755'],
    ['1e3', '1e3'],
    ['', ''],
    ['a b c', 'a b c'],
    ['9'.repeat(500), '9'.repeat(500)],
  ])('has the value %j as %j', (text, value) => {
    expect(memcachedReply(`STAT x ${text}\r\nEND\r\n`)).toMatchObject({ values: { x: value } });
  });

  it.each([
    ['0.007781', 0.007781],
    ['12:000345', 12.000345],
  ])('has processor time %s in seconds', (text, seconds) => {
    expect(memcachedReply(`STAT rusage_system ${text}\r\nEND\r\n`)).toMatchObject({
      values: { rusage_system: seconds },
    });
  });

  it('may have names that mean something to JavaScript', () => {
    const reply = memcachedReply('STAT __proto__ 0\r\nSTAT __proto__ 1\r\nSTAT constructor 2\r\nSTAT \r\nEND\r\n');
    const values = reply.kind === 'values' ? Object.entries(reply.values) : [];
    expect(values).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['', ''],
    ]);
    expect({}).not.toHaveProperty('1');
  });

  it('is not read past its end', () => {
    const reply = memcachedReply('STAT a 1\r\nEND\r\nSTAT b 2\r\nEND\r\n');
    expect(reply).toEqual({ kind: 'values', values: { a: 1 }, complete: true, line: 'END' });
  });

  it('can be cut anywhere', () => {
    const whole = memcachedReply(stats);
    const names = whole.kind === 'values' ? Object.keys(whole.values) : [];
    for (let length = 0; length < stats.length - 2; length += 1) {
      const reply = memcachedReply(stats.slice(0, length));
      if (reply.kind !== 'values') continue;
      expect(reply.complete).toBe(reply.line === 'END');
      expect(
        names.some((name) => name.startsWith(Object.keys(reply.values).at(-1) ?? '')),
        `at ${length}`,
      ).toBe(true);
    }
  });
});

describe('the end of an answer', () => {
  it.each([
    [`${stats}VERSION 1\r\n`, stats.length],
    ['VERSION 1\r\nVERSION 2\r\n', 11],
    ['END\r\nSTAT a 1\r\n', 5],
    ['STAT a 1\r\nERROR\r\nSTAT b 1\r\n', 17],
    ['STAT a 1\r\n', undefined],
    ['VERSION 1', undefined],
    ['x'.repeat(4095), undefined],
    ['x'.repeat(4096), 4096],
    [`STAT ${'x'.repeat(5000)}`, 5005],
  ])('of %j is found at %s, at once and byte by byte', (text, length) => {
    const bytes = Buffer.from(text);
    expect(createReplyEnd()(bytes)).toBe(length);
    const end = createReplyEnd();
    let found: number | undefined;
    for (let count = 1; count <= bytes.length && found === undefined; count += 1) found = end(bytes.subarray(0, count));
    expect(found).toBe(length === 5005 ? 4096 : length);
  });

  it('is found in linear time, though the bytes come one by one', () => {
    const bytes = Buffer.from('STAT a 1\r\n'.repeat(20_000));
    const end = createReplyEnd();
    // Scanning all of it each time would be 2 * 10^10 steps.
    const lengths = new Set<number | undefined>();
    for (let count = 1; count <= bytes.length; count += 1) lengths.add(end(bytes.subarray(0, count)));
    expect([...lengths]).toEqual([undefined]);
  });
});

it('the beginning of an answer is told from what can be none', () => {
  for (const text of ['V', 'VERS', 'VERSION 1.6', 'STAT', 'STAT a', 'EN', 'S', 'CLIENT_']) {
    expect([text, mayBecomeReply(text)]).toEqual([text, true]);
  }
  for (const text of ['', 'H', 'HTTP', 'SSH-', 'STAX', '\x15\x03']) {
    expect([text, mayBecomeReply(text)]).toEqual([text, false]);
  }
});

it('items and slabs are sorted by their class', () => {
  const values = { 'items:5:number': 4, 'items:5:age': 7, '12:chunk_size': 944, active_slabs: 1, 'x:1:y': 3 };
  expect(byClass(values)).toEqual({ 5: { number: 4, age: 7 }, 12: { chunk_size: 944 } });
});

it('a number too large to be exact is still a number to compare with', () => {
  expect(numberOf('18446744073709551615')).toBe(2 ** 64);
  expect(numberOf('NULL')).toBeUndefined();
  expect(numberOf(undefined)).toBeUndefined();
});

it('never throws, whatever comes', () => {
  const parts = [
    'STAT ',
    'END',
    '\r',
    '\n',
    ' ',
    ':',
    '\0',
    '\x1b',
    '\u202e',
    'VERSION ',
    '0',
    '9',
    '-',
    '.',
    'items:1:',
  ];
  let seed = 7;
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed;
  };
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: next() % 12 }, () => parts[next() % parts.length]).join('');
    const reply = memcachedReply(text);
    if (reply.kind === 'values') expect(byClass(reply.values)).toBeTypeOf('object');
    const length = createReplyEnd()(Buffer.from(text));
    expect(length === undefined || length <= Buffer.byteLength(text)).toBe(true);
  }
});

describe("memcached's file of passwords", () => {
  it.each([
    ['ali:baba', 'ali baba'],
    ['ali:baba\nother:x\n', 'ali baba'],
    ['ali:ba:ba\r\n', 'ali ba:ba'],
    ['ali:pass word', 'ali pass word'],
  ])('%j', (text, words) => {
    const read = memcachedPassword(text);
    expect(read.ok && read.secret.reveal()).toBe(words);
  });

  it.each(['', '\n', 'no-colon', ':s3cret', 'ali:', 'al i:s3cret'])('%j is none, and not quoted', (text) => {
    const read = memcachedPassword(text);
    expect(read).toMatchObject({ ok: false, failure: { code: 'malformed' } });
    if (text.length > 3) expect(JSON.stringify(read)).not.toContain(text);
  });

  it('masks what it holds', async () => {
    const read = memcachedPassword('ali:baba');
    const { inspect } = await import('node:util');
    expect(JSON.stringify(read)).not.toContain('baba');
    expect(inspect(read, { depth: 9, showHidden: true })).not.toContain('baba');
    expect(read.ok && `${read.secret}`).toBe('***');
  });
});
