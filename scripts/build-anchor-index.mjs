// Compiles src/decoders/anchor-index.as.ts (AssemblyScript), with the grammar that it shares with TypeScript, and writes the
// result as base64 into src/decoders/anchor-index.wasm.ts, which is committed: building and testing rg-diag then needs no
// WebAssembly compiler.
//
//   node scripts/build-anchor-index.mjs           writes the file
//   node scripts/build-anchor-index.mjs --check   exits 1 where the committed file is not what would be written
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'src/decoders/anchor-index.as.ts';
const grammar = 'src/decoders/cf-railgun-grammar.ts';
const target = 'src/decoders/anchor-index.wasm.ts';

/** Where data and heap begin: behind the window and the lists (anchor-index.ts). A multiple of 64 KiB. */
const memoryBase = 0x1c0000;

/** What the grammar's types are in TypeScript, and in AssemblyScript: `bytes[at]` is the byte at that place in memory. */
const types = `type i32 = number;
type f64 = number;
type Bytes = Uint8Array;
`;
const wasmTypes = `@unmanaged export class Bytes {
  @inline @operator('[]') get(at: i32): i32 { return load<u8>(at); }
}
`;

function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'anchor-index-'));
  try {
    const text = readFileSync(join(root, grammar), 'utf8');
    if (!text.includes(types)) throw new Error(`${grammar} does not begin with the types that are to be replaced`);
    writeFileSync(join(folder, 'cf-railgun-grammar.ts'), text.replace(types, wasmTypes));
    copyFileSync(join(root, source), join(folder, 'anchor-index.ts'));
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'];
    const memory = ['--importMemory', '--memoryBase', String(memoryBase)];
    const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
    const output = ['--outFile', 'anchor-index.wasm', '--baseDir', folder];
    execFileSync(process.execPath, [asc, 'anchor-index.ts', ...output, ...options, ...memory], {
      cwd: folder,
      stdio: 'inherit',
    });
    return readFileSync(join(folder, 'anchor-index.wasm'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const text = `// Generated from anchor-index.as.ts and cf-railgun-grammar.ts by: node scripts/build-anchor-index.mjs
// Do not edit. WebAssembly as base64; its interface is described in anchor-index.ts.
export const anchorIndexWasm =
  '${compile().toString('base64')}';
`;

if (process.argv.includes('--check')) {
  let committed = '';
  try {
    committed = readFileSync(join(root, target), 'utf8');
  } catch {
    // A missing file differs like any other.
  }
  if (committed !== text) {
    console.error(`${target} is not what ${source} and ${grammar} compile to: run node scripts/build-anchor-index.mjs`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(join(root, target), text);
}
