import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Where a chunk is in the file of the cache: twice what V8 compiled, then the text that it compiled. Lengths in bytes. */
interface Entry {
  readonly at: number;
  readonly code: number;
  readonly text: number;
}

interface Index {
  readonly node: string;
  readonly chunks: Readonly<Record<string, Entry>>;
}

type Load = (id: string) => unknown;
type Chunk = (exports: object, require: Load, module: { exports: object }, filename: string, dirname: string) => void;

const parameters = '(function (exports, require, module, __filename, __dirname) {';

/** This very build of Node. V8 asks whether a cache is of its own version, but not for what machine it was made. */
export function thisNode(): string {
  return JSON.stringify([process.version, process.platform, process.arch, process.config.variables]);
}

/**
 * Loads `bin.cjs` and whatever it requires as Node does, but with what V8 had compiled of the chunks when they were built:
 * docs/decisions/0012-code-cache.md. Returns the chunks loaded so far by name; the build makes the cache of them.
 */
export function start(): ReadonlyMap<string, Script> {
  const compiled = openCache();
  const scripts = new Map<string, Script>();
  const modules = new Map<string, { exports: object }>();

  const load: Load = (id) => {
    if (!id.startsWith('./')) return require(id);
    const known = modules.get(id);
    if (known !== undefined) return known.exports;
    const filename = join(__dirname, id);
    const bytes = readFileSync(filename);
    const cachedData = compiled(id, bytes);
    const script = new Script(`${parameters}${bytes.toString()}\n})`, {
      filename,
      // So that stack traces count the columns of the first line as in the file.
      columnOffset: -parameters.length,
      ...(cachedData && { cachedData }),
    });
    const module = { exports: {} };
    scripts.set(id, script);
    modules.set(id, module);
    const run: Chunk = script.runInThisContext();
    run.call(module.exports, module.exports, load, module, filename, __dirname);
    return module.exports;
  };
  load('./bin.cjs');
  return scripts;
}

/**
 * What V8 compiled of a chunk of exactly this text, if that is there and whole. V8 itself takes any text of the same
 * length for the same, and does not notice a flipped bit: it crashes on it. So both are compared with a copy, which costs
 * less than any checksum.
 */
function openCache(): (id: string, text: Buffer) => Buffer | undefined {
  const nothing = () => undefined;
  try {
    const index: Index = JSON.parse(readFileSync(join(__dirname, 'code-cache.json'), 'utf8'));
    if (index.node !== thisNode()) return nothing;
    const file = openSync(join(__dirname, 'code-cache.bin'), 'r');
    return (id, text) => {
      try {
        const entry = index.chunks[id];
        if (entry?.text !== text.length) return undefined;
        const { at, code } = entry;
        const bytes = Buffer.allocUnsafeSlow(2 * code + text.length);
        if (readSync(file, bytes, 0, bytes.length, at) !== bytes.length) return undefined;
        const first = bytes.subarray(0, code);
        const whole = first.equals(bytes.subarray(code, 2 * code)) && text.equals(bytes.subarray(2 * code));
        return whole ? first : undefined;
      } catch {
        return undefined;
      }
    };
  } catch {
    return nothing;
  }
}
