import { describe, expect, it } from 'vitest';
import { createLogExtractor, type LogExtractOptions } from '../../src/decoders/log-extract.js';

const asOf = Date.parse('2026-11-21T12:00:00Z');

/** A log that is given from its end to its beginning, in blocks of so many bytes. */
function extractOf(log: string | Uint8Array, options: Partial<LogExtractOptions> = {}, block = 1 << 20) {
  const bytes = Buffer.from(log);
  const extractor = createLogExtractor({ asOf, most: 1_000_000, ...options });
  let given = 0;
  for (let end = bytes.length; end > 0; ) {
    const start = Math.max(0, end - block);
    given += 1;
    const isWanted = extractor.before(bytes.subarray(start, end), start === 0);
    end = start;
    if (!isWanted) break;
  }
  return { ...extractor.finish(), given };
}

const own = (time: string, text: string) => `${time} www rg-listener: ${text}\n`;
const other = (time: string, text: string) => `${time} www nginx[7]: ${text}\n`;

const mixed = [
  other('2026-11-21T10:00:00Z', 'a request to railgun.example.com'),
  own('2026-11-21T10:01:00Z', 'one'),
  '  goes on\n',
  'and on\n',
  other('2026-11-21T10:02:00Z', 'no'),
  '  goes on elsewhere\n',
  'Nov 21 10:03:00 www railgun[192.0.2.1:80]: two\n',
  '<14>1 2026-11-21T10:04:00Z www rg-listener 12 - - three\n',
  '{"__REALTIME_TIMESTAMP":"1795255500000000","SYSLOG_IDENTIFIER":"railgun","MESSAGE":"four"}\n',
  '{"__REALTIME_TIMESTAMP":"1795255500000000","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"railgun"}\n',
].join('');

describe('the extract of a log', () => {
  it('has the lines of rg-listener in every form, with what belongs to them, and no others', () => {
    const { text, lines, cut } = extractOf(mixed);
    expect(text.split('\n').map((line) => /one|two|three|four|goes on.*|and on/.exec(line)?.[0] ?? line)).toEqual([
      ...['one', 'goes on', 'and on', 'two', 'three', 'four', ''],
    ]);
    expect([lines, cut]).toEqual([6, false]);
  });

  it('is the same in whatever blocks it is given', () => {
    const whole = extractOf(mixed).text;
    for (let block = 1; block <= mixed.length; block += 1)
      expect([block, extractOf(mixed, {}, block).text]).toEqual([block, whole]);
  });

  it('of every beginning and every end of a log is a part of that of the whole', () => {
    const whole = extractOf(mixed).text;
    for (let at = 0; at < mixed.length; at += 1) {
      for (const line of extractOf(mixed.slice(0, at), {}, 50).text.split('\n')) expect(whole).toContain(line);
    }
  });

  it('begins where it is to begin, and nothing before that is asked for', () => {
    const log = Array.from({ length: 1000 }, (_, index) =>
      own(new Date(asOf - (1000 - index) * 60_000).toISOString(), `line ${index}`),
    ).join('');
    const { text, given } = extractOf(log, { since: asOf - 10 * 60_000 }, 1000);
    expect(text.match(/line \d+/g)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${990 + index}`));
    expect(given).toBeLessThan(5);
  });

  it('is its last lines where there are too many', () => {
    const log = Array.from({ length: 1000 }, (_, index) => own('2026-11-21T11:00:00Z', `line ${index}`)).join('');
    const { text, cut, given } = extractOf(log, { most: 500 }, 1000);
    expect(cut).toBe(true);
    expect(text.length).toBeLessThanOrEqual(500);
    expect(text.endsWith('line 999\n')).toBe(true);
    expect(text.startsWith('2026-')).toBe(true);
    expect(given).toBeLessThan(4);
  });

  it('keeps what rg-listener has written without syslog', () => {
    const log = '2026/11/21 11:00:00 started\nfailed to connect\n';
    expect(extractOf(log).text).toBe(log);
  });

  it('leaves out what is no line, however long it is', () => {
    const long = own('2026-11-21T11:00:00Z', 'x'.repeat(300_000));
    const [before, behind] = [own('2026-11-21T10:59:00Z', 'before'), own('2026-11-21T11:01:00Z', 'behind')];
    for (const block of [1000, 65_536, 70_000, 1 << 20]) {
      const { text } = extractOf(before + long + behind, {}, block);
      expect([block, text.match(/before|behind/g)]).toEqual([block, ['before', 'behind']]);
    }
    expect(extractOf(Buffer.alloc(5_000_000), {}, 65_536).text).toBe('');
  });

  it('of what is no UTF-8 is read as ISO 8859-1', () => {
    const log = Buffer.concat([Buffer.from('2026-11-21T11:00:00Z www rg-listener: caf'), Buffer.from([0xe9, 10])]);
    expect(extractOf(log).text).toContain('café\n');
  });

  it('of nothing is nothing', () => {
    expect(extractOf('')).toEqual({ text: '', lines: 0, cut: false, given: 0 });
    expect(createLogExtractor({ asOf, most: 10 }).before(new Uint8Array(0), true)).toBe(true);
  });
});
