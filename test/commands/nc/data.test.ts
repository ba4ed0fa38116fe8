import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, shell } from '../../cli/run.js';
import {
  closedPort,
  closingPeer,
  endlessPeer,
  fullBacklog,
  garbage,
  garbagePeer,
  type Peer,
  peer,
  resettingPeer,
  silentPeer,
} from '../../servers/peers.js';
import { sideBySide } from '../side-by-side.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-nc-'));
const big = randomBytes(5_000_000);
const bigFile = join(folder, 'big');
const socketPath = join(folder, 'socket');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const peers: Record<string, Peer> = {};
const unix = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.pipe(socket);
});

beforeAll(async () => {
  writeFileSync(bigFile, big);
  Object.assign(peers, {
    CLOSING: await closingPeer('hello\n'),
    // Ends its side when the client has ended its own, and not before.
    ECHO: await peer((socket) => socket.pipe(socket)),
    COUNTING: await peer((socket) => {
      let count = 0;
      socket.on('data', (chunk) => {
        count += chunk.length;
      });
      socket.on('end', () => socket.end(`${count} bytes\n`));
    }),
    LATE: await peer((socket) => {
      setTimeout(() => socket.end('late\n'), 300);
    }),
    SENDING: await peer((socket) => socket.end(big)),
    RESETTING: await resettingPeer('first\n'),
    GARBAGE: await garbagePeer(),
    ENDLESS: await endlessPeer(),
    SILENT: await silentPeer(),
    CLOSED: await closedPort(),
    FULL: await fullBacklog(),
  });
  unix.listen(socketPath);
  await once(unix, 'listening');
});

