// Compiles src/decoders/anchor-index.as.ts (AssemblyScript), with what it shares with TypeScript, and writes the
// result as base64 into src/decoders/anchor-index.wasm.ts, which is committed: building and testing rg-diag then needs no
// WebAssembly compiler.
//
//   node scripts/build-anchor-index.mjs           writes the file
//   node scripts/build-anchor-index.mjs --check   exits 1 where the committed file is not what would be written
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'src/decoders/anchor-index.as.ts';
const shared = ['src/decoders/cf-railgun-grammar.ts', 'src/decoders/line-field.ts'];
const target = 'src/decoders/anchor-index.wasm.ts';

/** Where data and heap begin: behind the window and the lists (anchor-index.ts). A multiple of 64 KiB. */
const memoryBase = 0x140000;

/**
 * The first lines of code of the shared files say what their types are in TypeScript. AssemblyScript has the numbers of
 * itself; to it, `bytes[at]` is the byte at that place in memory.
 */
const types = /^type i32 = number;\n(?:type f64 = number;\n)?type Bytes = Uint8Array;\n/m;
const wasmTypes = "import { Bytes } from './bytes';\nexport { Bytes };\n";
const bytesModule = `@unmanaged export class Bytes {
  @inline @operator('[]') get(at: i32): i32 { return load<u8>(at); }
}
`;

function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'anchor-index-'));
  try {
    for (const file of shared) {
      const text = readFileSync(join(root, file), 'utf8');
      if (!types.test(text)) throw new Error(`${file} does not begin with the types that are to be replaced`);
      writeFileSync(join(folder, basename(file)), text.replace(types, wasmTypes));
    }
    writeFileSync(join(folder, 'bytes.ts'), bytesModule);
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

const text = `// Generated from anchor-index.as.ts, cf-railgun-grammar.ts and line-field.ts by: node scripts/build-anchor-index.mjs
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
    console.error(
      `${target} is not what ${[source, ...shared].join(', ')} compile to: run node scripts/build-anchor-index.mjs`,
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(join(root, target), text);
}
