import { afterAll, beforeAll, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority } from '../../servers/authority.js';
import { type RunningNginx, startNginx } from '../../servers/nginx.js';

let authority: Authority;
let nginx: RunningNginx;

beforeAll(async () => {
  authority = await createAuthority();
  const leaf = await authority.issue({ names: ['www.example.com', 'origin.example.com'] });
  nginx = await startNginx({
    chain: [leaf, authority.intermediate],
    lines: [
      'default_type text/plain;',
      'location = /cdn-cgi/trace {',
      'if ($host = origin.example.com) { return 404; }',
      'add_header CF-RAY 230b030023ae2822-AMS;',
      'return 200 "fl=1f2\\nh=$host\\nip=$remote_addr\\ncolo=AMS\\nhttp=$server_protocol\\ntls=$ssl_protocol\\n";',
      '}',
    ],
  });
});
afterAll(async () => {
  await nginx?.close();
  authority?.close();
});

async function traced(host: string) {
  const to = ['--connect-to', `127.0.0.1:${nginx.port}`];
  const ran = await rgDiag(['trace', host, ...to, '--ca-file', authority.root.file, '--json']);
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  return { exit: ran.exit, ...run.reports[0] };
}

it('a trace that nginx serves is read', async () => {
  const { facts } = await traced('www.example.com');
  expect(facts).toMatchObject({
    kind: 'trace',
    http: { status: 200 },
    ray: { colo: 'AMS' },
    tls: { protocol: 'TLSv1.3' },
    trace: { h: 'www.example.com', ip: '127.0.0.1', colo: 'AMS', tls: 'TLSv1.3' },
  });
});

it('an origin of nginx without Cloudflare before it is told', async () => {
  const { exit, findings } = await traced('origin.example.com');
  expect(findings.flatMap(({ code }: { code?: string }) => code ?? [])).toEqual(['not-proxied']);
  expect(exit).toBe(2);
});
