import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recogniseText } from '../../../src/decoders/explained-text.js';
import { symptomOf } from '../../../src/knowledge/symptoms.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { type RunningNginx, startNginx } from '../../servers/nginx.js';
import { closedPort, type Peer, peer, silentPeer } from '../../servers/peers.js';

// What nginx and curl really print, and which status nginx really answers with.

let folder: string;
let authority: Authority;
let certificate: Issued;
const peers: Peer[] = [];
const servers: RunningNginx[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rg-diag-explain-'));
  authority = await createAuthority();
  certificate = await authority.issue({ names: ['localhost'] });
});
afterAll(async () => {
  await Promise.all([...peers, ...servers].map((one) => one.close()));
  authority.close();
  rmSync(folder, { recursive: true });
});

async function kept(made: Promise<Peer>): Promise<number> {
  const one = await made;
  peers.push(one);
  return one.port;
}

/** Resolves when it has ended; at most 20 s. */
async function curl(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const child = spawn('curl', ['-sS', '--noproxy', '*', '-m', '20', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk.toString();
  });
  await once(child, 'close');
  return out;
}

/** Not before it has the whole request: before, it would depend on who is quicker what either side sees. */
const resettingApplication = () => peer((socket) => socket.once('data', () => socket.resetAndDestroy()));
const closingApplication = () => peer((socket) => socket.once('data', () => socket.end()));
const plainApplication = () =>
  peer((socket) => socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));

function symptomsOf(text: string): string[] {
  return recogniseText(text).readings.flatMap((reading) => (reading.kind === 'symptom' ? [reading.id] : []));
}

describe('nginx before an application that', () => {
  const bigHeader = `HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`;

  it.each([
    ['does not run', closedPort, 'nginx-refused', 502],
    ['closes the connection', closingApplication, 'nginx-closed-before-header', 502],
    ['resets the connection', resettingApplication, 'nginx-reset', 502],
    ['is silent', silentPeer, 'nginx-read-timeout', 504],
    [
      'sends too large a header',
      () => peer((socket) => socket.once('data', () => socket.write(bigHeader))),
      'nginx-big-header',
      502,
    ],
  ] as const)('%s', async (_, application, id, status) => {
    const port = await kept(application());
    const [errors, access] = [join(folder, `${id}.error`), join(folder, `${id}.access`)];
    const nginx = await startNginx({
      lines: [
        `error_log ${errors};`,
        `access_log ${access} combined;`,
        'proxy_read_timeout 1s;',
        `location / { proxy_pass http://127.0.0.1:${port}; }`,
      ],
    });
    servers.push(nginx);
    const { stdout } = await curl(
      '-o',
      join(folder, 'body'),
      '-w',
      '%{http_code}',
      `http://127.0.0.1:${nginx.port}/a?b`,
    );
    expect(Number(stdout)).toBe(status);
    await nginx.close();
    // Two lines of the log may be about one request.
    const found = readFileSync(errors, 'utf8').trim().split('\n').flatMap(symptomsOf);
    expect(found).toContain(id);
    expect(symptomOf(id)?.codes.map(({ code }) => code)).toContain(status);
    const [reading] = recogniseText(readFileSync(access, 'utf8')).readings;
    expect(reading).toMatchObject({ kind: 'access-log', status, method: 'GET', path: '/a' });
  });

  it('speaks no TLS, or that a client breaks off with', async () => {
    const port = await kept(plainApplication());
    const errors = join(folder, 'tls.error');
    const nginx = await startNginx({
      chain: [certificate],
      lines: [`error_log ${errors} info;`, `location / { proxy_pass https://127.0.0.1:${port}; }`],
    });
    servers.push(nginx);
    const url = `https://localhost:${nginx.port}/`;
    const { stdout } = await curl('-k', '-o', join(folder, 'body'), '-w', '%{http_code}', url);
    expect(stdout).toBe('502');
    await curl(url);
    // curl has ended when nginx may still have its alert to read.
    const found = () => readFileSync(errors, 'utf8').trim().split('\n').flatMap(symptomsOf);
    await expect.poll(found, { timeout: 5000 }).toContain('nginx-client-handshake');
    expect(found()).toContain('nginx-upstream-handshake');
    await nginx.close();
  });
});

describe('curl at a server that', () => {
  const at = (port: number) => `http://127.0.0.1:${port}/`;
  const over = (port: number) => `https://127.0.0.1:${port}/`;

  it.each([
    ['is not there', closedPort, (port: number) => [at(port)], 'curl-7'],
    ['closes the connection', closingApplication, (port: number) => [at(port)], 'curl-52'],
    ['resets the connection', resettingApplication, (port: number) => [at(port)], 'curl-56'],
    ['is silent', silentPeer, (port: number) => ['-m', '1', at(port)], 'curl-28'],
    ['speaks no TLS', plainApplication, (port: number) => [over(port)], 'curl-35'],
  ] as const)('%s', async (_, server, args, id) => {
    const { stderr } = await curl(...args(await kept(server())));
    expect(symptomsOf(stderr), stderr).toEqual([id]);
  });

  it('has a certificate of an authority of its own', async () => {
    const nginx = await startNginx({ chain: [certificate], lines: ['return 200;'] });
    servers.push(nginx);
    const { stderr } = await curl(`https://localhost:${nginx.port}/`);
    expect(symptomsOf(stderr)).toEqual(['curl-60']);
    await nginx.close();
  });

  it('has no name', async () => {
    const { stderr } = await curl('http://name.invalid/');
    expect(symptomsOf(stderr)).toEqual(['curl-6']);
  });

  it('redirects in a loop', async () => {
    const nginx = await startNginx({ lines: ['return 302 /again;'] });
    servers.push(nginx);
    const { stderr } = await curl('-L', at(nginx.port));
    expect(symptomsOf(stderr)).toEqual(['curl-47']);
    await nginx.close();
  });
});
