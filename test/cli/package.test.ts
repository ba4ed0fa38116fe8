import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files: string[];

const inFolder = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

beforeAll(() => {
  // Without the scripts: what is there was just built.
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const [{ filename, files: list }] = Array.isArray(packed) ? packed : Object.values(packed);
  files = list.map(({ path }: { path: string }) => path);
  inFolder('npm', ['init', '-y']);
  inFolder('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)]);
});

describe('the package', () => {
  it('holds what a user needs and nothing else', () => {
    expect(files.filter((path) => !/^(dist|man|schemas)\//.test(path)).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/package.json',
      'bin/rg-diag',
      'package.json',
    ]);
    expect(
      files.filter((path) => /\.(map|test\..*)$/.test(path) || /(^|[^d])\.ts$/.test(path.replace(/\.d\.ts$/, ''))),
    ).toEqual([]);
  });

  it('installed in an empty folder gives a program that works', () => {
    expect(inFolder('npx', ['--no', 'rg-diag', '--', '-decode=0030'])).toBe(
      'Railgun Flag rg-sender sent dictionary\nRailgun Flag rg-listener found dictionary\n',
    );
  });

  it('names every man page to npm', () => {
    const { man } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(man.sort()).toEqual(['man/rg-diag.1', ...catalogue.map(({ name }) => `man/rg-diag-${name}.1`)].sort());
    expect(files).toEqual(expect.arrayContaining(man));
  });

  it('installs its man pages, which man shows', () => {
    const prefix = join(folder, 'global');
    const tarball = inFolder('sh', ['-c', 'ls *.tgz']).trim();
    inFolder('npm', ['install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', join(folder, tarball)]);
    const shown = (page: string) =>
      execFileSync('man', ['-M', join(prefix, 'share/man'), page], {
        encoding: 'utf8',
        env: { ...process.env, MANPAGER: 'cat', MANWIDTH: '80' },
      });
    expect(shown('rg-diag')).toContain('-decode');
    expect(shown('rg-diag-decode')).toContain('Cf-Railgun');
  });

  it('is a library of decoders, with types, for import and for require', () => {
    const use = "const d = cfRailgun.decode('151df128a1 2.05 0.009465 0031 5360'); console.log(d.facts.savedPercent)";
    expect(inFolder('node', ['--input-type=module', '-e', `import { cfRailgun } from 'rg-diag'; ${use}`])).toBe(
      '97.95\n',
    );
    expect(inFolder('node', ['-e', `const { cfRailgun } = require('rg-diag'); ${use}`])).toBe('97.95\n');
    const types = JSON.parse(readFileSync('package.json', 'utf8')).exports['.'].types;
    expect(files).toContain(types.slice(2));
  });

  it('exports its schemas', () => {
    const read = "console.log(require('rg-diag/schemas/envelope.schema.json').$schema)";
    expect(inFolder('node', ['-e', read])).toMatch(/json-schema/);
  });
});
