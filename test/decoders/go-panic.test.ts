import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGoPanics } from '../../src/decoders/go-panic.js';

const folder = 'test/fixtures/go-panic';
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({
    name,
    text: readFileSync(`${folder}/${name}`, 'utf8'),
    log: JSON.parse(readFileSync(`${folder}/${name.replace(/txt$/, 'json')}`, 'utf8')),
  }));

describe('what Go writes when a program crashes', () => {
  it.each(fixtures)('$name', ({ text, log }) => {
    expect(decodeGoPanics(text)).toEqual(log);
  });

  it.each(fixtures)('$name, cut anywhere, has no more crashes than the whole', ({ text, log }) => {
    for (let end = 0; end <= text.length; end += 1) {
      expect(decodeGoPanics(text.slice(0, end)).crashes).toBeLessThanOrEqual(log.crashes);
      expect(decodeGoPanics(text.slice(end)).crashes).toBeLessThanOrEqual(log.crashes);
    }
  });

  it('is the same crash whatever stands before it', () => {
    for (const { text, log } of fixtures) {
      const { last, crashes, lines } = decodeGoPanics(`hello\n${text}`);
      expect([crashes, lines]).toEqual([log.crashes, log.lines + 1]);
      expect(last).toEqual(log.last && { ...log.last, line: log.last.line + 1 });
    }
  });

  it.each([
    ['a query', 'panic: get https://example.com/a?session=8c1f0e failed', '8c1f0e'],
    ['a password', 'panic: get https://user:hunter2@example.com/ failed', 'hunter2'],
    ['a header', 'panic: bad request: Authorization: Bearer hunter2', 'hunter2'],
    ['a setting', 'fatal error: activation.token = hunter2', 'hunter2'],
    ['a token', 'panic: bad token 0123456789abcdef0123456789abcdef', '0123456789abcdef'],
  ])('shows nothing of %s', (_, text, secret) => {
    const shown = JSON.stringify(decodeGoPanics(text));
    expect(shown).toContain('***');
    expect(shown).not.toContain(secret);
  });

  it('shows nothing of lines that are no crash: the file may be any', () => {
    const text = 'activation.token = 0123456789abcdef0123456789abcdef\nroot:$6$aa/bb.cc$dd/ee:19000:0:99999:7:::\n';
    expect(decodeGoPanics(text)).toEqual({ lines: 2, crashes: 0, kinds: {}, memcached: 0, others: 2 });
  });

  it('tells what was survived from what ended the program, in any order', () => {
    const [served, ended] = ['2018/03/12 10:00:00 http: panic serving 198.51.100.7:1: a', 'panic: b'];
    for (const text of [`${served}\n${ended}`, `${ended}\n${served}\n\nmemcache.Get(0x1)\n`]) {
      const { crashes, kinds, memcached, last, lastServed } = decodeGoPanics(text);
      expect([crashes, kinds, memcached]).toEqual([1, { served: 1, panic: 1 }, 0]);
      expect([last?.message, lastServed?.message]).toEqual(['b', '198.51.100.7:1: a']);
    }
  });

  it('never throws, and bounds what it keeps', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'panic: ',
        'fatal error: ',
        'goroutine 1 [running]:',
        'main.f(0x1)',
        '\t/a.go:1',
        '[signal SIGSEGV: x]',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 600 }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { last, crashes, lines: count } = decodeGoPanics(lines.join('\n'));
        expect(crashes).toBeLessThanOrEqual(count);
        expect(last?.message.length ?? 0).toBeLessThanOrEqual(300);
        expect(last?.functions.length ?? 0).toBeLessThanOrEqual(5);
      }),
    );
  });

  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours.
  it.each([
    'a',
    '.',
    '(',
    '.(',
    'a.(',
    ')',
    'panic: ',
    'panic: \n',
    '\n',
    'main.f(\n',
    '?',
    '://',
    'goroutine 1 [',
    '\t',
    'a.b(c)\n',
  ])('takes 4 MB of %j behind a crash', (piece) => {
    expect(decodeGoPanics(`panic: x\n${piece.repeat(4e6 / piece.length)}`).crashes).toBeGreaterThan(0);
  });
});
