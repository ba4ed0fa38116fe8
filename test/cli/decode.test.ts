import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { validateRun as validate, validateLines } from '../schema.js';
import { rgDiag, shell } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const value = '151df128a1 2.05 0.009465 0031 5360';

const accessLine = (railgun: string) =>
  `192.0.2.7 - - [20/Nov/2026:12:00:00 +0000] "GET /shop HTTP/1.1" 200 512 "-" "curl/7.64.1" "${railgun}"\n`;

/** A log of three values and one that is not one, and what it comes to: counted by hand. */
const log = [
  accessLine(value),
  accessLine('-'),
  accessLine('4fd1682b12 0.06 0.050570 0030 5360'),
  accessLine('4fd1682b12 0.06 oops'),
  accessLine('direct (starting new WAN connection)'),
].join('');

const counted = {
  kind: 'log',
  lines: 5,
  values: 3,
  malformed: 1,
  malformedSamples: [{ line: 4, text: '4fd1682b12 0.06 oops' }],
  forms: { compressed: 2, direct: 1 },
  flagWords: { '0030': 1, '0031': 1 },
  flagBits: { 1: 1, 16: 2, 32: 2 },
  versions: { 5360: 2 },
  directReasons: { 'starting new WAN connection': 1 },
  ratioPercent: { count: 2, min: 0.06, p50: 0.06, p99: 2.05, max: 2.05 },
  originTimeSeconds: { count: 2, min: 0.009465, max: 0.05057 },
};

async function json(args: readonly string[], input?: string | Uint8Array) {
  const ran = await rgDiag([...args, '--json'], input === undefined ? {} : { input });
  expect(ran.stderr).toBe('');
  const envelope = JSON.parse(ran.stdout);
  expect(validate(envelope)).toEqual([]);
  expect(envelope.exitCode).toBe(ran.exit);
  return { exit: ran.exit, envelope, facts: envelope.reports.map((report: { facts: unknown }) => report.facts) };
}

describe('decode VALUE', () => {
  it('gives the facts of a header', async () => {
    const { exit, facts } = await json(['decode', value]);
    expect(exit).toBe(0);
    expect(facts).toEqual([
      {
        kind: 'value',
        asked: {},
        value,
        form: 'compressed',
        id: '151df128a1',
        ratioPercent: 2.05,
        savedPercent: 97.95,
        originTimeSeconds: 0.009465,
        flags: {
          hex: '0031',
          value: 0x31,
          set: [
            { bit: 1, name: 'map-ip', meaning: 'map.file used to change IP' },
            { bit: 16, name: 'sent-dictionary', meaning: 'rg-sender sent dictionary' },
            { bit: 32, name: 'found-dictionary', meaning: 'rg-listener found dictionary' },
          ],
          unknown: [],
        },
        version: '5360',
        compressionWorking: true,
      },
    ]);
  });

  it('gives one report for each value, and the worst decides', async () => {
    const { exit, envelope } = await json([
      'decode',
      value,
      'direct (internal error)',
      'rubbish',
      '230b030023ae2822-SJC',
    ]);
    expect(envelope.reports.map((report: { verdict: string }) => report.verdict)).toEqual([
      'ok',
      'warn',
      'unknown',
      'ok',
    ]);
    expect(exit).toBe(3);
  });

  it('keeps what could be read of a malformed value, and says where it is wrong', async () => {
    const { exit, facts } = await json(['decode', 'Cf-Railgun: 151df128a1 2.05 oops 0031']);
    expect(exit).toBe(3);
    expect(facts[0]).toMatchObject({
      kind: 'malformed',
      id: '151df128a1',
      ratioPercent: 2.05,
      field: 'originTimeSeconds',
      at: 'Cf-Railgun: 151df128a1 2.05 '.length,
      failure: { code: 'malformed', step: 'decode' },
    });
  });

  it('takes values from --targets, one a line, and never as files', async () => {
    const list = file('values.txt', `# two values\n${value}\n\n/etc/passwd\n`);
    const { exit, facts } = await json(['decode', '--targets', list]);
    expect(exit).toBe(3);
    expect(facts).toMatchObject([
      { kind: 'value', value },
      { kind: 'malformed', value: '/etc/passwd' },
    ]);
  });

  it('reports a list of targets that cannot be read', async () => {
    const { exit, facts } = await json(['decode', value, '--targets', join(folder, 'none')]);
    expect(exit).toBe(3);
    expect(facts).toMatchObject([{ failure: { code: 'file-not-found' } }, { kind: 'value' }]);
  });

  it.each([
    [['decode', value, '--expect', 'compressed'], 0],
    [['decode', value, '--expect', 'stream'], 2],
    [['decode', 'e95b1c46e0 stream 0.037872 0010 9878', '--expect', 'compressed'], 2],
    [['decode', 'direct (internal error)', '--expect', 'direct'], 1],
    [['decode', 'rubbish', '--expect', 'compressed'], 3],
  ])('%j exits %i', async (args, exit) => {
    expect((await json(args)).exit).toBe(exit);
  });
});

