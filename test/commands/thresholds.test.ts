import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { latency } from '../../src/commands/memcached/rules/latency.js';
import { speed } from '../../src/commands/probe/rules/speed.js';
import { quick } from '../../src/commands/trace/rules/time.js';
import { judge, type Rule } from '../../src/model/rule.js';
import { rgDiag } from '../cli/run.js';
import { createAuthority } from '../servers/authority.js';

const authority = await createAuthority();
afterAll(() => authority.close());

/** What each rule needs of the facts of its command. */
const rules: Readonly<Record<string, (ms: number, asked: object) => string | undefined>> = {
  probe: (ms, asked) => statusBy(speed, { asked, attempts: [{ state: 'open', port: 80, ms }] }),
  trace: (ms, asked) => statusBy(quick, { asked, phases: { total: ms } }),
  memcached: (ms, asked) => statusBy(latency, { asked: { ...asked, memcachedTimeout: 100_000 }, pingMs: ms }),
};

function statusBy<Facts>(rule: Rule<Facts>, facts: object): string | undefined {
  return judge([rule], facts as Facts)[0]?.status;
}

describe.each(Object.keys(rules))('the thresholds of %s', (command) => {
  it.each([
    [999, 'pass'],
    [1000, 'pass'],
    [1001, 'warn'],
    [2000, 'warn'],
    [2001, 'fail'],
  ])('of 1 s and 2 s make %i ms a %s', (ms, status) => {
    expect(rules[command]?.(ms, { warning: 1, critical: 2 })).toBe(status);
  });
});

it.each([
  [-1, '5', '2', 'ok'],
  [0, '5', '2', 'ok'],
  [1, '5', '2', 'warn'],
  [0, '5', '5', 'ok'],
  [1, '5', '5', 'fail'],
])('%i s past the last instant, cert -w %s -c %s is %s', async (late, warning, critical, verdict) => {
  const leaf = await authority.issue({ names: ['www.example.com'] });
  const path = join(authority.folder, 'threshold.pem');
  writeFileSync(path, leaf.pem + authority.intermediate.pem);
  const at = Date.parse(new X509Certificate(leaf.pem).validTo) - 5 * 86_400_000 + late * 1000;
  const now = new Date(at).toISOString();
  const words = ['-w', warning, '-c', critical, '--now', now, '--ca-file', authority.root.file, '--json'];
  const { stdout } = await rgDiag(['cert', path, ...words]);
  expect(JSON.parse(stdout)).toMatchObject({ verdict });
});

it.each([
  ['probe', '127.0.0.1:1', '2', '1'],
  ['trace', '127.0.0.1:1', '2', '1'],
  ['memcached', '127.0.0.1:1', '2', '1'],
  // Days left: less is worse.
  ['cert', '127.0.0.1:1', '1', '2'],
])('%s %s -w %s -c %s, which would never only warn, is a usage error', async (command, target, warning, critical) => {
  const { stdout, stderr, exit } = await rgDiag([command, target, '-w', warning, '-c', critical]);
  expect([exit, stdout]).toEqual([64, '']);
  expect(stderr).toContain('more than --');
});