afterAll(async () => {
  unix.close();
  await Promise.all(Object.values(peers).map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

/** Names of peers stand for their ports. */
const withPorts = (line: string) =>
  line
    .replace(/\b[A-Z]{4,}\b/g, (name) => (name in peers ? String(peers[name]?.port) : name))
    .replaceAll('BIG', bigFile)
    .replaceAll('SOCKET', socketPath);

describe.concurrent('nc carries data as nc does', () => {
  it.each([
    ['what the peer says', 'NC 127.0.0.1 CLOSING </dev/null', 'hello\n'],
    ['what the peer says, and how it connected', 'NC -v 127.0.0.1 CLOSING </dev/null', 'hello\n'],
    ['each of several ports', 'NC -v 127.0.0.1 CLOSING CLOSED CLOSING </dev/null', 'hello\nhello\n'],
    [
      'an input that is still open when the peer has closed',
      '(sleep 0.4; echo late) | NC 127.0.0.1 CLOSING',
      'hello\n',
    ],
    ['an answer that comes after the input has ended', 'echo question | NC 127.0.0.1 LATE', 'late\n'],
    ['-N: the peer is told that the input has ended', 'printf 12345 | NC -N 127.0.0.1 COUNTING', '5 bytes\n'],
    ['-q 0: the same', 'printf 12345 | NC -q 0 127.0.0.1 COUNTING', '5 bytes\n'],
    [
      '-q 1: the same, a second longer, and no further port',
      'NC -q1 127.0.0.1 COUNTING CLOSING </dev/null',
      '0 bytes\n',
    ],
    ['-q -1: as if it were not there', 'printf 12345 | NC -q -1 -w1 127.0.0.1 COUNTING', ''],
    ['without -N the peer is not told, and -w ends it', 'printf 12345 | NC -w 1 127.0.0.1 COUNTING', ''],
    ['-w: a peer that says nothing', 'NC -w1 127.0.0.1 SILENT </dev/null', ''],
    ['-w 0: no time at all', 'NC -w0 127.0.0.1 SILENT </dev/null', ''],
    ['-d: no input', 'echo no | NC -d 127.0.0.1 LATE', 'late\n'],
    ['-C: lines end with CR LF', "printf 'a\\nb\\r\\nc' | NC -CN 127.0.0.1 ECHO", 'a\r\nb\r\nc'],
    ['a peer that resets the connection', '(sleep 0.3; echo hi; sleep 0.3) | NC 127.0.0.1 RESETTING', 'first\n'],
    ['an input that cannot be read', 'NC 127.0.0.1 CLOSING </', 'hello\n'],
    ['no output at all', 'NC 127.0.0.1 CLOSING </dev/null >&-', ''],
    ['an output that is full', 'NC 127.0.0.1 CLOSING </dev/null >/dev/full', ''],
    ['a unix socket', 'printf hello | NC -NU SOCKET', 'hello'],
    ['a unix socket, verbose', 'printf hello | NC -vNU SOCKET', 'hello'],
    ['a unix socket, and no data', 'NC -vzU SOCKET', ''],
  ])('%s', async (_what, line, stdout) => {
    const { real, ours } = await sideBySide('nc', withPorts(line));
    expect(ours).toEqual(real);
    expect({ stdout: ours.stdout, exit: ours.exit }).toEqual({ stdout, exit: 0 });
  });

  it.each([
    ['a timeout', '-vzw1 127.0.0.1 FULL', 1],
    ['a timeout, without a word', '-zw1 127.0.0.1 FULL', 1],
    ['a timeout, and then another port', '-vw1 localhost FULL CLOSING', 0],
  ])('%s', async (_what, words, exit) => {
    const { real, ours } = await sideBySide('nc', withPorts(`NC ${words} </dev/null`));
    expect(ours).toEqual(real);
    expect(ours.exit).toBe(exit);
  });

  it.each([
    ['both ways, from a file', 'NC -N 127.0.0.1 ECHO <BIG | sha256sum'],
    ['both ways, from a pipe', 'cat BIG | NC -N 127.0.0.1 ECHO | sha256sum'],
    ['both ways, to a reader who takes a rest', 'cat BIG | NC -N 127.0.0.1 ECHO | (sleep 0.5; sha256sum)'],
    ['both ways, to a file', 'NC -N 127.0.0.1 ECHO <BIG >BIG.$$; sha256sum <BIG.$$'],
    ['both ways, over a unix socket', 'NC -NU SOCKET <BIG | sha256sum'],
    ['from a peer that closes', 'NC 127.0.0.1 SENDING </dev/null | sha256sum'],
  ])('5 MB %s', async (_what, line) => {
    const { real, ours } = await sideBySide('nc', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours.stdout).toBe(`${sha256(big)}  -\n`);
  });

  it('bytes of no encoding', async () => {
    const line = '(echo; sleep 0.3) | NC -w1 127.0.0.1 GARBAGE | sha256sum';
    const { real, ours } = await sideBySide('nc', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours.stdout).toBe(`${sha256(Buffer.concat([garbage, garbage]))}  -\n`);
  });

  it('no input at all', async () => {
    // nc has its socket take the place of the input, and reads from it twice.
    expect(await shell(withPorts('rg-diag nc 127.0.0.1 CLOSING <&-'))).toEqual({
      stdout: 'hello\n',
      stderr: '',
      exit: 0,
    });
  });

  it('a reader who goes away', async () => {
    const line = 'NC 127.0.0.1 ENDLESS </dev/null | head -c 10; echo " $PIPESTATUS"';
    const { real, ours } = await sideBySide('nc', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours).toEqual({ stdout: 'xxxxxxxxxx 0\n', stderr: '', exit: 0 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('dies of %s at once', async (signal) => {
    const start = async (command: string, ...args: string[]) => {
      const child: ChildProcess = spawn(command, [...args, '127.0.0.1', `${peers['CLOSING']?.port}`], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      // The peer has spoken: it is connected, and waits for its input.
      await once(child.stdout as NodeJS.EventEmitter, 'data');
      child.kill(signal);
      return once(child, 'close');
    };
    expect(await start('nc')).toEqual([null, signal]);
    expect(await start(program, 'nc')).toEqual([null, signal]);
  });

  it('talks at a terminal', async () => {
    // script(1) lends a terminal, which shows what is typed; Ctrl-D ends the input.
    const line =
      "(sleep 0.5; printf 'hi\\n'; sleep 0.3; printf '\\004') | script -qec 'NC -N 127.0.0.1 ECHO' /dev/null";
    const { real, ours } = await sideBySide('nc', withPorts(line));
    expect(ours.exit).toBe(real.exit);
    expect(ours.stdout).toContain('hi\r\nhi\r\n');
    expect(ours.stdout).toBe(real.stdout);
  });
});
