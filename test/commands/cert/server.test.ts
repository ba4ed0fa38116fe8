import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { type RunningServer, startTlsServer, type TlsServerOptions } from '../../servers/tls.js';

const name = 'www.example.com';

let authority: Authority;
let crlFile: string;
const servers: Record<string, RunningServer> = {};
const sent: Record<string, Issued[]> = {};

async function serve(id: string, { leaf, chain = [authority.intermediate], args = [] }: TlsServerOptions) {
  sent[id] = [leaf, ...chain];
  servers[id] = await startTlsServer({ leaf, chain, args });
}

beforeAll(async () => {
  authority = await createAuthority();
  const good = await authority.issue({ names: [name], ips: ['127.0.0.1'], days: 90 });
  const revoked = await authority.issue({ names: [name] });
  const selfSigned = await authority.issue({ names: [name], issuer: 'self' });
  const expired = await authority.issue({ names: ['example.org'], days: -2 });
  const hostile = { names: [name], subject: '/CN=a\u001b[31m|"x\ny\u202e/O=evil' };
  await authority.revoke(revoked);
  crlFile = (await authority.crl()).file;
  const [forGood, forRevoked] = [await authority.ocspResponse(good), await authority.ocspResponse(revoked)];
  const extra = await authority.issue({ names: ['extra.example.com'] });
  await Promise.all([
    serve('good', { leaf: good, args: ['-status_file', forGood.file] }),
    serve('soon', { leaf: await authority.issue({ names: [name], days: 9 }) }),
    serve('expired for another host', { leaf: expired }),
    serve('self-signed', { leaf: selfSigned, chain: [] }),
    serve('leaf only', { leaf: good, chain: [] }),
    serve('wrong order', { leaf: good, chain: [authority.root, authority.intermediate] }),
    serve('extra', { leaf: good, chain: [authority.intermediate, extra] }),
    serve('weak key', {
      leaf: await authority.issue({ names: [name], key: { type: 'rsa', bits: 1024 } }),
      args: ['-cipher', 'DEFAULT@SECLEVEL=0'],
    }),
    serve('revoked', { leaf: revoked, args: ['-status_file', forRevoked.file] }),
    serve('revoked without a staple', { leaf: revoked }),
    serve('hostile', { leaf: await authority.issue(hostile) }),
    serve('TLS 1.2', { leaf: good, args: ['-tls1_2'] }),
    serve('TLS 1.3', { leaf: good, args: ['-tls1_3'] }),
    serve('client certificate in TLS 1.2', { leaf: good, args: ['-tls1_2', '-Verify', '1', '-verify_return_error'] }),
    serve('client certificate in TLS 1.3', { leaf: good, args: ['-tls1_3', '-Verify', '1', '-verify_return_error'] }),
  ]);
});

afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
  authority?.close();
});

const target = (id: string) => `127.0.0.1:${servers[id]?.port ?? expect.fail(`no server ${id}`)}`;

async function check(id: string, ...args: string[]) {
  const trust = args.includes('--ca-file') ? [] : ['--ca-file', authority.root.file];
  const ran = await rgDiag(['cert', target(id), '--servername', name, ...trust, '--json', ...args]);
  expect(ran.stderr).toBe('');
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  expect(ran.exit).toBe(run.exitCode);
  return run;
}

