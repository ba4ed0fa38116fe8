import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemcachedFacts } from '../../../src/commands/memcached/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { type Ran, type RunOptions, rgDiag, shell } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { type RunningMemcached, startMemcached } from '../../servers/memcached.js';
import { type Peer, peer } from '../../servers/peers.js';

const secret = 'Op3n-S3same';
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-password-'));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o644);
  return path;
};
const right = file('right', `ali:${secret}\nother:word\n`);
const wrong = file('wrong', `ali:${secret}X\n`);

/** Every format, everything shown: nothing of it may give the password away. */
async function run(args: readonly string[], options?: RunOptions): Promise<Ran> {
  const ran = await rgDiag(['memcached', ...args], options);
  expect(ran.stdout + ran.stderr).not.toContain('S3same');
  return ran;
}

async function look(args: readonly string[], options?: RunOptions) {
  const { stdout, exit } = await run([...args, '--json', '--ticket'], options);
  const document = JSON.parse(stdout) as Envelope<MemcachedFacts>;
  expect(validateRun(document)).toEqual([]);
  const [report] = document.reports;
  const bad = report?.findings.filter(({ status }) => status !== 'pass' && status !== 'skip') ?? [];
  return { exit, facts: report?.facts, bad: bad.map(({ rule, status, code }) => `${status} ${rule} ${code}`), report };
}

const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function memcached(...given: Parameters<typeof startMemcached>): Promise<RunningMemcached> {
  const server = await startMemcached(...given);
  closing.push(() => server.close());
  return server;
}

describe('a memcached that asks for a password', () => {
  let server: RunningMemcached;
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await memcached({ args: ['-m', '1024', '-Y', file('servers-own', `ali:${secret}\n`)] });
  });

  it('is asked with the right one', async () => {
    const { exit, bad, facts } = await look([`127.0.0.1:${server.port}`, '--auth-file', right]);
    expect([exit, bad]).toEqual([0, []]);
    expect(facts).toMatchObject({ kind: 'server', password: 'accepted', stats: { auth_cmds: 1, auth_errors: 0 } });
  });

  it('is asked with the right one from standard input', async () => {
    const { exit, facts } = await look([`127.0.0.1:${server.port}`, '--auth-file', '-'], { input: `ali:${secret}` });
    expect([exit, facts?.kind]).toEqual([0, 'server']);
  });

  it('turns the wrong one down', async () => {
    const { exit, bad, facts } = await look([`127.0.0.1:${server.port}`, '--auth-file', wrong]);
    expect([exit, bad]).toEqual([2, ['fail memcached/answers authentication-failed']]);
    expect(facts).toMatchObject({ kind: 'failed', password: 'refused' });
  });

  it('says that it wants one', async () => {
    const { exit, bad, facts } = await look([`127.0.0.1:${server.port}`]);
    expect([exit, bad]).toEqual([2, ['fail memcached/answers authentication-required']]);
    expect(facts).toMatchObject({ heard: 'CLIENT_ERROR unauthenticated' });
  });

  it.each(['text', 'ndjson', 'nagios', 'prometheus'])('shows no password as %s', async (format) => {
    const target = `127.0.0.1:${server.port}`;
    expect((await run([target, '--auth-file', right, '-f', format, '-v'])).exit).toBe(0);
    expect((await run([target, '--auth-file', wrong, '-f', format, '-v'])).exit).toBe(2);
  });

  it('is not asked where the file cannot be used', async () => {
    const target = `127.0.0.1:${server.port}`;
    for (const [path, code] of [
      [join(folder, 'not-there'), 'file-not-found'],
      [file('bad', `${secret}\n`), 'malformed'],
    ] as const) {
      const { exit, bad } = await look([target, '--auth-file', path]);
      expect([exit, bad]).toEqual([3, [`broken memcached/answers ${code}`]]);
    }
  });
});

it.each([
  '%\r\n',
  'ERROR %\r\n',
  'CLIENT_ERROR %\r\n',
  'SERVER_ERROR too many open connections %\r\n',
  'VERSION %\r\n',
  '%',
])('what says %j with it is not quoted', async (shape) => {
  const echo = await greetedPeer((words) => shape.replace('%', words));
  closing.push(() => echo.close());
  const { exit, facts } = await look([`127.0.0.1:${echo.port}`, '--auth-file', right, '--read-timeout', '0.3']);
  expect(echo.received().toString()).toContain(secret);
  expect([exit, facts?.kind]).toEqual([2, 'failed']);
  const { stdout } = await run([`127.0.0.1:${echo.port}`, '--auth-file', right, '--read-timeout', '0.3', '-v']);
  expect(stdout).toContain('FAIL');
});

