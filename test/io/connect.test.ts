import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/io/connect.js';
import { createDeadline } from '../../src/io/deadline.js';
import type { Outcome } from '../../src/model/failure.js';
import type { Destination } from '../../src/model/network.js';
import { closedPort, fullBacklog, greetingPeer, type Peer, resettingPeer, silentPeer } from '../servers/peers.js';

const signal = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-connect-'));
const peers: Peer[] = [];
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.close()));
  rmSync(folder, { recursive: true });
});

async function standing(making: Promise<Peer>): Promise<Peer> {
  const peer = await making;
  peers.push(peer);
  return peer;
}

const to = ({ address, port }: Pick<Peer, 'address' | 'port'>): Destination => ({
  kind: 'ip',
  address,
  family: address.includes(':') ? 6 : 4,
  port,
});

function failureOf(outcome: Outcome<Socket>) {
  if (!outcome.ok) return outcome.failure;
  outcome.value.destroy();
  throw new Error('it connected');
}

describe('a connection', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1'])('to %s is open, and nothing of it has been read', async (address) => {
    const outcome = await connect(to(await standing(greetingPeer('hello\n', { address }))), { signal });
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    const socket = outcome.value;
    expect(socket.remoteAddress).toBe(address);
    expect(socket.isPaused()).toBe(true);
    expect(socket.bytesRead).toBe(0);
    expect(outcome.ms).toBeGreaterThan(0);
    const [bytes] = await Promise.all([once(socket, 'data'), socket.resume()]);
    expect(String(bytes)).toBe('hello\n');
    socket.destroy();
  });

  it('that is reset between two steps ends no process', async () => {
    const outcome = await connect(to(await standing(resettingPeer('hello'))), { signal });
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    const closed = new Promise((resolve) => outcome.value.once('close', resolve));
    outcome.value.resume().write('and now?');
    expect(await closed).toBe(true);
  });
});

describe('an attempt to connect', () => {
  it('to a port where nobody listens is refused', async () => {
    const closed = await closedPort();
    expect(failureOf(await connect(to(closed), { signal }))).toEqual({
      code: 'connection-refused',
      step: 'connect',
      blame: 'target',
      detail: `connect ECONNREFUSED 127.0.0.1:${closed.port}`,
    });
  });

  it('that nobody answers is given up after its own time', async () => {
    const outcome = await connect(to(await standing(fullBacklog())), { seconds: 0.2, signal });
    expect(failureOf(outcome)).toEqual({
      code: 'timeout',
      step: 'connect',
      blame: 'path',
      detail: 'no answer to the attempt to connect within 0.2 s',
    });
    expect(outcome.ms).toBeGreaterThanOrEqual(199);
  });

  it('that nobody answers is given up when the run is over', async () => {
    const deadline = createDeadline(0.1);
    const outcome = await connect(to(await standing(fullBacklog())), { seconds: 20, signal: deadline.signal });
    expect(failureOf(outcome)).toMatchObject({
      code: 'timeout',
      detail: 'no answer to the attempt to connect: the deadline of 0.1 s was reached',
    });
  });

  it('is given up on Ctrl-C', async () => {
    const deadline = createDeadline(undefined);
    const attempt = connect(to(await standing(fullBacklog())), { signal: deadline.signal });
    deadline.interrupt('the run was interrupted by SIGINT');
    expect(failureOf(await attempt)).toMatchObject({
      code: 'interrupted',
      detail: 'no answer to the attempt to connect: the run was interrupted by SIGINT',
    });
  });

  it('is not waited for when the run was over before', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('over');
    const outcome = await connect(to(await standing(fullBacklog())), { signal: deadline.signal });
    expect(failureOf(outcome)).toMatchObject({ code: 'interrupted' });
  });

  it.each([
    ['a link-local address without its zone', 'fe80::1', 6],
    ['an address of this machine that it does not have', 'fe80::1%lo.nonesuch', 6],
  ] as const)('to %s cannot be made', async (_, address, family) => {
    const outcome = await connect({ kind: 'ip', address, family, port: 1 }, { signal });
    expect(failureOf(outcome)).toMatchObject({ code: 'address-unavailable', blame: 'us' });
  });
});

describe('a unix socket', () => {
  const at = (path: string) => connect({ kind: 'unix', path }, { signal });

  it('is connected to', async () => {
    const path = join(folder, 'open');
    const server = createServer((socket) => socket.end('hello')).listen(path);
    await once(server, 'listening');
    const outcome = await at(path);
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    const [bytes] = await Promise.all([once(outcome.value, 'data'), outcome.value.resume()]);
    expect(String(bytes)).toBe('hello');
    outcome.value.destroy();
    server.close();
  });

  it('that is not there', async () => {
    expect(failureOf(await at(join(folder, 'nothing')))).toMatchObject({ code: 'file-not-found', blame: 'target' });
  });

  it('whose server is gone', async () => {
    const path = join(folder, 'left');
    const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', program]), 'close');
    expect(existsSync(path)).toBe(true);
    expect(failureOf(await at(path))).toMatchObject({ code: 'connection-refused', blame: 'target' });
  });

  it('that may not be used', async () => {
    const path = join(folder, 'denied');
    const server = createServer().listen(path);
    await once(server, 'listening');
    chmodSync(path, 0o600);
    chmodSync(folder, 0o755);
    // Nothing is denied to root.
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    const outcome = await at(path);
    if (user === 0) process.seteuid?.(0);
    server.close();
    expect(failureOf(outcome)).toMatchObject({ code: 'permission-denied', step: 'connect', blame: 'us' });
  });

  it('that is one for datagrams', async () => {
    const path = join(folder, 'datagrams');
    const appeared = new Promise<void>((resolve) => {
      const watcher = watch(folder, (_, name) => {
        if (name !== 'datagrams') return;
        watcher.close();
        resolve();
      });
    });
    const child = spawn('nc', ['-l', '-u', '-U', path], { stdio: ['pipe', 'ignore', 'inherit'] });
    await appeared;
    const outcome = await at(path);
    const ended = once(child, 'close');
    child.kill();
    await ended;
    expect(failureOf(outcome)).toMatchObject({ code: 'not-a-socket', blame: 'target' });
  });

  it('that is a regular file', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    expect(failureOf(await at(path))).toMatchObject({ code: 'not-a-socket', blame: 'target' });
  });

  it('whose backlog is full', async () => {
    const path = join(folder, 'full');
    const program = `require('node:net').createServer().listen({ path: ${JSON.stringify(path)}, backlog: 1 }, () => {
      console.log(); require('node:fs').readSync(0, Buffer.alloc(1)); process.exit(); })`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const outcomes = await Promise.all([at(path), at(path), at(path)]);
    child.stdin.end();
    await once(child, 'close');
    const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]));
    expect(failures).toEqual([expect.objectContaining({ code: 'busy', blame: 'target' })]);
    for (const outcome of outcomes) if (outcome.ok) outcome.value.destroy();
  });

  it.each([
    ['through a file', '/etc/passwd/socket', 'file-not-found'],
    ['with a name longer than a socket can have', `/tmp/${'n'.repeat(120)}`, 'invalid-path'],
    // Node would connect to what stands before it.
    ['with a NUL', '/tmp/nul\0socket', 'invalid-path'],
  ])('%s', async (_, path, code) => {
    expect(failureOf(await at(path))).toMatchObject({ code, step: 'connect' });
  });
});

it('a peer that accepts and says nothing is connected to', async () => {
  const outcome = await connect(to(await standing(silentPeer())), { seconds: 5, signal });
  expect(outcome.ok).toBe(true);
  if (outcome.ok) outcome.value.destroy();
});
