import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  readonly from: string;
  /** Relative to src, with .ts; a package or `node:` module as it stands. */
  readonly to: string;
  readonly kind: 'type' | 'static' | 'dynamic';
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.as.ts'))
  .sort();

const importLine =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+)', import\.meta\.url\)/gm;

function importsOf(path: string): Import[] {
  const text = readFileSync(join('src', path), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  return [...text.matchAll(importLine)].map(([, type, plain, dynamic, url]) => {
    const name = plain ?? dynamic ?? url ?? '';
    const to = name.startsWith('.') ? relative('.', join(dirname(path), name)).replace(/\.js$/, '.ts') : name;
    const kind = dynamic !== undefined || url !== undefined ? 'dynamic' : type === undefined ? 'static' : 'type';
    return { from: path, to, kind };
  });
}

const all = sources.flatMap(importsOf);

interface Direction {
  readonly rule: string;
  readonly files: RegExp;
  readonly may: readonly RegExp[];
}

const slice = (path: string) => new RegExp(`^${/^commands\/[^/]+\//.exec(path)?.[0] ?? 'none'}`);

/** What commands are described by: types only. */
const contract = /^commands\/command\.ts$/;

const directions: readonly Direction[] = [
  { rule: 'model imports nothing', files: /^model\//, may: [/^model\//] },
  { rule: 'knowledge imports nothing', files: /^knowledge\//, may: [/^knowledge\//] },
  {
    // Hashing bytes and verifying a signature are as pure as parsing them.
    rule: 'decoders import model, knowledge, what Node knows of hashes and keys, and the parser of OCSP and CRLs',
    files: /^decoders\//,
    may: [/^(model|knowledge|decoders)\//, /^(node:crypto|pkijs)$/],
  },
  {
    rule: 'io imports model and Node',
    files: /^io\//,
    may: [/^(model|io)\//, /^node:/, /^(undici(\/lib\/dispatcher\/client\.js)?|ssl-checker|tar)$/],
  },
  {
    rule: 'reporters import model',
    files: /^reporters\//,
    may: [/^(model|reporters)\//, /^(chalk|cli-table3|string-width)$/],
  },
  {
    rule: 'what explains imports model, knowledge, decoders and its slice',
    files: /^commands\/[^/]+\/(explain|rules\/.*)\.ts$/,
    may: [/^(model|knowledge|decoders)\//, contract],
  },
  {
    rule: 'what asks, measures or acts imports model, decoders, io and its slice',
    files: /^commands\/[^/]+\/(ask|measure|act|worker|interact)\.ts$/,
    may: [/^(model|decoders|io)\//, contract],
  },
  {
    rule: 'a slice imports nothing of Node and no package',
    files: /^commands\/[^/]+\//,
    may: [/^(model|knowledge|decoders|io)\//, contract],
  },
];

describe('imports go in one direction', () => {
  it.each(directions)('$rule', ({ files, may }) => {
    const concerned = all.filter(({ from }) => files.test(from));
    const wrong = concerned.filter(({ from, to }) => ![...may, slice(from)].some((allowed) => allowed.test(to)));
    expect(wrong).toEqual([]);
  });

  it('a command definition imports types, and its siblings when they are needed', () => {
    const definitions = all.filter(({ from }) => /^commands\/([^/]+\/)?command\.ts$/.test(from));
    expect(definitions.length).toBeGreaterThan(0);
    const wrong = definitions.filter(
      ({ from, to, kind }) => kind === 'static' || (kind === 'dynamic' && !slice(from).test(to)),
    );
    expect(wrong).toEqual([]);
  });

  it('no file of a slice both measures and judges', () => {
    const reach = (path: string, seen = new Set<string>()): Set<string> => {
      for (const { to, kind } of importsOf(path)) {
        if (kind === 'type' || seen.has(to)) continue;
        seen.add(to);
        if (to.startsWith('commands/') && sources.includes(to)) reach(to, seen);
      }
      return seen;
    };
    const both = sources.filter((path) => {
      if (!/^commands\/[^/]+\/(?!command\.ts)/.test(path)) return false;
      const reached = [...reach(path)];
      return reached.some((to) => to.startsWith('io/')) && reached.some((to) => to.startsWith('knowledge/'));
    });
    expect(both).toEqual([]);
  });

  it('slices never import each other, and the catalogue loads them lazily', () => {
    const crossing = all.filter(
      ({ from, to, kind }) =>
        /^commands\/[^/]+\//.test(to) && !slice(from).test(to) && !(from === 'commands/index.ts' && kind === 'dynamic'),
    );
    expect(crossing).toEqual([]);
  });

  it.each([
    ['commander', 'cli/parser.ts'],
    ['chalk', 'reporters/text.ts'],
    ['cli-table3', 'reporters/text.ts'],
    ['ora', 'cli/progress.ts'],
    ['undici/lib/dispatcher/client.js', 'io/request.ts'],
    ['tar', 'io/archive.ts'],
  ])('%s has one user', (name, user) => {
    expect([...new Set(all.filter(({ to }) => to === name).map(({ from }) => from))]).toEqual([user]);
  });

  it('only cli touches the standard streams, the exit code and the console', () => {
    const offenders = sources.filter((path) => {
      const text = readFileSync(join('src', path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      return !path.startsWith('cli/') && /process\.(stdout|exitCode|exit\b)|\bconsole\./.test(text);
    });
    expect(offenders).toEqual([]);
  });

  it('names no file for what it is not', () => {
    expect(
      sources.filter((path) => /(^|\/)(utils?|helpers?|common|misc|lib|shared|types)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
  });
});

describe('start-up', () => {
  it('loads the historic path and nothing else', () => {
    const graph = new Set<string>(['bin.ts']);
    for (const path of graph) {
      if (!sources.includes(path)) continue;
      for (const { to, kind } of importsOf(path)) if (kind === 'static') graph.add(to);
    }
    expect([...graph].sort()).toEqual([
      'bin.ts',
      'cli/historic.ts',
      'cli/version.ts',
      'cli/write.ts',
      'decoders/cf-railgun-grammar.ts',
      'decoders/cf-railgun.ts',
      'decoders/header-value.ts',
      'knowledge/direct-reasons.ts',
      'knowledge/railgun-flags.ts',
      'model/printable.ts',
      'node:fs',
    ]);
  });
});
