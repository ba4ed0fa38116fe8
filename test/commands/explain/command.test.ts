import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCommandWord } from '../../../src/cli/command-words.js';
import type { ExplainFacts } from '../../../src/commands/explain/facts.js';
import { catalogue } from '../../../src/commands/index.js';
import type { Finding } from '../../../src/model/finding.js';
import { rgDiag, shell } from '../../cli/run.js';
import { explained } from './explained.js';
import { stated1xxx, stated5xx } from './stated-facts.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rg-diag-explain-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Report {
  readonly target: string;
  readonly verdict: string;
  readonly facts: ExplainFacts;
  readonly findings: readonly Finding[];
}

async function reports(
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<{ exit: unknown; reports: Report[] }> {
  const { stdout, stderr, exit } = await rgDiag(['explain', '--json', ...args], input === undefined ? {} : { input });
  expect(stderr).toBe('');
  return { exit, reports: JSON.parse(stdout).reports };
}

const kinds = ({ facts }: Report) =>
  facts.kind === 'explained' ? facts.readings.map(({ kind }) => kind) : [facts.kind];

const page =
  '<!DOCTYPE html><html><head><title>example.com | 522: Connection timed out</title></head><body>' +
  '<div id="cf-error-details"><span class="cf-error-code">522</span> Visit <a href="https://www.cloudflare.com/">Cloudflare</a>' +
  '<span>Ray ID: <strong class="font-semibold">9d1f2c3b4a5e6f70</strong></span></div>';

const json = JSON.stringify({
  title: 'Error 1015: Rate limited',
  status: 429,
  error_code: 1015,
  error_category: 'rate_limit',
  ray_id: '9d1f2c3b4a5e6f70',
  zone: 'www.example.com',
  cloudflare_error: true,
  retryable: true,
  retry_after: 17,
});

describe('rg-diag explain', () => {
  it('explains every code in one run, and answers with 0', async () => {
    const codes = [...stated5xx, ...stated1xxx].map(({ code }) => String(code));
    const { exit, reports: all } = await reports(codes);
    expect(exit).toBe(0);
    expect(all.map(({ target }) => target)).toEqual(codes);
    for (const { target, verdict, findings } of all) {
      expect(verdict, target).toBe('ok');
      expect(findings[0]?.says, target).toMatch(new RegExp(`^Cloudflare error ${target}\\b`));
      // What is said in the process is what the program says.
      expect(findings, target).toEqual(explained(target).findings);
    }
  });

  it('takes several words that make one together, and others one by one', async () => {
    const one = await reports(['error', '522']);
    expect(one.reports.map(({ target }) => target)).toEqual(['error 522']);
    const header = await reports(['CF-Cache-Status:', 'MISS']);
    expect(header.reports.map(kinds)).toEqual([['cache-status']]);
    const several = await reports(['522', 'HIT', 'curl: (52) Empty reply from server']);
    expect(several.reports.map(kinds)).toEqual([['edge-error'], ['cache-status'], ['symptom']]);
  });

  it('answers with 3 where it does not know, and says what it knows', async () => {
    const { exit, reports: all } = await reports(['529', '522', 'MIS', 'nonsense and more']);
    expect(exit).toBe(3);
    expect(all.map(({ verdict }) => verdict)).toEqual(['unknown', 'ok', 'unknown', 'unknown']);
    expect(all[0]?.facts).toMatchObject({ kind: 'unrecognised', code: 529, nearest: '530' });
    expect(all[2]?.facts).toMatchObject({ kind: 'unrecognised', nearest: 'MISS' });
    for (const report of [all[0], all[2], all[3]]) {
      expect(report?.findings).toMatchObject([{ rule: 'explain/recognised', status: 'broken', code: 'malformed' }]);
      expect(report?.findings[0]?.remedy).toContain('CF-Cache-Status');
    }
  });

  it.each([
    ['an error page', page, ['edge-error', 'ray'], '522'],
    ['an error as JSON', json, ['edge-error', 'ray'], '1015'],
    ['the same, compressed', gzipSync(json), ['edge-error', 'ray'], '1015'],
    ['a line', 'error code: 1003\n', ['edge-error'], '1003'],
    [
      'an answer with its head',
      `HTTP/2 522 \r\nserver: cloudflare\r\n\r\n${page}`,
      ['edge-error', 'ray', 'header'],
      '522',
    ],
    [
      'a log with one line that matters',
      `nothing\n\nmemcached: connection failed\nnothing\n`,
      ['listener-line'],
      'memcached',
    ],
  ])('reads %s from a file and from a pipe', async (name, content, wanted, says) => {
    const path = file(`${name}.txt`, content);
    const fromFile = await reports(['-i', path]);
    expect([fromFile.exit, ...fromFile.reports.map(kinds)]).toEqual([0, wanted]);
    expect(fromFile.reports[0]?.findings[0]?.says).toContain(says);
    for (const args of [['-i', '-'], ['-'], []]) {
      const piped = await reports(args, content);
      expect([piped.exit, ...piped.reports.map(kinds)]).toEqual([0, wanted]);
    }
  });

  it('waits as long as the page says', async () => {
    const { reports: all } = await reports([json]);
    expect(all[0]?.findings.find(({ rule }) => rule === 'explain/retry')?.says).toBe(
      '1015 may pass: try again after 17 s',
    );
  });

  it('explains a page with a code that no source has by what the page says', async () => {
    const text = json.replace('1015,', '10028,').replace('Error 1015: Rate limited', 'Error 10028: Something new');
    const { exit, reports: all } = await reports([text]);
    expect(exit).toBe(0);
    expect(all[0]?.findings[0]?.says).toBe(
      'Cloudflare error 10028: no source explains this code; the page calls it “Error 10028: Something new”; also CF-RAY 9d1f2c3b4a5e6f70: it names one request, to the visitor and to the origin alike; it is not guaranteed to be unique, and Cloudflare support asks for it',
    );
    expect((await reports(['10028'])).exit).toBe(3);
  });

  it('finds the status of an answer that is not listed', async () => {
    const { exit, reports: all } = await reports([], 'HTTP/1.1 599 x\r\nserver: x\r\n\r\nbody\r\n');
    expect(exit).toBe(3);
    expect(all[0]?.facts).toMatchObject({ kind: 'unrecognised', code: 599 });
  });

  it('works in a pipe of the shell', async () => {
    const { stdout, exit } = await shell(`printf 'HTTP/1.1 521 x\\r\\n' | rg-diag explain -f nagios`);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^RG-DIAG EXPLAIN OK - standard input: Cloudflare error 521 \(web server is down\)/);
  });

  it.each(['text', 'json', 'ndjson', 'nagios', 'prometheus'])('answers in the format %s', async (format) => {
    const { stdout, stderr, exit } = await rgDiag(['explain', '-f', format, '522', '1016', 'HIT']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).not.toBe('');
    if (format === 'prometheus') expect(stdout).toContain('rg_diag_success');
  });

  it('shows the source of every statement where it is asked to', async () => {
    const { stdout } = await rgDiag(['explain', '-v', '522']);
    expect(stdout).toMatch(/Statement +Source/);
    expect(stdout).toContain('@cbc4445');
    expect((await rgDiag(['explain', '522'])).stdout).not.toMatch(/Statement +Source/);
  });

  it('says which file cannot be read', async () => {
    const { exit, reports: all } = await reports(['-i', join(folder, 'missing')]);
    expect(exit).toBe(3);
    expect(all[0]?.findings).toMatchObject([{ rule: 'explain/readable', status: 'broken', code: 'file-not-found' }]);
  });

  it.each([
    ['', 2, 'fail'],
    ['--timeout-result unknown', 3, 'broken'],
  ])('counts a writer that hangs as it is told to (%s)', async (options, exit, status) => {
    const ran = await shell(`(echo 522; exec sleep 3) | rg-diag explain -t 0.2 --json ${options}`);
    expect(ran.exit).toBe(exit);
    const [{ findings }] = JSON.parse(ran.stdout).reports;
    expect(findings).toMatchObject([{ rule: 'explain/readable', status, code: 'timeout' }]);
    expect(findings[0].remedy).toContain('--timeout');
  });

  it('reads standard input once', async () => {
    const { exit, stderr } = await rgDiag(['explain', '-', '-i', '-']);
    expect(exit).toBe(64);
    expect(stderr).toContain('only once');
  });

  it('takes a list of targets', async () => {
    const list = file('list', '# codes\n522\n\nHIT\n');
    const { reports: all } = await reports(['--targets', list]);
    expect(all.map(kinds)).toEqual([['edge-error'], ['cache-status']]);
  });
});

