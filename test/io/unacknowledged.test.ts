import { once } from 'node:events';
import { connect as open, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { unacknowledgedBytes } from '../../src/io/unacknowledged.js';
import { closedPort, type Peer, type Place, peer } from '../servers/peers.js';

const peers: Peer[] = [];
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(peers.map((one) => one.close()));
});

async function started(making: Promise<Peer>): Promise<Peer> {
  const one = await making;
  peers.push(one);
  return one;
}

async function connectedTo({ address, port }: Peer, localPort?: number): Promise<Socket> {
  const socket = open({ host: address, port, ...(localPort !== undefined && { localPort, localAddress: address }) });
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

const stopped = (place: Place) => peer((socket) => socket.pause(), place);
const reading = (place: Place) => peer(() => undefined, place);

function leftOf({ localPort, remotePort, remoteFamily }: Socket): number | undefined {
  if (localPort === undefined || remotePort === undefined) throw new Error('the connection is gone');
  return unacknowledgedBytes({ localPort, remotePort, ...(remoteFamily !== undefined && { remoteFamily }) });
}

/** More than the buffers of both sides take. */
const tooMuch = Buffer.alloc(32 * 1024 * 1024, 'x');

describe.each([
  ['IPv4', '127.0.0.1'],
  ['IPv6', '::1'],
])('over %s', (family, address) => {
  it('nothing is left of what was never sent', async () => {
    const socket = await connectedTo(await started(reading({ address })));
    expect(socket.remoteFamily).toBe(family);
    expect(leftOf(socket)).toBe(0);
  });

  it('nothing is left of what a peer has read', async () => {
    const one = await started(reading({ address }));
    const socket = await connectedTo(one);
    socket.write('a request');
    await expect.poll(() => one.received().toString()).toBe('a request');
    await expect.poll(() => leftOf(socket)).toBe(0);
  });

  it('nothing is left of what fits into the buffers of a peer that does not read', async () => {
    const socket = await connectedTo(await started(stopped({ address })));
    socket.write('a request');
    await expect.poll(() => leftOf(socket)).toBe(0);
  });

  it('something is left of what does not', async () => {
    const one = await started(stopped({ address }));
    const socket = await connectedTo(one);
    socket.write(tooMuch);
    await expect.poll(() => leftOf(socket)).toBeGreaterThan(10_000);
    const { localPort = 0, remotePort = 0 } = socket;
    // It is this end that is asked of: the other one has sent nothing.
    expect(unacknowledgedBytes({ localPort: remotePort, remotePort: localPort, remoteFamily: family })).toBe(0);
  });

  it('nothing is known of a connection that is not there', async () => {
    const { port } = await closedPort({ address });
    const there = await connectedTo(await started(reading({ address })));
    const { localPort = 0, remotePort = 0 } = there;
    expect(unacknowledgedBytes({ localPort: port, remotePort, remoteFamily: family })).toBeUndefined();
    expect(unacknowledgedBytes({ localPort, remotePort: port, remoteFamily: family })).toBeUndefined();
  });

  it('nothing is known of a connection that was closed', async () => {
    const one = await started(reading({ address }));
    const socket = await connectedTo(one);
    const { localPort = 0, remotePort = 0 } = socket;
    const ends = { localPort, remotePort, remoteFamily: family };
    expect(unacknowledgedBytes(ends)).toBe(0);
    const closed = once(socket, 'close');
    socket.resetAndDestroy();
    await closed;
    expect(unacknowledgedBytes(ends)).toBeUndefined();
  });

  it('nothing is known of a connection of the other family', async () => {
    const socket = await connectedTo(await started(reading({ address })));
    const { localPort = 0, remotePort = 0 } = socket;
    const other = family === 'IPv4' ? 'IPv6' : 'IPv4';
    expect(unacknowledgedBytes({ localPort, remotePort, remoteFamily: other })).toBeUndefined();
  });
});

it('nothing is known of a socket without ends', () => {
  expect(unacknowledgedBytes({})).toBeUndefined();
  expect(unacknowledgedBytes({ localPort: 1 })).toBeUndefined();
  expect(unacknowledgedBytes({ remotePort: 1 })).toBeUndefined();
});

it('nothing is told of two connections that have the same ports', async () => {
  const dead = await started(stopped({ address: '127.0.0.1' }));
  const alive = await started(reading({ address: '127.0.0.2', port: dead.port }));
  const one = await connectedTo(dead);
  one.write(tooMuch);
  await expect.poll(() => leftOf(one)).toBeGreaterThan(0);
  // As many addresses of a name may be asked at once, and the system is free to give all of them one port of this machine.
  const other = await connectedTo(alive, one.localPort);
  expect([other.localPort, other.remotePort]).toEqual([one.localPort, one.remotePort]);
  expect([leftOf(one), leftOf(other)]).toEqual([undefined, undefined]);
});
