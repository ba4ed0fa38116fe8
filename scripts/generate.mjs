// Makes what is derived from the definitions of the commands: man pages, JSON Schemas, the table in README.md.
//   node scripts/generate.mjs            write what is not up to date
//   node scripts/generate.mjs --check    only name it; exit 1 if there is any
// Node 20 runs no TypeScript, so the generator is bundled first.
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

process.chdir(new URL('..', import.meta.url).pathname);
const folder = 'node_modules/.cache/rg-diag-generate';
const bundle = await rolldown({
  input: 'scripts/generate/index.ts',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  // Packages, and what a command does: here only what it says of itself is needed.
  external: [/^[^./]/, /\/(measure|explain)\.js$/],
});
await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'index.mjs', chunkFileNames: '[name].mjs' });
const { generate } = await import(pathToFileURL(`${folder}/index.mjs`).href);
process.exitCode = await generate(process.argv.slice(2));
