import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import { commandSlug } from '../../src/model/command-slug.js';

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
    // npm 11 installs none from `directories.man`.
    const { man } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(man.sort()).toEqual(
      ['man/rg-diag.1', ...catalogue.map(({ name }) => `man/rg-diag-${commandSlug(name)}.1`)].sort(),
    );
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
    const pages = ['rg-diag.1', ...catalogue.map(({ name }) => `rg-diag-${commandSlug(name)}.1`)];
    expect(readdirSync(join(prefix, 'share/man/man1')).sort()).toEqual(pages.sort());
  });

  it('is a library of decoders, with types, for import and for require', () => {
    const use = "const d = cfRailgun.decode('151df128a1 2.05 0.009465 0031 5360'); console.log(d.facts.savedPercent)";
    expect(inFolder('node', ['--input-type=module', '-e', `import { cfRailgun } from 'rg-diag'; ${use}`])).toBe(
      '97.95\n',
    );
    expect(inFolder('node', ['-e', `const { cfRailgun } = require('rg-diag'); ${use}`])).toBe('97.95\n');
  });

  it('has types that a strict compiler takes, and holds its users to', () => {
    const source = `
      import { type CfRailgun, cfRailgun, createRailgunLogReader, type Failure } from 'rg-diag';
      const decoded = cfRailgun.decode('151df128a1 2.05 0.009465 0031 5360');
      export const saved: number | undefined = decoded.ok ? decoded.facts.savedPercent : undefined;
      export const form: CfRailgun['form'] | undefined = decoded.ok ? decoded.facts.form : undefined;
      export const failure: Failure | undefined = decoded.ok ? undefined : decoded.failure;
      export const reader: ReturnType<typeof createRailgunLogReader> | undefined = undefined;
      // @ts-expect-error: what was decoded has no failure
      export const none = decoded.ok ? decoded.failure : undefined;
      // @ts-expect-error: text only
      cfRailgun.decode(1);
    `;
    writeFileSync(join(folder, 'consumer.mts'), source);
    writeFileSync(join(folder, 'consumer.cts'), source);
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023'];
    // Without the types of Node: the library needs none.
    const options = [...strict, '--types', '', '--noEmit'];
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve('node_modules/typescript/bin/tsc'), ...options, 'consumer.mts', 'consumer.cts'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('names the licences of what is bundled in it', () => {
    const licences = readFileSync(join(folder, 'node_modules/rg-diag/dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['chalk', 'cli-table3', 'commander', 'ora']));
    for (const name of Object.keys(dependencies)) {
      const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
      const part = licences.split(/^-{80}$/m).find((text) => text.trimStart().startsWith(`${name} ${version} (`));
      expect(part, name).toMatch(
        /Permission is hereby granted|Licensed under the Apache License|Redistribution and use|Blue Oak Model License/,
      );
    }
  });

  it('exports its schemas', () => {
    const read = "console.log(require('rg-diag/schemas/envelope.schema.json').$schema)";
    expect(inFolder('node', ['-e', read])).toMatch(/json-schema/);
  });
});
