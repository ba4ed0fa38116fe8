import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { exchangeDatagram } from '../../src/io/datagram.js';
import { createDeadline } from '../../src/io/deadline.js';

const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.close();
});

async function listen(kind: 'udp4' | 'udp6', answer?: (text: string) => string): Promise<number> {
  const socket = createSocket(kind);
  sockets.push(socket);
  socket.on('message', (bytes, from) => {
    if (answer !== undefined) socket.send(answer(bytes.toString()), from.port, from.address);
  });
  socket.bind(0, kind === 'udp6' ? '::1' : '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
}

const { signal } = new AbortController();
const to = (port: number, address = '127.0.0.1') =>
  ({ kind: 'ip', address, family: address.includes(':') ? 6 : 4, port }) as const;

describe('a datagram', () => {
  it.each([
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const)('is answered over %s', async (kind, address) => {
    const port = await listen(kind, (text) => `you said ${text}`);
    const outcome = await exchangeDatagram(to(port, address), Buffer.from('hello'), { seconds: 5, signal });
    expect(outcome).toMatchObject({ ok: true, value: Buffer.from('you said hello') });
  });

  it('may be empty', async () => {
    const port = await listen('udp4', (text) => `${text.length} bytes`);
    const outcome = await exchangeDatagram(to(port), Buffer.alloc(0), { seconds: 5, signal });
    expect(outcome).toMatchObject({ ok: true, value: Buffer.from('0 bytes') });
  });

  it('to a port that nobody has is refused', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    await once(socket, 'close');
    const outcome = await exchangeDatagram(to(port), Buffer.from('x'), { seconds: 5, signal });
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        code: 'connection-refused',
        step: 'connect',
        blame: 'target',
        detail: expect.stringContaining(`:${port}`),
      },
    });
  });

  it('that is not answered is given up, and nothing more is said of the port', async () => {
    const port = await listen('udp4');
    const outcome = await exchangeDatagram(to(port), Buffer.from('x'), { seconds: 0.05, signal });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'timeout', blame: 'path', detail: 'no answer (open or filtered) within 0.05 s' },
    });
  });

  it('is not waited for beyond the end of the run', async () => {
    const port = await listen('udp4');
    const deadline = createDeadline(undefined);
    const outcome = exchangeDatagram(to(port), Buffer.from('x'), { signal: deadline.signal });
    deadline.interrupt('enough');
    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'interrupted' } });
  });
});
