// Runs the built program as bin/rg-diag does, and leaves what V8 has compiled of it by its end in the folder named first.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder] = process.argv.splice(2, 1);
const { start } = createRequire(import.meta.url)('../dist/start.cjs');
const scripts = start();
process.on('exit', () => {
  for (const [id, script] of scripts) writeFileSync(join(folder, id), script.createCachedData());
});
