import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rgDiag } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-bug-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Breaks what every report needs, from outside: nothing else can bring out a bug on purpose. */
const broken = join(folder, 'broken.cjs');
writeFileSync(broken, "Date.prototype.toISOString = () => { throw new Error('no time | today\\u001b[31m'); };\n");
const env = { NODE_OPTIONS: `--require=${broken}` };

const value = '151df128a1 2.05 0.009465 0031 5360';

describe('a bug in rg-diag', () => {
  it.each(['text', 'json', 'ndjson', 'prometheus', 'html'])('is 70 and says what to do (%s)', async (format) => {
    const ran = await rgDiag(['decode', value, '-f', format], { env });
    expect(ran).toMatchObject({ stdout: '', exit: 70 });
    expect(ran.stderr).toMatch(/^rg-diag[^\n]*: this is a bug in rg-diag: no time \| today/);
    expect(ran.stderr).toMatch(/\n +at /);
    expect(ran.stderr).toMatch(/report it/i);
    expect(ran.stderr).not.toContain('\u001b');
  });

  it('is a status line and 3 for a scheduler', async () => {
    const ran = await rgDiag(['decode', value, '-f', 'nagios'], { env });
    expect(ran.exit).toBe(3);
    expect(ran.stdout).toMatch(/^RG-DIAG (DECODE )?UNKNOWN - this is a bug in rg-diag: no time [^|\n]* today[^|\n]*\n/);
    expect(ran.stdout).not.toContain('\u001b');
  });
});
