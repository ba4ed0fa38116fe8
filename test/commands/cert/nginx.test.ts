import { afterAll, beforeAll, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority } from '../../servers/authority.js';
import { type RunningNginx, startNginx } from '../../servers/nginx.js';

const name = 'www.example.com';
let authority: Authority;
const servers: Record<string, RunningNginx> = {};

beforeAll(async () => {
  authority = await createAuthority();
  const good = await authority.issue({ names: [name] });
  const revoked = await authority.issue({ names: [name] });
  await authority.revoke(revoked);
  for (const [id, leaf] of Object.entries({ good, revoked })) {
    const { file } = await authority.ocspResponse(leaf);
    servers[id] = await startNginx({ chain: [leaf, authority.intermediate], staple: file });
  }
});
afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
  authority?.close();
});

it.each([
  ['good', [], 0],
  ['revoked', ['revoked'], 2],
])('nginx staples that a certificate is %s', async (status, defects, exit) => {
  const to = ['--connect-to', `127.0.0.1:${servers[status]?.port}`];
  const ran = await rgDiag(['cert', name, ...to, '--ca-file', authority.root.file, '--json']);
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  expect(run.reports[0].facts).toMatchObject({
    kind: 'server',
    protocol: 'TLSv1.3',
    chain: [{}, {}],
    defects,
    verified: exit === 0,
    revocation: [{ source: 'ocsp', status, verified: true }],
  });
  expect(ran.exit).toBe(exit);
});
