import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { decodeListeningSockets } from '../../src/decoders/proc-net-tcp.js';
import { processIds, procLink, procText, socketsOf } from '../../src/io/proc.js';

it('reads what the kernel says of a process, and nothing of one that is not there', () => {
  expect(processIds()).toContain(process.pid);
  expect(procText(`/proc/${process.pid}/stat`)?.startsWith(`${process.pid} (`)).toBe(true);
  expect(procLink(`/proc/${process.pid}/exe`)).toBe(readlinkSync('/proc/self/exe'));
  expect([procText('/proc/4194304/stat'), procLink('/proc/4194304/exe')]).toEqual([undefined, undefined]);
});

it('finds the process that a listening socket belongs to, by its inode', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = decodeListeningSockets(procText('/proc/net/tcp') ?? '').filter((socket) => socket.port === port);
  expect(sockets).toHaveLength(1);
  const inodes = new Set(sockets.map(({ inode }) => inode));
  expect(socketsOf(process.pid, inodes)).toEqual([...inodes]);
  expect([socketsOf(process.pid, new Set([1])), socketsOf(4_194_304, inodes)]).toEqual([[], []]);
  server.close();
  await once(server, 'close');
});
