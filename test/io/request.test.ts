import { once } from 'node:events';
import { connect as open, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { request, tunnel } from '../../src/io/request.js';
import { type Answer, http, startEdge } from '../servers/edge.js';

const never = new AbortController().signal;
const get = { method: 'GET', path: '/x?y=%20', headers: { host: 'www.example.com', 'x-own': '1' } } as const;

/** One exchange over a fresh connection with a server that answers like this. */
async function exchange(answer: Answer, seconds = 10) {
  const server = await startEdge(() => answer);
  const socket = await connected(server.port);
  const outcome = await request(socket, get, { signal: never, seconds });
  const { destroyed } = socket;
  await server.close();
  return { outcome, destroyed, asked: server.requests };
}

async function connected(port: number): Promise<Socket> {
  const socket = open({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.pause();
  return socket;
}

const answerOf = ({ outcome }: Awaited<ReturnType<typeof exchange>>) => {
  if (!outcome.ok) throw new Error(outcome.failure.detail);
  return outcome.value;
};

/** Writes pieces for as long as they are taken. */
const endless = (start: string, piece: string) => (socket: Socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.write(start);
  socket.on('drain', more);
  more();
};

describe('a request', () => {
  it('is what was asked for and nothing more, and its connection is closed', async () => {
    const { outcome, destroyed, asked } = await exchange(http('200 OK', { A: '1' }, 'body'));
    expect(outcome).toMatchObject({ ok: true, value: { status: 200, reason: 'OK', truncated: false } });
    expect(destroyed).toBe(true);
    expect(asked).toHaveLength(1);
    expect(
      asked[0]
        ?.toLowerCase()
        .split('\r\n')
        .filter((line) => line !== '')
        .sort(),
    ).toEqual(['connection: close', 'get /x?y=%20 http/1.1', 'host: www.example.com', 'x-own: 1']);
  });

  it('keeps headers that come twice, in lower case, and the bytes of the body', async () => {
    const head = 'HTTP/1.1 403 No Way\r\nVia: a\r\nVIA: b\r\nEmpty:\r\nContent-Length: 3\r\n\r\n';
    const value = answerOf(await exchange(Buffer.concat([Buffer.from(head), Buffer.from([0, 255, 128])])));
    expect(value).toMatchObject({ status: 403, reason: 'No Way', headers: { via: ['a', 'b'], empty: '' } });
    expect([...value.body]).toEqual([0, 255, 128]);
  });

  it('does not unpack what is packed, and follows nothing', async () => {
    const value = answerOf(
      await exchange(http('301 Moved', { Location: '/y', 'Content-Encoding': 'gzip' }, 'not gzip')),
    );
    expect([value.status, value.body.toString()]).toEqual([301, 'not gzip']);
  });

  it('reads 64 KB of a body and no more', async () => {
    const exact = answerOf(await exchange(http('200 OK', {}, 'x'.repeat(65_536))));
    expect([exact.body.length, exact.truncated]).toEqual([65_536, false]);
    const longer = answerOf(await exchange(http('200 OK', {}, 'x'.repeat(65_537))));
    expect([longer.body.length, longer.truncated]).toEqual([65_536, true]);
    const without = answerOf(await exchange(endless('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(10_000))));
    expect([without.body.length, without.truncated]).toEqual([65_536, true]);
    const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
    const chunked = answerOf(await exchange(endless('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', chunk)));
    expect([chunked.body.length, chunked.truncated]).toEqual([65_536, true]);
  });

  it('takes headers of 200 KB, and not those of 300', async () => {
    const filled = (count: number) =>
      http('200 OK', Object.fromEntries(Array.from({ length: count }, (_, i) => [`h${i}`, 'x'.repeat(9_990)])));
    expect((await exchange(filled(20))).outcome.ok).toBe(true);
    expect((await exchange(filled(30))).outcome).toMatchObject({
      failure: { code: 'answer-too-long', step: 'request' },
    });
  });

  it('ends with its time, and shows what had come', async () => {
    const silent = await exchange(() => undefined, 0.1);
    expect(silent.outcome).toMatchObject({
      failure: { code: 'timeout', detail: 'no answer within 0.1 s' },
      partial: {},
    });
    const half = await exchange((socket) => void socket.write('HTTP/1.1 200 OK\r\nA: 1\r\n\r\nabc'), 0.1);
    expect(half.outcome).toMatchObject({
      failure: { code: 'timeout', detail: 'a status 200 and 3 bytes of the body, no end within 0.1 s' },
      partial: { head: { status: 200, headers: { a: '1' } } },
    });
    expect(half.destroyed).toBe(true);
  });

  it('tells an answer that makes no sense from none at all', async () => {
    expect((await exchange('HTTP/1.1 OK\r\n\r\n')).outcome).toMatchObject({ failure: { code: 'malformed-response' } });
    expect((await exchange('')).outcome).toMatchObject({
      failure: { code: 'connection-closed', blame: 'target', detail: 'the connection was closed without an answer' },
    });
    expect((await exchange((socket) => void socket.resetAndDestroy())).outcome).toMatchObject({
      failure: { code: 'connection-reset' },
    });
  });
});

describe('a tunnel', () => {
  const ask = { method: 'CONNECT', path: 'www.example.com:443', headers: { host: 'www.example.com:443' } } as const;

  it('is the stream itself, with what came behind the answer', async () => {
    const server = await startEdge(() => (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nhello');
      socket.on('data', (bytes) => socket.end(bytes));
    });
    const opened = await tunnel(await connected(server.port), ask, { signal: never, seconds: 10 });
    if (!opened.ok) throw new Error(opened.failure.detail);
    const { stream, head } = opened.value;
    let heard = '';
    stream.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
    });
    stream.write(' again');
    await once(stream, 'end');
    stream.destroy();
    await server.close();
    expect([head.status, heard]).toEqual([200, 'hello again']);
  });

  it('is refused with the status', async () => {
    const server = await startEdge(() => http('403 Forbidden', {}, 'no'));
    const socket = await connected(server.port);
    const refused = await tunnel(socket, ask, { signal: never, seconds: 10 });
    expect(refused).toMatchObject({ ok: true, value: { head: { status: 403 } } });
    expect(socket.destroyed).toBe(true);
    await server.close();
  });
});
