// Builds what is published: the command line as CommonJS chunks (they start faster than ES modules: see
// docs/decisions/0002-commonjs-bundle.md) and the decoders as an ES module with types for use as a library.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

rmSync('dist', { recursive: true, force: true });

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

async function buildCommandLine(input) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    tsconfig: 'tsconfig.json',
    plugins: [withoutChildProcess],
  });
  await bundle.write({
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
  });
}

// Each by itself: code that two entries share would be a file of its own, and one more to load for the first of them.
await buildCommandLine({ bin: 'src/bin.ts' });
await buildCommandLine({ 'decode-worker': 'src/commands/decode/worker.ts' });

const library = await rolldown({ input: 'src/decoders/index.ts', platform: 'node', tsconfig: 'tsconfig.json' });
await library.write({ file: 'dist/decoders/index.js', format: 'esm' });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.library.json'], {
  stdio: 'inherit',
});