describe('decode -i', () => {
  it('sums up a log, from a file, standard input or gzip, named or not', async () => {
    for (const [args, input] of [
      [['decode', '-i', file('access.log', log)]],
      [['decode', '-i', file('access.log.gz', gzipSync(log))]],
      [['decode', '-i', file('not-named-gz', gzipSync(log))]],
      [['decode', '-i', '-'], log],
      [['decode'], gzipSync(log)],
      [['decode', '-'], log],
    ] as [string[], (string | Uint8Array)?][]) {
      const { exit, facts } = await json(args, input);
      expect(exit).toBe(0);
      expect(facts[0]).toMatchObject(counted);
    }
  });

  it('makes a report of each file, and of one that cannot be read', async () => {
    const good = file('good.log', log);
    const { exit, facts } = await json(['decode', '-i', join(folder, 'missing.log'), '-i', folder, '-i', good]);
    expect(exit).toBe(3);
    expect(facts).toMatchObject([
      { kind: 'unread', failure: { code: 'file-not-found', step: 'input', blame: 'us' } },
      { kind: 'unread', failure: { code: 'not-a-file' } },
      counted,
    ]);
  });

  it('reads what there is of a truncated or damaged gzip file, and says what was lost', async () => {
    const whole = gzipSync(log.repeat(20_000));
    const path = file('cut.gz', whole);
    truncateSync(path, Math.floor(whole.length / 2));
    const cut = await json(['decode', '-i', path]);
    expect(cut).toMatchObject({ exit: 3, facts: [{ failure: { code: 'truncated-input' } }] });
    expect(cut.facts[0].values).toBeGreaterThan(20_000);
    expect(cut.facts[0].values).toBeLessThan(60_000);

    const damaged = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    damaged.fill(0xff, middle, middle + 64);
    const { exit, facts } = await json(['decode', '-i', file('damaged.gz', damaged)]);
    expect(exit).toBe(3);
    expect(facts[0]).toMatchObject({ failure: { code: 'corrupt-input' } });
    expect(facts[0].values).toBeGreaterThan(10_000);
  });

  it('is unknown, never ok, where there is no value', async () => {
    expect((await json(['decode', '-i', file('empty.log', '')])).exit).toBe(3);
    expect((await json(['decode', '-i', '-', '--expect', 'compressed'], 'HTTP/1.1 200 OK\r\n\r\n')).exit).toBe(3);
  });

  it('takes a header block as curl prints it for a health check', async () => {
    const block = (railgun: string) =>
      `HTTP/1.1 200 OK\r\nServer: cloudflare\r\nCF-RAILGUN: ${railgun}\r\nCF-RAY: 230b030023ae2822-SJC\r\n\r\n`;
    const args = ['decode', '-i', '-', '--expect', 'compressed', '-f', 'nagios'];
    const good = await rgDiag(args, { input: block(value) });
    expect(good).toMatchObject({ stderr: '', exit: 0 });
    expect(good.stdout).toMatch(/^RG-DIAG DECODE OK - /);
    const bad = await rgDiag(args, { input: block('direct (waiting for pending WAN connection)') });
    expect(bad).toMatchObject({ stderr: '', exit: 2 });
    expect(bad.stdout).toMatch(/^RG-DIAG DECODE CRITICAL - /);
  });

  it('warns of a direct that persists, and not of a warm-up', async () => {
    const direct = accessLine('direct (waiting for pending WAN connection)');
    const warm = await json(['decode'], direct + accessLine(value).repeat(9));
    expect(warm.exit).toBe(0);
    const cold = await json(['decode'], accessLine(value).repeat(50) + direct.repeat(12));
    expect(cold.exit).toBe(1);
    expect(cold.envelope.reports[0].findings).toContainEqual(
      expect.objectContaining({
        rule: 'decode/persistent-direct',
        status: 'warn',
        remedy: expect.stringMatching(/2408/),
      }),
    );
  });

  it('does not depend on how many threads read', async () => {
    // Beyond the size from which several threads are used.
    const big = file('big.log', accessLine('-').repeat(1000) + log.repeat(150_000));
    const alone = await json(['decode', '-i', big, '--concurrency', '1']);
    const many = await json(['decode', '-i', big, '--concurrency', '4']);
    const { lines, values, malformed } = alone.facts[0];
    expect({ lines, values, malformed }).toEqual({ lines: 751_000, values: 450_000, malformed: 150_000 });
    expect(many.facts).toEqual(alone.facts);
  });
});