describe('hostile input', () => {
  it.each([
    ['zeros', Buffer.alloc(10e6)],
    ['lines', Buffer.from('error 522 error 520 \n'.repeat(500_000))],
    ['one line', Buffer.from('error 522 '.repeat(1_000_000))],
    ['escape sequences', Buffer.from('\u001b[2J\u001b]0;x\u0007 \u202e HTTP/1.1 522 \n'.repeat(250_000))],
    ['bytes that are no text', Buffer.from(Array.from({ length: 10e6 }, (_, i) => (i * 7919) % 256))],
    ['compressed zeros', gzipSync(Buffer.alloc(100e6))],
  ])('of 10 MB of %s is bounded in what comes out of it', async (name, content) => {
    const path = file(name, content);
    const { stdout, exit } = await rgDiag(['explain', '--json', '-i', path]);
    expect([0, 3]).toContain(exit);
    expect(stdout.length).toBeLessThan(100_000);
    const [{ facts }] = JSON.parse(stdout).reports;
    expect(facts.truncated).toBe(true);
    expect(facts.text.length).toBeLessThanOrEqual(100);
  });

  it('reaches no terminal unescaped', async () => {
    const { stdout } = await rgDiag(['explain', 'curl: (52) \u001b[31mEmpty\u202e\u0007 reply', '\u001b]0;x\u0007']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('is cut where it is kept', async () => {
    const { reports: all } = await reports([`curl: (52) ${'x'.repeat(100_000)}`]);
    expect(JSON.stringify(all).length).toBeLessThan(20_000);
  });
});

describe('the commands that it names', () => {
  it('are there, with the options that are named', async () => {
    const commands = new Map(
      await Promise.all(catalogue.map(async (row) => [row.name, (await row.load()).command] as const)),
    );
    const texts = [...stated5xx, ...stated1xxx].map(({ code }) => explained(`error ${code}`).all);
    const more = ['Cf-Railgun: direct', 'STALE', 'cf-mitigated: challenge', 'curl: (47)', '230b030023ae2822', '429'];
    const named = [...texts, ...more.map((text) => explained(text).all)]
      .flatMap((text) => text.match(/rg-diag [a-z]+(?: [^\s("\\]+)*/g) ?? [])
      .map((line) => withCommandWord(line.split(' ').slice(1), catalogue));
    expect(named.length).toBeGreaterThan(50);
    for (const [name = '', ...words] of named) {
      const command = commands.get(name);
      expect(command, name).toBeDefined();
      const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      const known = command?.options.map(({ long }) => long) ?? [];
      expect(options.filter((option) => !known.includes(option))).toEqual([]);
    }
  });
});
