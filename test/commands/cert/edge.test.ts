import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority } from '../../servers/authority.js';
import { type RunningServer, startTlsServer } from '../../servers/tls.js';

const name = 'www.example.com';

let authority: Authority;
const servers: Record<string, RunningServer> = {};

beforeAll(async () => {
  authority = await createAuthority();
  const leaf = await authority.issue({ names: [name], key: { type: 'rsa', bits: 2048 } });
  const ec = await authority.issue({ names: [name] });
  const chain = [authority.intermediate];
  const serve = async (id: string, ...args: string[]) => {
    servers[id] = await startTlsServer({ leaf: id.includes('ECDSA') ? ec : leaf, chain, args });
  };
  const weak = (suites: string) => ['-cipher', `${suites}:@SECLEVEL=0`];
  await Promise.all([
    serve('TLS 1.2'),
    serve('TLS 1.0', '-tls1', ...weak('AES128-SHA')),
    serve('TLS 1.1', '-tls1_1', ...weak('ECDHE-RSA-AES128-SHA')),
    serve('TLS 1.0 ECDSA', '-tls1', ...weak('ECDHE-ECDSA-AES128-SHA')),
    serve('CHACHA20 only', '-tls1_2', ...weak('ECDHE-RSA-CHACHA20-POLY1305')),
    serve('CHACHA20 preferred', '-tls1_2', '-serverpref', ...weak('ECDHE-RSA-CHACHA20-POLY1305:AES256-SHA')),
    serve('client certificate', '-tls1_2', '-Verify', '1', '-verify_return_error'),
  ]);
});

afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
  authority?.close();
});

async function check(id: string, ...args: string[]) {
  const target = `127.0.0.1:${servers[id]?.port ?? expect.fail(`no server ${id}`)}`;
  const ran = await rgDiag(['cert', target, '--ca-file', authority.root.file, '--json', ...args]);
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  const [{ facts, findings }] = run.reports;
  const finding = (rule: string) => findings.find((one: { rule: string }) => one.rule === rule);
  return { facts, finding, exit: ran.exit };
}

const named = ['--servername', name];
const noError = { off: null, flexible: null, full: null, strict: null };
const noHandshake = { off: null, flexible: null, full: 525, strict: 525 };

describe('an origin as the edge of Cloudflare sees it', () => {
  it.each([
    ['TLS 1.0', 'TLSv1', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
    ['TLS 1.1', 'TLSv1.1', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
  ])('%s is one that it still speaks, which is noted', async (id, protocol, cipher) => {
    const { facts, finding, exit } = await check(id, ...named);
    expect(facts).toMatchObject({ kind: 'server', protocol, cipher, verified: true });
    expect(facts.sslModes).toEqual(noError);
    expect(facts.railgun).toEqual({ validateCert1: null, validateCert0: null });
    expect(facts).not.toHaveProperty('edge');
    expect(finding('cert/handshake')).toMatchObject({ status: 'note', says: expect.stringContaining(protocol) });
    expect(exit).toBe(0);
  });

  it.each(['CHACHA20 only', 'TLS 1.0 ECDSA'])('%s: no cipher suite in common, although we shake hands', async (id) => {
    const { facts, finding } = await check(id, ...named);
    expect(facts).toMatchObject({ kind: 'server', verified: true, edge: { failure: { step: 'tls', alert: 40 } } });
    expect(facts).not.toHaveProperty('failure');
    expect(facts.sslModes).toEqual(noHandshake);
    expect(facts.railgun).toEqual({ validateCert1: null, validateCert0: null });
    expect(finding('cert/ssl-modes')).toMatchObject({
      status: 'note',
      says: expect.stringContaining('525 under Full and 525 under Full (strict)'),
      remedy: expect.stringContaining('ECDHE-RSA-AES128-GCM-SHA256'),
    });
  });

  it('a second handshake tells what the edge gets where the server prefers what the edge does not offer', async () => {
    const { facts } = await check('CHACHA20 preferred', ...named);
    expect(facts).toMatchObject({
      cipher: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      edge: { protocol: 'TLSv1.2', cipher: 'TLS_RSA_WITH_AES_256_CBC_SHA' },
    });
    expect(facts.sslModes).toEqual(noError);
  });

  it('only TLS was looked at, and it says so', async () => {
    const { finding } = await check('TLS 1.2', ...named);
    expect(finding('cert/ssl-modes')).toMatchObject({
      status: 'pass',
      says: expect.stringContaining('on account of TLS'),
    });
  });

  it('a demand for a client certificate is met with Authenticated Origin Pulls only, and never by rg-listener', async () => {
    const { facts, finding } = await check('client certificate', ...named);
    expect(facts.failure).toMatchObject({ code: 'client-certificate-required' });
    expect(facts.sslModes).toEqual({ ...noError, needsClientCertificate: true });
    const refused = facts.failure.alert === 40 ? { code: 527, logLine: expect.any(String) } : {};
    expect(facts.railgun).toEqual({ validateCert1: refused, validateCert0: refused });
    expect(finding('cert/ssl-modes')).toMatchObject({
      status: 'note',
      remedy: expect.stringContaining('Authenticated Origin Pulls'),
    });
    expect(finding('cert/rg-listener')).toMatchObject({ status: 'note' });
  });

  it('an address is no name that the edge or rg-listener compares with', async () => {
    const { facts, finding } = await check('TLS 1.2');
    expect(facts.defects).toEqual(['hostname-mismatch']);
    expect(facts.sslModes).toEqual({ ...noError, nameUnjudged: true });
    expect(facts.railgun).toEqual({ validateCert1: null, validateCert0: null, nameUnjudged: true });
    for (const rule of ['cert/ssl-modes', 'cert/rg-listener']) {
      expect(finding(rule)).toMatchObject({ status: 'pass', says: expect.stringContaining('--servername') });
    }
    const otherwise = await check('TLS 1.2', '--servername', 'example.org');
    expect(otherwise.facts.sslModes.strict).toBe(526);
  });

  it('tells by its number which alert rg-listener logs', async () => {
    for (const [alert, refusal] of [
      [40, { code: 527, logLine: expect.stringContaining('remote error: handshake failure') }],
      [80, {}],
    ] as const) {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ran = await rgDiag(['cert', target, ...named, '--json']);
      server.close();
      const { facts } = JSON.parse(ran.stdout).reports[0];
      expect(facts).toMatchObject({ kind: 'failed', failure: { alert }, sslModes: noHandshake });
      expect(facts.railgun).toEqual({ validateCert1: refusal, validateCert0: refusal });
    }
  });
});