describe('decode --each', () => {
  it('streams a record for each value', async () => {
    const ran = await rgDiag(['decode', '--each', '-i', file('each.log', log)]);
    expect(validateLines(ran.stdout)).toEqual([]);
    const lines = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual(['record', 'record', 'record', 'report', 'run']);
    expect(lines[1]).toMatchObject({
      line: 3,
      value: '4fd1682b12 0.06 0.050570 0030 5360',
      ratioPercent: 0.06,
      flags: '0030',
    });
    expect(lines[2]).not.toHaveProperty('id');
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
  });

  it('as csv has the columns of a record', async () => {
    const { stdout } = await rgDiag(['decode', '-f', 'csv', '-i', file('csv.log', log), value]);
    expect(stdout.split('\n')).toEqual([
      'source,line,value,form,id,ratioPercent,savedPercent,originTimeSeconds,flags,version,reason,colo,compressionWorking',
      `argument,,${value},compressed,151df128a1,2.05,97.95,0.009465,0031,5360,,,true`,
      `${join(folder, 'csv.log')},1,${value},compressed,151df128a1,2.05,97.95,0.009465,0031,5360,,,true`,
      `${join(folder, 'csv.log')},3,4fd1682b12 0.06 0.050570 0030 5360,compressed,4fd1682b12,0.06,99.94,0.05057,0030,5360,,,true`,
      `${join(folder, 'csv.log')},5,direct (starting new WAN connection),direct,,,,,,,starting new WAN connection,,false`,
      '',
    ]);
  });

  it('comes at once, line by line', async () => {
    // The writer waits for what it wrote to come back before it goes on: a reader that holds lines back hangs here.
    const { stdout, exit } = await shell(
      `mkfifo pipe answers && exec 3<>pipe 4<>answers
       timeout 20 rg-diag decode --each -i pipe -f ndjson >answers & reader=$!
       for i in 1 2 3; do printf '%s\\n' '${value}' >&3; read -t 10 -r line <&4 && echo "\${line:0:16}"; done
       kill -INT $reader; wait $reader; echo exit $?`,
      { cwd: mkdtempSync(join(folder, 'fifo-')) },
    );
    expect(stdout).toBe(`${'{"kind":"record"\n'.repeat(3)}exit 130\n`);
    expect(exit).toBe(0);
  });

  it('stops when nobody reads any more', async () => {
    const endless = `yes '${value}'`;
    const { stdout, stderr } = await shell(`${endless} | rg-diag decode --each -i - | head -2; echo ended`);
    expect(stdout.split('\n').map((line) => line.slice(0, 16))).toEqual([
      '{"kind":"record"',
      '{"kind":"record"',
      'ended',
      '',
    ]);
    expect(stderr).not.toMatch(/rg-diag/);
  });
});

describe('hostile logs', () => {
  it('a line of 50 MB, NUL bytes and invalid UTF-8 lose nothing', async () => {
    const long = Buffer.concat([
      Buffer.alloc(25e6, 0),
      Buffer.from(` "${value}" `),
      Buffer.alloc(25e6, 0xfe),
      Buffer.from(`\n"${value}"\n`),
    ]);
    const { facts } = await json(['decode', '-i', file('long.log', long)]);
    expect(facts[0]).toMatchObject({ lines: 2, values: 2 });
  });

  it('what it says is never raw in any format', async () => {
    const nasty = file('nasty.log', `Cf-Railgun: \u001b]0;title\u0007\u202e|"\\ oops\n${accessLine(value)}`);
    for (const format of ['text', 'json', 'ndjson', 'nagios', 'prometheus', 'html']) {
      for (const more of [[], ['-v']]) {
        const { stdout } = await rgDiag(['decode', '-i', nasty, '-f', format, ...more]);
        expect(stdout.length).toBeGreaterThan(50);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
        expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        if (format !== 'json' && format !== 'ndjson') expect(stdout).not.toContain('\u202e');
      }
    }
  });

  it('agree with grep on how many there are', async () => {
    const path = file('grep.log', log.repeat(100));
    const found = execFileSync('grep', [
      '-cE',
      '"([0-9a-f]{10} [0-9.]+ [0-9.]+ [0-9a-f]{4} [0-9a-f]{4}|direct \\([a-zA-Z ]+\\))"',
      path,
    ]);
    const { facts } = await json(['decode', '-i', path]);
    expect(facts[0].values).toBe(300);
    expect(facts[0].values).toBe(Number(found.toString()));
  });
});
