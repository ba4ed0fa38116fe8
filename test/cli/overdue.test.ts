import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateRun } from '../schema.js';
import { silentPeer } from '../servers/peers.js';
import { rgDiag } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-overdue-'));
const peer = await silentPeer();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await peer.close();
});

/** Makes measuring deaf to the end of the run, from outside: no command is on purpose. */
const deaf = join(folder, 'deaf.cjs');
writeFileSync(deaf, 'AbortSignal.prototype.addEventListener = () => undefined;\n');
const env = { NODE_OPTIONS: `--require=${deaf}` };

describe('a command that does not heed the end of the run', () => {
  it.each([
    [[], 2, 'fail'],
    [['--timeout-result', 'unknown'], 3, 'unknown'],
  ] as const)('is not waited for, and its target is reported (%j)', async (options, exit, verdict) => {
    const target = `${peer.address}:${peer.port}`;
    const line = [
      'probe',
      target,
      '--expect',
      'hello',
      '--read-timeout',
      '20',
      '--json',
      '--timeout',
      '0.5',
      ...options,
    ];
    const started = performance.now();
    const ran = await rgDiag(line, { env });
    // Not the promise, which test/cli/peers.test.ts looks at, but far less than what it would wait for.
    expect(performance.now() - started).toBeLessThan(3000);
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(run).toMatchObject({
      verdict,
      exitCode: exit,
      reports: [{ target, facts: { kind: 'unmeasured', begun: true, failure: { code: 'timeout' } } }],
    });
    expect(ran.exit).toBe(exit);
  });
});
