import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-code-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

const value = '151df128a1 2.05 0.009465 0031 5360';

/** As many copies of the built program as there are things to break. */
function copy(name: string): string {
  const place = join(folder, name);
  cpSync('bin', join(place, 'bin'), { recursive: true });
  cpSync('dist', join(place, 'dist'), { recursive: true, filter: (from) => !/\/(types|decoders)$/.test(from) });
  return place;
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, stdout, stderr };
}

/** Decodes a header with the program of that place, and what V8 said of each chunk: whether it rejected its cache. */
function decode(place: string, env: Readonly<Record<string, string>> = {}) {
  const observe = join(folder, 'observe.cjs');
  const start = "require(require('node:path').join(process.argv.splice(2, 1)[0], 'dist/start.cjs')).start()";
  const tell = '[...chunks].map(([id, { cachedDataRejected }]) => [id, cachedDataRejected ?? null])';
  const say = `require('node:fs').writeSync(2, JSON.stringify(Object.fromEntries(${tell})))`;
  writeFileSync(observe, `const chunks = ${start};\nprocess.on('exit', () => ${say});\n`);
  const { status, stdout, stderr } = run(process.execPath, [observe, place, 'decode', value, '-f', 'nagios'], env);
  const rejected = JSON.parse(stderr) as Readonly<Record<string, boolean | null>>;
  return { status, stdout, rejected };
}

/** What V8 said of all chunks: `false` took the cache, `true` rejected it, `null` was given none. */
const answers = (rejected: object) => [...new Set(Object.values(rejected))];

const plain = run(process.execPath, ['-e', "require('./dist/bin.cjs')", 'rg-diag', 'decode', value, '-f', 'nagios']);

