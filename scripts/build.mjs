// Builds what is published: the command line as CommonJS chunks (they start faster than ES modules: see
// docs/decisions/0002-commonjs-bundle.md) and the decoders as an ES module with types for use as a library.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { buildCodeCache } from './build-code-cache.mjs';

// The program works while the next one is built, and after a build that failed.
const next = 'dist.next';
rmSync(next, { recursive: true, force: true });

/**
 * commander requires node:child_process for subcommands that are programs of their own, which we have none of. Loading
 * it would cost every run 2 ms.
 */
const withoutChildProcess = {
  name: 'commander-without-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && importer?.includes('/commander/') ? '\0no-child-process' : undefined,
  load: (id) => (id === '\0no-child-process' ? 'module.exports = {};' : undefined),
};

/**
 * Rolldown makes `require` of every `import()` but those of what Node has. A chunk with a code cache cannot `import()`
 * without a warning of Node's (see docs/decisions/0012-code-cache.md), and `require` is faster.
 */
const withoutImport = {
  name: 'require-node',
  renderChunk: (code) => code.replace(/\bimport\("(node:[\w/]+)"\)/g, 'Promise.resolve().then(() => require("$1"))'),
};

/** Returns the ids of the modules that ended up in it. */
async function buildCommandLine(input) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    tsconfig: 'tsconfig.json',
    plugins: [withoutChildProcess, withoutImport],
  });
  const { output } = await bundle.write({
    dir: next,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
  });
  return output.flatMap((chunk) => chunk.moduleIds ?? []);
}

/** The licence of every npm package that these modules come from: whoever passes the bundle on passes them on. */
function thirdPartyLicences(moduleIds) {
  const folders = new Set(moduleIds.flatMap((id) => /^.*\/node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0] ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no file with its licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  // A package may be there in several folders.
  return [...new Set(texts)].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

const workers = readdirSync('src/commands')
  .map((command) => ({ [`${command}-worker`]: `src/commands/${command}/worker.ts` }))
  .filter((entry) => existsSync(Object.values(entry)[0]));

// Each by itself: code that two entries share would be a file of its own, and one more to load for the first of them.
const moduleIds = [];
const entries = [{ start: 'src/start.ts' }, { bin: 'src/bin.ts' }, ...workers];
for (const entry of entries) moduleIds.push(...(await buildCommandLine(entry)));
writeFileSync(join(next, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences(moduleIds));

const library = await rolldown({ input: 'src/decoders/index.ts', platform: 'node', tsconfig: 'tsconfig.json' });
await library.write({ file: join(next, 'decoders/index.js'), format: 'esm' });
const types = ['-p', 'tsconfig.library.json', '--outDir', join(next, 'types')];
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...types], { stdio: 'inherit' });

rmSync('dist', { recursive: true, force: true });
renameSync(next, 'dist');

// Without it the program starts slower, and is otherwise the same.
await buildCodeCache().catch((error) => console.warn(`The code cache is missing, or has not all: ${error.message}`));
