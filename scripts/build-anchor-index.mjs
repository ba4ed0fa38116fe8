// Compiles src/decoders/anchor-index.as.ts (AssemblyScript) and writes the result as base64 into
// src/decoders/anchor-index.wasm.ts, which is committed: building and testing rg-diag then needs no WebAssembly compiler.
//
//   node scripts/build-anchor-index.mjs           writes the file
//   node scripts/build-anchor-index.mjs --check   exits 1 where the committed file is not what would be written
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'src/decoders/anchor-index.as.ts';
const target = 'src/decoders/anchor-index.wasm.ts';

function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'anchor-index-'));
  try {
    const wasm = join(folder, 'anchor-index.wasm');
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];
    const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
    execFileSync(process.execPath, [asc, source, '--outFile', wasm, ...options], { cwd: root, stdio: 'inherit' });
    return readFileSync(wasm);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const text = `// Generated from anchor-index.as.ts by: node scripts/build-anchor-index.mjs
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
    console.error(`${target} is not what ${source} compiles to: run node scripts/build-anchor-index.mjs`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(join(root, target), text);
}
