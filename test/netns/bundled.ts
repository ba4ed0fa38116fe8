import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll } from 'vitest';

/**
 * A program of this folder, with all that it imports, in one file that Node runs inside a namespace. It is removed after
 * the tests of the file that asks for it.
 */
export async function bundled(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-netns-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const bundle = await rolldown({
    input: join(import.meta.dirname, source),
    platform: 'node',
    tsconfig: 'tsconfig.json',
  });
  const file = `${basename(source, '.ts')}.mjs`;
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: file });
  return join(folder, file);
}