describe('the code cache', () => {
  it('is used by every chunk, and changes nothing', () => {
    const { rejected, ...ran } = decode(resolve('.'));
    expect(ran).toEqual({ status: 0, stdout: plain.stdout });
    expect(Object.keys(rejected)).toEqual(expect.arrayContaining(['./bin.cjs', './program.cjs']));
    expect(answers(rejected)).toEqual([false]);
  });

  it('has what every command needs that asks servers', () => {
    const { chunks } = JSON.parse(readFileSync('dist/code-cache.json', 'utf8'));
    const cached = Object.keys(chunks).map((id) => readFileSync(join('dist', id), 'utf8'));
    for (const command of [
      'decode',
      'probe',
      'nc',
      'cert',
      'memcached',
      'trace',
      'origin',
      'config-check',
      'listener',
      'logs',
    ]) {
      const beyondItsDefinition = new RegExp(`^// src/commands/${command}/(?!command\\.ts)`, 'm');
      expect(
        cached.some((text) => beyondItsDefinition.test(text)),
        command,
      ).toBe(true);
    }
  });

  it('does not keep a chunk from importing what Node has', () => {
    // A pipe is read through node:net, which is imported when it is met.
    const piped = spawnSync(program, ['decode', '--each', '-i', '-', '-f', 'csv'], {
      input: `${value}\n`,
      encoding: 'utf8',
    });
    expect(piped.stderr).toBe('');
    expect(piped.stdout).toContain('151df128a1');
  });

  it('has no chunk that imports by itself, which a chunk with a code cache cannot do', () => {
    const chunks = readdirSync('dist').filter((name) => name.endsWith('.cjs'));
    const code = (name: string) => readFileSync(join('dist', name), 'utf8').replace(/^\s*(\*|\/[*/]).*$/gm, '');
    expect(chunks.filter((name) => /\bimport\(/.test(code(name)))).toEqual([]);
  });

  it('is the same in another place', () => {
    expect(answers(decode(copy('moved')).rejected)).toEqual([false]);
  });

  it.each<[string, (dist: string) => void]>([
    ['is missing', (dist) => unlinkSync(join(dist, 'code-cache.bin'))],
    ['has no index', (dist) => unlinkSync(join(dist, 'code-cache.json'))],
    ['has an empty index', (dist) => truncateSync(join(dist, 'code-cache.json'), 0)],
    ['has half an index', (dist) => truncateSync(join(dist, 'code-cache.json'), 1000)],
    ['has another index', (dist) => writeFileSync(join(dist, 'code-cache.json'), 'null')],
    ['has places that cannot be', (dist) => reindex(dist, (entry) => ({ ...entry, at: -1 }))],
    ['has lengths that cannot be', (dist) => reindex(dist, (entry) => ({ ...entry, code: -1e9 }))],
    ['has larger lengths than memory', (dist) => reindex(dist, (entry) => ({ ...entry, code: 2 ** 52 }))],
    ['has lengths that are none', (dist) => reindex(dist, (entry) => ({ ...entry, code: 'long' }))],
    ['has the code of other places', (dist) => reindex(dist, (entry) => ({ ...entry, at: Number(entry['at']) + 8 }))],
    ['is empty', (dist) => truncateSync(join(dist, 'code-cache.bin'), 0)],
    ['was cut short', (dist) => truncateSync(join(dist, 'code-cache.bin'), 30)],
    ['is of another version of Node', (dist) => rename(dist, process.version, 'v20.0.0')],
    ['is of another machine', (dist) => rename(dist, process.arch, 'riscv64')],
  ])('is not looked at further where it %s', (name, breaks) => {
    const place = copy(name.replaceAll(' ', '-'));
    breaks(join(place, 'dist'));
    const { rejected, ...ran } = decode(place);
    expect(ran).toEqual({ status: 0, stdout: plain.stdout });
    expect(answers(rejected)).toEqual([null]);
    expect(run(join(place, 'bin/rg-diag'), ['decode', value, '-f', 'nagios'])).toEqual(plain);
  });

  it('is not given to V8, which would crash, where a bit has flipped', () => {
    const place = copy('flipped');
    const file = join(place, 'dist/code-cache.bin');
    const { chunks } = JSON.parse(readFileSync('dist/code-cache.json', 'utf8'));
    const bytes = readFileSync(file);
    for (const { at, code } of Object.values<{ at: number; code: number }>(chunks)) {
      const middle = at + Math.floor(code / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 4;
    }
    writeFileSync(file, bytes);
    const { rejected, ...ran } = decode(place);
    expect(ran).toEqual({ status: 0, stdout: plain.stdout });
    expect(answers(rejected)).toEqual([null]);
  });

  it('is not used for a chunk that was changed, although its length is the same', () => {
    const place = copy('changed');
    const chunk = join(place, 'dist/bin.cjs');
    const text = readFileSync(chunk, 'utf8');
    expect(text).toContain('Railgun Flag ');
    writeFileSync(chunk, text.replaceAll('Railgun Flag ', 'Railgun Flug '));
    expect(run(join(place, 'bin/rg-diag'), ['-decode=0010'])).toEqual({
      status: 0,
      stdout: 'Railgun Flug rg-sender sent dictionary\n',
      stderr: '',
    });
    expect(decode(place).rejected).toMatchObject({ './bin.cjs': null, './program.cjs': false });
  });

  it('is rejected by a V8 with other options, without a word', () => {
    const env = { NODE_OPTIONS: '--stack-trace-limit=20 --max-old-space-size=200' };
    const { rejected, ...ran } = decode(resolve('.'), env);
    expect(ran).toEqual({ status: 0, stdout: plain.stdout });
    expect(answers(rejected)).toEqual([true]);
    expect(run(program, ['decode', value, '-f', 'nagios'], env)).toEqual(plain);
  });

  it('leaves stack traces as they are: chunk, line and column', () => {
    const broken = join(folder, 'broken.cjs');
    writeFileSync(broken, "Date.prototype.toISOString = () => { throw new Error('no time'); };\n");
    const env = { NODE_OPTIONS: `--require=${broken}` };
    const frames = (command: string, args: readonly string[]) =>
      run(command, [...args, 'decode', value], env).stderr.match(/dist\/[\w-]+\.cjs:\d+:\d+/g);
    const expected = frames(process.execPath, ['-e', "require('./dist/bin.cjs')", 'rg-diag']);
    expect(expected?.length).toBeGreaterThan(2);
    expect(frames(program, [])).toEqual(expected);
    const without = copy('traces');
    unlinkSync(join(without, 'dist/code-cache.bin'));
    expect(frames(join(without, 'bin/rg-diag'), [])).toEqual(expected);
  });

  it('is never written by the program', () => {
    const place = copy('untouched');
    const seen = () =>
      readdirSync(join(place, 'dist')).map((name) => [name, statSync(join(place, 'dist', name)).mtimeMs]);
    const before = seen();
    run(join(place, 'bin/rg-diag'), ['decode', value]);
    unlinkSync(join(place, 'dist/code-cache.bin'));
    run(join(place, 'bin/rg-diag'), ['explain', '522']);
    expect(seen()).toEqual(before.filter(([name]) => name !== 'code-cache.bin'));
  });

  it('is not published: it fits one build of Node only, and nobody could review it', () => {
    const packed = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const [{ files }] = Array.isArray(packed) ? packed : Object.values(packed);
    const paths: string[] = files.map(({ path }: { path: string }) => path);
    expect(paths).toContain('dist/start.cjs');
    expect(paths.filter((path) => path.includes('code-cache'))).toEqual([]);
  });
});

type Entry = Readonly<Record<string, unknown>>;

function reindex(dist: string, change: (entry: Entry) => Entry): void {
  const path = join(dist, 'code-cache.json');
  const { node, chunks } = JSON.parse(readFileSync(path, 'utf8'));
  const changed = Object.entries<Entry>(chunks).map(([id, entry]) => [id, change(entry)]);
  writeFileSync(path, JSON.stringify({ node, chunks: Object.fromEntries(changed) }));
}

function rename(dist: string, from: string, to: string): void {
  const path = join(dist, 'code-cache.json');
  const { node, chunks } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ node: node.replace(from, to), chunks }));
}