describe('a server that says the password back once it has accepted it', () => {
  const stats = (line: string) => `STAT pid 1\r\n${line}\r\nEND\r\n`;
  const word = secret;
  it.each<[string, (line: string) => string | undefined, 'server' | 'failed']>([
    ['as its version', (line) => (line === 'version' ? `VERSION 1.6 ${word}\r\n` : undefined), 'server'],
    ['as the value of a statistic', (line) => (line === 'stats' ? stats(`STAT evil ${word}`) : undefined), 'server'],
    ['as a name', (line) => (line === 'stats' ? stats(`STAT ${word} 1`) : undefined), 'server'],
    ['as a setting', (line) => (line === 'stats settings' ? stats(`STAT a-${word}-b x`) : undefined), 'server'],
    ['as an item', (line) => (line === 'stats items' ? stats(`STAT items:1:number ${word}`) : undefined), 'server'],
    ['refusing a list', (line) => (line === 'stats slabs' ? `ERROR ${word}\r\n` : undefined), 'server'],
    ['ending a list', (line) => (line === 'stats slabs' ? `STAT a 1\r\n${word}\r\n` : undefined), 'server'],
    ['refusing version', (line) => (line === 'version' ? `ERROR ${word}\r\n` : undefined), 'failed'],
    ['asking again', (line) => (line === 'version' ? `CLIENT_ERROR unauthenticated ${word}\r\n` : undefined), 'failed'],
    ['as no memcached', (line) => (line === 'version' ? `${word}\r\n` : undefined), 'failed'],
    ['in part', (line) => (line === 'version' ? `ERROR ${word.slice(2)}\r\n` : undefined), 'failed'],
    ['and hangs', (line) => (line === 'version' ? `SSH-2.0 ${word}` : undefined), 'failed'],
    [
      'being full',
      (line) => (line === 'version' ? `ERROR Too many open connections ${word}\r\n` : undefined),
      'failed',
    ],
  ])('%s', async (_, says, kind) => {
    const echo = await acceptingPeer(says);
    closing.push(() => echo.close());
    const args = [`127.0.0.1:${echo.port}`, '--auth-file', right, '--read-timeout', '0.3'];
    const { facts } = await look(args);
    expect(echo.received().toString()).toContain(secret);
    expect(facts?.kind).toBe(kind);
    await run([...args, '-v', '--ticket']);
    await run([...args, '-f', 'prometheus']);
  });

  it('in the next look, before it is asked', async () => {
    let looks = 0;
    const echo = await acceptingPeer(
      (line) => (line === 'version' && looks > 1 ? `ERROR ${word}\r\n` : undefined),
      () => ++looks > 1,
    );
    closing.push(() => echo.close());
    const { stdout } = await run([
      `127.0.0.1:${echo.port}`,
      '--auth-file',
      right,
      '--watch',
      '0.1',
      '--count',
      '2',
      '-f',
      'ndjson',
      '-v',
    ]);
    expect(looks).toBe(2);
    expect(stdout).toContain('ERROR ***');
  });
});

/** Asks for the password, takes it, and answers what follows as `says` has it, or as a memcached. */
function acceptingPeer(says: (line: string) => string | undefined, greet = () => false): Promise<Peer> {
  return peer((socket) => {
    const knows = greet();
    let accepted = false;
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('set ')) continue;
        if (line === `ali ${secret}`) {
          accepted = true;
          socket.write('STORED\r\n');
        } else if (!accepted && !knows) socket.write('CLIENT_ERROR unauthenticated\r\n');
        else socket.write(says(line) ?? (line === 'version' ? 'VERSION 1.6.18\r\n' : 'END\r\n'));
      }
    });
  });
}

/** Asks for the password, and answers it with what `answer` makes of it. */
function greetedPeer(answer: (words: string) => string): Promise<Peer> {
  return peer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      const [line = '', words = ''] = chunk.toString().split('\r\n');
      socket.write(line.startsWith('set ') ? answer(words) : 'CLIENT_ERROR unauthenticated\r\n');
    });
  });
}

it('one that asks for no password is not told it, and stores nothing', async () => {
  const server = await memcached({ args: ['-m', '1024'] });
  const { exit, facts } = await look([`127.0.0.1:${server.port}`, '--auth-file', right]);
  expect(exit).toBe(0);
  expect(facts).toMatchObject({ kind: 'server', password: 'not-asked-for', stats: { cmd_set: 0, curr_items: 0 } });
});

