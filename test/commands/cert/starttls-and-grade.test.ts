import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';

let authority: Authority;
let leaf: Issued;
const servers: Server[] = [];

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['mail.example.com'], ips: ['127.0.0.1'], days: 60 });
});

afterAll(() => {
  for (const server of servers) server.close();
  authority?.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** What the server is called, and the certificates that it sends. */
const identity = () => ({ key: leaf.key, cert: leaf.pem + authority.intermediate.pem });

async function report(port: number, ...args: string[]) {
  const ran = await rgDiag(['cert', `127.0.0.1:${port}`, '--ca-file', authority.root.file, '--json', ...args]);
  expect(ran.stderr).toBe('');
  const run = JSON.parse(ran.stdout);
  expect(validateRun(run)).toEqual([]);
  return run.reports[0];
}

/** A server that says a line, answers each line by its first word, and goes on in TLS after the answer to `last`. */
function mailServer(greeting: string, answers: Readonly<Record<string, string>>, last: string): Server {
  return createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.on('data', (data) => {
      const line = data.toString('latin1').toUpperCase();
      const word = Object.keys(answers).find((key) => line.includes(key));
      socket.write(word === undefined ? '500 what?\r\n' : (answers[word] ?? ''));
      if (word !== last) return;
      socket.removeAllListeners('data');
      new TLSSocket(socket, { isServer: true, ...identity() }).on('error', () => undefined);
    });
  });
}

describe('--starttls', () => {
  it.each([
    ['smtp', '220 hello\r\n', { EHLO: '250-hello\r\n250 STARTTLS\r\n', STARTTLS: '220 go\r\n' }, 'STARTTLS'],
    ['pop3', '+OK hello\r\n', { CAPA: '+OK\r\nSTLS\r\n.\r\n', STLS: '+OK go\r\n' }, 'STLS'],
    ['ftp', '220 hello\r\n', { AUTH: '234 go\r\n' }, 'AUTH'],
  ] as const)(
    '%s: the certificates behind it are judged, and nothing is said about the web',
    async (name, greeting, answers, last) => {
      const port = await listening(mailServer(greeting, answers, last));
      const { facts } = await report(port, '--starttls', name, '-t', '5');
      expect(facts).toMatchObject({ kind: 'server', verified: true, defects: [], chain: [{}, {}] });
      expect(facts).not.toHaveProperty('sslModes');
      expect(facts).not.toHaveProperty('railgun');
      expect(facts.phases).toHaveProperty('starttls');
    },
  );

  it('a server that refuses it fails', async () => {
    const port = await listening(mailServer('220 hello\r\n', { EHLO: '250 hello\r\n' }, 'NEVER'));
    const { facts, verdict } = await report(port, '--starttls', 'smtp', '-t', '5');
    expect(facts).toMatchObject({ kind: 'failed', failure: { code: 'starttls-refused' } });
    expect(verdict).toBe('fail');
  });
});

describe('--grade', () => {
  it('tells protocols and HSTS, for the name and the authorities that were asked for', async () => {
    const server = createHttps({ ...identity(), minVersion: 'TLSv1.2' }, (_, response) => {
      response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
      response.end();
    });
    const args = ['--servername', 'mail.example.com', '--connect-timeout', '5', '--grade'];
    const { facts, findings } = await report(await listening(server), ...args);
    expect(facts.grade).toMatchObject({
      protocols: ['TLSv1.2', 'TLSv1.3'],
      weakCiphers: false,
      hsts: { maxAge: 31_536_000, includeSubDomains: true },
    });
    expect(findings.find(({ rule }: { rule: string }) => rule === 'cert/grade')).toMatchObject({
      status: 'pass',
      says: expect.stringContaining('(not honoured: --connect-timeout while protocols and ciphers are tried)'),
    });
  });

  it('warns of a low one', async () => {
    const own = await authority.issue({ names: ['mail.example.com'], issuer: 'self' });
    const server = createHttps({ key: own.key, cert: own.pem }, (_, response) => response.end());
    const { facts, findings } = await report(await listening(server), '--servername', 'mail.example.com', '--grade');
    expect(facts).toMatchObject({ defects: ['self-signed'], grade: { grade: 'F', hsts: null } });
    const grade = findings.find(({ rule }: { rule: string }) => rule === 'cert/grade');
    expect(grade).toMatchObject({ status: 'warn', code: 'low-grade' });
  });

  it('does not hide the rest where a server never answers HTTP, and ends with the run', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      new TLSSocket(socket, { isServer: true, ...identity() }).on('error', () => undefined);
    });
    const started = performance.now();
    const { facts } = await report(await listening(server), '--grade', '-t', '1.5', '--timeout-result', 'warn');
    expect(performance.now() - started).toBeLessThan(2600);
    expect(facts).toMatchObject({
      kind: 'server',
      verified: true,
      defects: [],
      grade: { failure: { step: 'request' } },
    });
  });
});
