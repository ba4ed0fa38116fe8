import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trace } from '../../src/decoders/trace.js';

/** Captured answers, addresses replaced. */
const captured2020 = `fl=202f30
h=cloudflare.com
ip=192.0.2.10
ts=1584600000.123
visit_scheme=https
uag=curl/7.64.1
colo=SJC
http=http/2
loc=US
tls=TLSv1.3
sni=plaintext
warp=off
`;
const keys2026 = 'fl h ip ts visit_scheme uag colo sliver http loc tls sni warp gateway rbi kex'.split(' ');

describe('the body of a trace', () => {
  it('is read key by key, in its order', () => {
    const { ok, facts, fields } = trace.decode(captured2020);
    expect(ok).toBe(true);
    expect(facts.order).toEqual([
      'fl',
      'h',
      'ip',
      'ts',
      'visit_scheme',
      'uag',
      'colo',
      'http',
      'loc',
      'tls',
      'sni',
      'warp',
    ]);
    expect(facts.trace).toMatchObject({ fl: '202f30', uag: 'curl/7.64.1', colo: 'SJC', warp: 'off' });
    for (const field of fields) expect(captured2020.slice(field.start, field.end)).toBe(field.text);
    expect(Object.fromEntries(fields.map(({ name, text }) => [name, text]))).toEqual(facts.trace);
  });

  it.each([
    ['splits at the first =', 'colo=AMS\nuag=a=b;c==\n', { colo: 'AMS', uag: 'a=b;c==' }],
    ['takes CRLF', 'fl=1f2\r\ncolo=AMS\r\n', { fl: '1f2', colo: 'AMS' }],
    ['takes blank lines before it and between', '\n\r\n  \nfl=1f2\n\ncolo=AMS', { fl: '1f2', colo: 'AMS' }],
    ['takes an end without LF', 'fl=1f2\ncolo=AMS', { fl: '1f2', colo: 'AMS' }],
    ['keeps empty values', 'uag=\ncolo=AMS\n', { uag: '', colo: 'AMS' }],
    ['ignores lines without = and empty keys', 'nothing\n=x\ncolo=AMS\n', { colo: 'AMS' }],
    ['keeps keys that nobody knows', 'colo=AMS\nfuture=1\n', { colo: 'AMS', future: '1' }],
    ['ignores a byte order mark', '\ufefffl=1f2\ncolo=AMS\n', { fl: '1f2', colo: 'AMS' }],
  ])('%s', (_, body, expected) => {
    const decoded = trace.decode(body);
    expect(decoded.ok).toBe(true);
    expect(decoded.facts.trace).toEqual(expected);
  });

  it('keeps the first of two values of a key, and notes the other', () => {
    const { facts } = trace.decode('colo=AMS\nip=192.0.2.1\nip=192.0.2.2\n');
    expect(facts.trace).toEqual({ colo: 'AMS', ip: '192.0.2.1' });
    expect(facts.duplicates).toEqual([{ key: 'ip', value: '192.0.2.2' }]);
  });

  it('keeps the order where keys look like numbers, and takes no key for more than a key', () => {
    const { facts } = trace.decode('z=1\n10=a\n2=b\n__proto__=p\nconstructor=c\ncolo=AMS\n');
    expect(facts.order).toEqual(['z', '10', '2', '__proto__', 'constructor', 'colo']);
    expect(JSON.parse(JSON.stringify(facts.trace))).toEqual(
      JSON.parse('{"z":"1","10":"a","2":"b","__proto__":"p","constructor":"c","colo":"AMS"}'),
    );
  });

  it.each([
    ['nothing', '', 0],
    ['blanks', ' \n ', 0],
    ['HTML', '<!doctype html><p>colo=AMS', 0],
    ['HTML with values on lines of their own', '  <html>\ncolo=AMS\n', 2],
    ['JSON', '{"colo":"AMS"}', 0],
    ['no data centre', 'fl=1f2\nh=example.com\n', 0],
    ['a data centre that is no code', 'fl=1f2\ncolo=Amsterdam\n', 0],
  ])('is not %s', (_, body, at) => {
    const decoded = trace.decode(body);
    expect(decoded).toMatchObject({ ok: false, at, field: 'colo', failure: { code: 'malformed' } });
  });

  it('reads back whatever keys and values a body is made of', () => {
    const word = fc.stringMatching(/^[^\s=<\ufeff][^\r\n=]{0,20}$/);
    const value = fc.stringMatching(/^[^\r\n]{0,40}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, value), { selector: ([key]) => key }), (rows) => {
        const others = rows.filter(([key]) => key !== 'colo');
        const body = [...others, ['colo', 'AMS']].map(([key, text]) => `${key}=${text}\n`).join('');
        const { ok, facts } = trace.decode(body);
        expect(ok).toBe(true);
        expect(facts.order).toEqual([...others.map(([key]) => key), 'colo']);
        expect(Object.entries(facts.trace ?? {}).length).toBe(others.length + 1);
        for (const [key, text] of others) expect(facts.trace?.[key]).toBe(text);
      }),
    );
  });

  it('is the same with every key of today', () => {
    const body = keys2026.map((key) => `${key}=${key === 'colo' ? 'TPE' : key}\n`).join('');
    expect(trace.decode(body).facts.order).toEqual(keys2026);
  });

  it('never throws, and stops within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const decoded = trace.decode(text);
        if (!decoded.ok) expect(decoded.at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