it('a password that goes over the network in the clear is a warning', async () => {
  // A network of its own, in which an address of this machine is not a loopback one.
  const line = `unshare -n bash -c '
    ip link set lo up; ip addr add 192.0.2.9/32 dev lo
    memcached -u nobody -m 1024 -l 192.0.2.9 -U 0 -Y ${right} & server=$!
    until (: </dev/tcp/192.0.2.9/11211) 2>/dev/null; do sleep 0.02; done
    rg-diag memcached 192.0.2.9 --auth-file ${right} --json; exit=$?
    kill $server; exit $exit'`;
  const { stdout, exit } = await shell(line);
  const { reports } = JSON.parse(stdout) as Envelope<MemcachedFacts>;
  const bad = reports[0]?.findings.filter(({ status }) => status !== 'pass' && status !== 'skip');
  expect(bad?.map(({ rule, status, code }) => `${status} ${rule} ${code}`)).toEqual([
    'warn memcached/password password-in-clear',
  ]);
  expect(stdout).not.toContain(secret);
  expect(exit).toBe(1);
});

describe('over TLS', () => {
  let authority: Authority;
  let leaf: Issued;
  let server: RunningMemcached;
  beforeAll(async () => {
    authority = await createAuthority();
    closing.push(() => authority.close());
    leaf = await authority.issue({ names: ['cache.test'], ips: ['127.0.0.1'], issuer: authority.root });
    // memcached reads them when it is not root any more.
    const key = file('key.pem', leaf.key);
    const args = ['-Z', '-o', `ssl_chain_cert=${file('chain.pem', leaf.pem)},ssl_key=${key}`];
    server = await memcached({ args: ['-m', '1024', ...args, '-Y', file('tls-auth', `ali:${secret}\n`)] });
  });
  const trusting = () => ['--tls', '--ca-file', authority.root.file];

  it('a verified memcached gets the password', async () => {
    const { exit, bad, facts } = await look([`127.0.0.1:${server.port}`, ...trusting(), '--auth-file', right]);
    expect([exit, bad]).toEqual([0, []]);
    expect(facts).toMatchObject({ transport: 'tls', password: 'accepted', tls: { protocol: 'TLSv1.3' } });
  });

  it('one with a certificate of another name does not', async () => {
    const connect = ['--connect-to', `127.0.0.1:${server.port}`];
    const { exit, bad } = await look(['other.test', ...connect, ...trusting(), '--auth-file', right]);
    expect([exit, bad]).toEqual([2, ['fail memcached/answers unverified-certificate']]);
    const good = await look(['cache.test', ...connect, ...trusting(), '--auth-file', right]);
    expect([good.exit, good.bad]).toEqual([0, []]);
  });

  it('a server that did not verify is never told the password', async () => {
    const received: string[] = [];
    const recorder = createTlsServer({ cert: leaf.pem, key: leaf.key }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received.push(chunk.toString());
        socket.write('CLIENT_ERROR unauthenticated\r\n');
      });
    });
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    closing.push(() => recorder.close());
    const { port } = recorder.address() as AddressInfo;
    const { exit, bad, facts } = await look([`127.0.0.1:${port}`, '--tls', '--auth-file', right]);
    expect([exit, bad]).toEqual([2, ['fail memcached/answers unverified-certificate']]);
    expect(facts).toMatchObject({ password: 'withheld', tls: { unverified: expect.any(String) } });
    expect(received.join('')).toBe('version\r\n');
    // The recorder does hear it where it is to be trusted: otherwise this test could not fail.
    await look([`127.0.0.1:${port}`, ...trusting(), '--auth-file', right]);
    expect(received.join('')).toContain(secret);
  });

  it('a certificate that does not verify fails, with all numbers', async () => {
    const args = ['-Z', '-o', `ssl_chain_cert=${join(folder, 'chain.pem')},ssl_key=${join(folder, 'key.pem')}`];
    const open = await memcached({ args: ['-m', '1024', ...args] });
    const { exit, bad, facts } = await look([`127.0.0.1:${open.port}`, '--tls']);
    expect([exit, bad]).toEqual([2, ['fail memcached/certificate unverified-certificate']]);
    expect(facts).toMatchObject({ kind: 'server', stats: { max_connections: 1024 } });
  });

  it('is named where it is missing, and where it is not understood', async () => {
    const without = await look([`127.0.0.1:${server.port}`, '--read-timeout', '0.5']);
    expect([without.exit, without.bad]).toEqual([2, ['fail memcached/answers tls-required']]);
    const plain = await memcached({ args: ['-m', '1024'] });
    const withTls = await look([`127.0.0.1:${plain.port}`, '--tls', '--read-timeout', '0.5']);
    expect([withTls.exit, withTls.bad]).toEqual([2, ['fail memcached/answers not-tls']]);
  });

  it('a full memcached says so before any TLS, and is named as that', async () => {
    const full = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('ERROR Too many open connections\r\n');
    });
    await new Promise<void>((resolve) => full.listen(0, '127.0.0.1', resolve));
    closing.push(() => full.close());
    const { bad } = await look([`127.0.0.1:${(full.address() as AddressInfo).port}`, '--tls', '--read-timeout', '1']);
    expect(bad).toEqual(['fail memcached/answers too-many-connections']);
  });
});