describe('rg-diag cert HOST', () => {
  it.each([
    ['good', [], 0],
    ['soon', ['expiring-soon'], 1],
    ['expired for another host', ['certificate-expired', 'hostname-mismatch'], 2],
    ['self-signed', ['self-signed'], 2],
    ['leaf only', ['missing-intermediate'], 2],
    ['wrong order', ['chain-out-of-order'], 1],
    ['extra', ['extra-certificate'], 1],
    ['weak key', ['weak-key'], 2],
    ['revoked', ['revoked'], 2],
    ['revoked without a staple', [], 0],
    ['hostile', [], 0],
    ['TLS 1.2', [], 0],
    ['TLS 1.3', [], 0],
    ['client certificate in TLS 1.2', [], 0],
    ['client certificate in TLS 1.3', [], 0],
  ])('%s: %j', async (id, defects, exit) => {
    const { reports, exitCode } = await check(id);
    const [{ facts, metrics }] = reports;
    expect([...facts.defects].sort()).toEqual(defects);
    expect(exitCode).toBe(exit);
    // As it was sent, byte for byte.
    expect(facts.chain.map(({ fingerprint256 }: { fingerprint256: string }) => fingerprint256)).toEqual(
      sent[id]?.map(fingerprint),
    );
    expect(metrics.map((metric: { name: string }) => metric.name)).toContain('cert_expiry_seconds');
  });

  it('sees each protocol, and what was agreed on', async () => {
    expect((await check('TLS 1.2')).reports[0].facts).toMatchObject({ protocol: 'TLSv1.2', verified: true });
    expect((await check('TLS 1.3')).reports[0].facts).toMatchObject({ protocol: 'TLSv1.3', verified: true });
  });

  it('an intermediate in the local store does not hide that it was not sent', async () => {
    const { reports } = await check('leaf only', '--add-ca', authority.intermediate.file);
    expect(reports[0].facts).toMatchObject({ defects: ['missing-intermediate'], verified: true });
  });

  it('a CRL reveals what no staple does', async () => {
    const { reports } = await check('revoked without a staple', '--crl-file', crlFile);
    expect(reports[0].facts).toMatchObject({ defects: ['revoked'], verified: false });
    expect(reports[0].facts.sslModes).toEqual({ off: null, flexible: null, full: null, strict: 526 });
  });

  it('a CRL that is out of date warns', async () => {
    const { file } = await authority.crl({ days: -1 });
    const { reports, exitCode } = await check('good', '--crl-file', file);
    expect(reports[0].facts).toMatchObject({ defects: ['revocation-stale'], verified: true });
    expect(exitCode).toBe(1);
  });

  it('a CRL that cannot be read leaves revocation unknown', async () => {
    const run = await check('good', '--crl-file', '/no/such.crl');
    expect(run).toMatchObject({ verdict: 'unknown', exitCode: 3 });
    expect(run.reports[0].findings.find(({ status }: { status: string }) => status === 'broken')).toMatchObject({
      rule: 'cert/revocation-signature',
      code: 'revocation-unverified',
    });
  });

  it('demands for a client certificate are noted, and the certificate is judged', async () => {
    for (const version of ['TLS 1.2', 'TLS 1.3']) {
      const { reports } = await check(`client certificate in ${version}`);
      expect(reports[0].facts).toMatchObject({
        failure: { code: 'client-certificate-required' },
        asksForCertificate: true,
        verified: true,
        sslModes: { full: null, strict: null },
      });
    }
  });

  it('without --servername the target itself is the name', async () => {
    const args = ['--ca-file', authority.root.file, '--json'];
    const good = JSON.parse((await rgDiag(['cert', target('good'), ...args])).stdout);
    expect(good.reports[0]).toMatchObject({ target: target('good'), facts: { host: '127.0.0.1', defects: [] } });
    const soon = JSON.parse((await rgDiag(['cert', target('soon'), ...args])).stdout);
    expect(soon.reports[0].facts.defects.sort()).toEqual(['expiring-soon', 'hostname-mismatch']);
  });

  it('--connect-to keeps the name for SNI and for the certificate', async () => {
    const args = ['--connect-to', target('good'), '--ca-file', authority.root.file, '--json'];
    const run = JSON.parse((await rgDiag(['cert', name, ...args])).stdout);
    expect(run.reports[0]).toMatchObject({
      target: `${name}:443 (127.0.0.1)`,
      facts: { host: name, verified: true },
    });
  });

  it('every address of a name is checked, and a dead one is named', async () => {
    const port = servers['good']?.port ?? 0;
    const resolve = ['--resolve', `${name}:${port}:127.0.0.1,127.0.0.9`];
    const ran = await rgDiag(['cert', `${name}:${port}`, ...resolve, '--ca-file', authority.root.file, '--json']);
    const run = JSON.parse(ran.stdout);
    expect(run.reports.map((report: { target: string }) => report.target).sort()).toEqual([
      `${name}:${port} (127.0.0.1)`,
      `${name}:${port} (127.0.0.9)`,
    ]);
    expect(run.reports.map(({ facts }: { facts: { kind: string } }) => facts.kind).sort()).toEqual([
      'failed',
      'server',
    ]);
    expect(ran.exit).toBe(2);
  });

  it('--now, -w and -c move the day of judgement and the thresholds', async () => {
    const judged = async (...args: string[]) => (await check('soon', ...args)).reports[0];
    const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
    expect((await judged('-w', '5', '-c', '2')).facts.defects).toEqual([]);
    expect((await judged('-w', '20', '-c', '12')).verdict).toBe('fail');
    expect((await judged('--now', days(4))).verdict).toBe('fail');
    expect((await judged('--now', days(30))).facts).toMatchObject({
      defects: ['certificate-expired'],
      observedAt: expect.stringContaining(days(30).slice(0, 10)),
    });
    const [metric] = (await judged('-w', '5', '-c', '2')).metrics;
    expect(metric).toMatchObject({ name: 'cert_expiry_seconds', alarm: 'below', warn: 432_000, fail: 172_800 });
  });

  it('a handshake that fails says what Cloudflare and rg-listener make of that', async () => {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      // A fatal alert: handshake_failure.
      socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ran = await rgDiag(['cert', `127.0.0.1:${port}`, '--servername', name, '--json']);
    server.close();
    const run = JSON.parse(ran.stdout);
    expect(validateRun(run)).toEqual([]);
    expect(ran.exit).toBe(2);
    const logLine = `connection failed 127.0.0.1:${port}/${name}: remote error: handshake failure`;
    expect(run.reports[0].facts).toMatchObject({
      kind: 'failed',
      failure: { step: 'tls' },
      sslModes: { off: null, flexible: null, full: 525, strict: 525 },
      railgun: { validateCert1: { logLine, code: 527 }, validateCert0: { logLine, code: 527 } },
    });
  });

  it('a server that says nothing ends with the deadline', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const started = performance.now();
    const ran = await rgDiag(['cert', `127.0.0.1:${port}`, '-t', '0.7', '--timeout-result', 'warn', '--json']);
    expect(performance.now() - started).toBeLessThan(1700);
    for (const socket of sockets) socket.destroy();
    server.close();
    expect(JSON.parse(ran.stdout).reports[0]).toMatchObject({
      verdict: 'warn',
      facts: { kind: 'failed', failure: { code: 'timeout', step: 'tls' }, stopped: { code: 'timeout' } },
    });
    expect(ran.exit).toBe(1);
  });

  it('authorities that cannot be read leave everything unknown', async () => {
    const run = await check('good', '--ca-file', '/no/such.pem');
    expect(run).toMatchObject({ verdict: 'unknown', exitCode: 3 });
    expect(run.reports[0].findings[0]).toMatchObject({
      rule: 'cert/handshake',
      status: 'broken',
      code: 'file-not-found',
    });
  });
});

