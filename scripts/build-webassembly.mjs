// Compiles src/decoders/*.as.ts (AssemblyScript), with what each shares with TypeScript, and writes the results as base64
// into src/decoders/*.wasm.ts, which are committed: building and testing rg-diag then needs no WebAssembly compiler.
//
//   node scripts/build-webassembly.mjs           writes the files
//   node scripts/build-webassembly.mjs --check   exits 1 where a committed file is not what would be written
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const decoders = fileURLToPath(new URL('../src/decoders', import.meta.url));

/**
 * The modules. `memoryBase` is where data and heap begin: behind the window and the lists that the TypeScript beside it
 * describes. A multiple of 64 KiB.
 */
const modules = [
  {
    name: 'anchor-index',
    constant: 'anchorIndexWasm',
    shared: ['cf-railgun-grammar.ts', 'line-field.ts'],
    memoryBase: 0x140000,
  },
  { name: 'listener-index', constant: 'listenerIndexWasm', shared: [], memoryBase: 0x340000 },
];

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

function compile({ name, shared, memoryBase }) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    for (const file of shared) {
      const text = readFileSync(join(decoders, file), 'utf8');
      if (!types.test(text)) throw new Error(`${file} does not begin with the types that are to be replaced`);
      writeFileSync(join(folder, file), text.replace(types, wasmTypes));
    }
    writeFileSync(join(folder, 'bytes.ts'), bytesModule);
    copyFileSync(join(decoders, `${name}.as.ts`), join(folder, `${name}.ts`));
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'];
    const memory = ['--importMemory', '--memoryBase', String(memoryBase)];
    const asc = fileURLToPath(new URL('../node_modules/assemblyscript/bin/asc.js', import.meta.url));
    const output = ['--outFile', `${name}.wasm`, '--baseDir', folder];
    execFileSync(process.execPath, [asc, `${name}.ts`, ...output, ...options, ...memory], {
      cwd: folder,
      stdio: 'inherit',
    });
    return readFileSync(join(folder, `${name}.wasm`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const module of modules) {
  const { name, constant, shared } = module;
  const sources = [`${name}.as.ts`, ...shared].join(', ');
  const text = `// Generated from ${sources} by: node scripts/build-webassembly.mjs
// Do not edit. WebAssembly as base64; its interface is described in ${name}.ts.
export const ${constant} =
  '${compile(module).toString('base64')}';
`;
  const target = join(decoders, `${name}.wasm.ts`);
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
    console.error(`${name}.wasm.ts is not what ${sources} compile to: run node scripts/build-webassembly.mjs`);
    process.exitCode = 1;
  }
}
