import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, type CertificateOptions, createAuthority, type Issued } from '../../servers/authority.js';
import { upgradingPeer } from '../../servers/mail.js';

const name = 'www.example.com';

let authority: Authority;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(async () => {
  for (const close of closing) await close();
  authority?.close();
});

async function serve({ pem, key }: Issued, behind = authority.intermediate.pem) {
  // What it sends is not for openssl to judge here.
  const server = createServer({ cert: pem + behind, key, ciphers: 'DEFAULT@SECLEVEL=0' }, (_, response) =>
    response.end(),
  );
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function check(port: number, host: string, ...args: string[]) {
  const target = host === '' ? [`127.0.0.1:${port}`] : [host, '--connect-to', `127.0.0.1:${port}`];
  const ran = await rgDiag(['cert', ...target, '--ca-file', authority.root.file, '--json', ...args]);
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  return { exit: ran.exit, ...run.reports[0] };
}

describe('a certificate that was issued', () => {
  it.each<
    [what: string, options: CertificateOptions, host: string, defects: string[], exit: number, strict?: 526 | null]
  >([
    ['for tomorrow', { names: [name], startsInDays: 1 }, name, ['certificate-not-yet-valid'], 2, 526],
    ['for *.example.com', { names: ['*.example.com'] }, name, [], 0, null],
    [
      'for *.example.com, asked for two labels',
      { names: ['*.example.com'] },
      `a.${name}`,
      ['hostname-mismatch'],
      2,
      526,
    ],
    ['for *.example.com, asked for none', { names: ['*.example.com'] }, 'example.com', ['hostname-mismatch'], 2, 526],
    ['for an address', { names: [name], ips: ['127.0.0.1'] }, '', [], 0, null],
    ['for another address', { names: [name], ips: ['127.0.0.2'] }, '', ['hostname-mismatch'], 2],
    ['with a common name only', { commonName: name }, name, ['common-name-only'], 1, null],
    ['with a signature of SHA-1', { names: [name], digest: 'sha1' }, name, ['weak-signature'], 2],
  ])('%s', async (_, options, host, defects, exit, strict) => {
    const found = await check(await serve(await authority.issue(options)), host);
    expect([found.facts.defects, found.exit]).toEqual([defects, exit]);
    if (strict !== undefined) expect(found.facts.sslModes.strict).toBe(strict);
  });

  it("in the likeness of Cloudflare's Origin CA is told by its issuer and key id, and not taken for checked", async () => {
    const keyId = '24E853575D7C344087A9EB94DBBAE11678FC29A4';
    const subject = '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL Certificate Authority';
    // Another than openssl's own, which is a hash of the key.
    const identifier = `subjectKeyIdentifier = ${keyId}`;
    const lookalike = await authority.issue({ subject, ca: true, issuer: 'self', extensions: [identifier] });
    const leaf = await authority.issue({ names: [name], issuer: lookalike });
    const port = await serve(leaf, '');
    const found = await check(port, name);
    expect(found.facts).toMatchObject({ defects: ['origin-ca-unchecked'], originCa: { kind: 'RSA', checked: false } });
    expect([found.exit, found.facts.verified]).toEqual([1, false]);
  });
});

it('behind STARTTLS of IMAP is judged', async () => {
  const leaf = await authority.issue({ names: [name] });
  const script = { greeting: '* OK ready\r\n', answers: {}, upgrade: ['a1 STARTTLS', 'a1 OK go\r\n'] } as const;
  const server = await upgradingPeer(script, { ...leaf, pem: leaf.pem + authority.intermediate.pem });
  closing.push(() => server.close());
  const { facts, exit } = await check(server.port, name, '--starttls', 'imap');
  expect(facts).toMatchObject({ kind: 'server', defects: [], verified: true, chain: [{}, {}] });
  expect(exit).toBe(0);
});
