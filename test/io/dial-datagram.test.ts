import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, expect, it } from 'vitest';
import { type DatagramStream, dialDatagram } from '../../src/io/dial-datagram.js';

const sender = createSocket('udp4');
const streams: DatagramStream[] = [];
afterAll(() => {
  sender.close();
  for (const stream of streams) stream.destroy();
});

it('datagrams that nobody reads do not pile up, and those that come later are read', async () => {
  sender.bind(0, '127.0.0.1');
  await once(sender, 'listening');
  const { port } = sender.address();
  const dialled = await dialDatagram({ kind: 'ip', address: '127.0.0.1', family: 4, port });
  if (!dialled.ok) throw new Error(dialled.failure.detail);
  const stream = dialled.value;
  streams.push(stream);
  stream.write('hello');
  const [, from] = await once(sender, 'message');
  const say = (bytes: string) =>
    new Promise<void>((resolve, reject) =>
      sender.send(bytes, from.port, from.address, (error) => (error === null ? resolve() : reject(error))),
    );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (let datagrams = 0; datagrams < 60; datagrams++) {
    await say('x'.repeat(16_000));
    await turn();
  }
  // As many as Linux keeps for a socket, and the one that went over.
  expect(stream.readableLength).toBeGreaterThan(100_000);
  expect(stream.readableLength).toBeLessThan(230_000);
  const heard: string[] = [];
  const last = new Promise<void>((resolve) =>
    stream.on('data', (chunk: Buffer) => {
      heard.push(chunk.toString());
      if (heard.at(-1) === 'last') resolve();
    }),
  );
  while (stream.readableLength > 0) await turn();
  await say('last');
  await last;
  expect(heard.length).toBeGreaterThan(6);
});