describe('formats', () => {
  const formatted = (id: string, ...args: string[]) =>
    rgDiag(['cert', target(id), '--servername', name, '--ca-file', authority.root.file, ...args]);

  it('nagios: one line, thresholds in seconds, nothing raw from the peer', async () => {
    const { stdout, exit } = await formatted('expired for another host', '-f', 'nagios');
    expect(exit).toBe(2);
    expect(stdout).toMatch(/^RG-DIAG CERT CRITICAL - .*expired/);
    expect(stdout).toMatch(/\|.*cert_expiry_seconds=-\d+s;2592000:;604800:/);
    expect((await formatted('soon', '-f', 'nagios')).stdout).toMatch(/^RG-DIAG CERT WARNING - .*expires in 8 days/);
  });

  it('prometheus: passes promtool, and has the metrics also where nothing verifies', async () => {
    for (const id of ['good', 'expired for another host', 'self-signed', 'hostile']) {
      const { stdout } = await formatted(id, '-f', 'prometheus');
      const {
        status,
        stdout: said,
        stderr,
      } = spawnSync('promtool', ['check', 'metrics'], { input: stdout, encoding: 'utf8' });
      expect(`${said}${stderr}`).toBe('');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^rg_diag_cert_expiry_seconds\{.*\} -?\d+$/m);
      expect(stdout).toMatch(
        new RegExp(`^rg_diag_cert_verified\\{.*\\} ${id === 'good' || id === 'hostile' ? 1 : 0}$`, 'm'),
      );
    }
  });

  it.each(['text', 'nagios', 'prometheus', 'json', 'ndjson', 'html'])(
    '%s: never lets a hostile subject through',
    async (format) => {
      const { stdout } = await formatted('hostile', '-f', format, '-v');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(stdout).not.toMatch(/\u001b|\u202e/);
      if (format === 'nagios') expect(stdout.split('|').length).toBeLessThanOrEqual(3);
    },
  );

  it('text: says what matters', async () => {
    const { stdout } = await formatted('wrong order');
    expect(stdout).toContain('Full (strict)');
    expect(stdout).toContain('validate.cert = 1');
    expect(stdout).toContain('CN=Root stands before');
  });
});

describe('several targets', () => {
  it('are checked in one run, lines of --targets among them; a file is none of them', async () => {
    const input = `# servers\n${target('good')}\n${authority.root.file}\n`;
    const args = ['--targets', '-', '--servername', name, '--ca-file', authority.root.file, '--json'];
    const ran = await rgDiag(['cert', target('soon'), ...args], { input });
    const run = JSON.parse(ran.stdout);
    const verdicts = run.reports.map(({ target, verdict }: { target: string; verdict: string }) => [target, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      [target('good')]: 'ok',
      [target('soon')]: 'warn',
      [authority.root.file]: 'unknown',
    });
  });
});

function fingerprint({ file }: Issued): string {
  const { stdout } = spawnSync('openssl', ['x509', '-in', file, '-noout', '-fingerprint', '-sha256'], {
    encoding: 'utf8',
  });
  return stdout.trim().split('=')[1] ?? '';
}
