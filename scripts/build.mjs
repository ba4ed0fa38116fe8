// Builds what is published: the command line as CommonJS chunks (they start faster than ES modules: see
// docs/decisions/0002-commonjs-bundle.md) and the decoders as an ES module with types for use as a library.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

rmSync('dist', { recursive: true, force: true });

const commandLine = await rolldown({
  input: { bin: 'src/bin.ts', 'decode-worker': 'src/commands/decode/worker.ts' },
  platform: 'node',
  tsconfig: 'tsconfig.json',
});
await commandLine.write({
  dir: 'dist',
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
  comments: { legal: true },
});

const library = await rolldown({ input: 'src/decoders/index.ts', platform: 'node', tsconfig: 'tsconfig.json' });
await library.write({ file: 'dist/decoders/index.js', format: 'esm' });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.library.json'], {
  stdio: 'inherit',
});
