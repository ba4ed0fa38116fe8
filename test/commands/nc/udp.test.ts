import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, shell } from '../../cli/run.js';

interface Server {
  readonly socket: Socket;
  readonly port: number;
  readonly received: Buffer[];
}

/** Answers short questions, but not the X with which nc tries whether a port is refused. */
async function udpServer(): Promise<Server> {
  const socket = createSocket('udp4');
  const received: Buffer[] = [];
  socket.on('message', (message, { port, address }) => {
    received.push(message);
    if (message.toString() !== 'X' && message.length < 100)
      socket.send(Buffer.concat([Buffer.from('re: '), message]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, port: socket.address().port, received };
}

/** Each program has a server to itself, so that it is known who sent what. */
async function runAt(server: Server, line: string): Promise<Ran & { received: string[] }> {
  const ran = await shell(line.replaceAll('OPEN', String(server.port)));
  return { ...ran, received: server.received.map(String) };
}

describe.concurrent('nc -u', () => {
  const servers: Server[] = [];
  const server = async () => {
    const made = await udpServer();
    servers.push(made);
    return made;
  };
  let closed = 0;
  beforeAll(async () => {
    const gone = await udpServer();
    closed = gone.port;
    gone.socket.close();
  });
  afterAll(() => {
    for (const { socket } of servers) socket.close();
  });

  it.each([
    ['an answer', 'echo hi | NC -u -w1 127.0.0.1 OPEN', ['hi\n'], 're: hi\n', 0],
    ['-v sends X first', 'echo hi | NC -uvw1 127.0.0.1 OPEN', ['X', 'X', 'X', 'hi\n'], 're: hi\n', 0],
    ['-zv tries with X, for three seconds', 'NC -zuv 127.0.0.1 OPEN', ['X', 'X', 'X', 'X', 'X'], '', 0],
    ['-zvw1 for one', 'NC -zuvw1 localhost OPEN', ['X', 'X', 'X'], '', 0],
    ['-zn', 'NC -zun 127.0.0.1 OPEN', [], '', 0],
    ['a closed port', 'echo hi | NC -u 127.0.0.1 CLOSED', [], '', 0],
    ['a closed port, verbose', 'echo hi | NC -uv 127.0.0.1 CLOSED', [], '', 1],
    ['a closed port and an open one', 'NC -zuvw1 127.0.0.1 CLOSED OPEN', ['X', 'X', 'X'], '', 0],
    ['an open port and a closed one', 'NC -zuvw1 127.0.0.1 OPEN CLOSED', ['X', 'X', 'X'], '', 1],
    ['-q does not wait for an answer', 'printf hi | NC -u -q0 127.0.0.1 OPEN', ['hi'], '', 0],
    ['-N tells nobody', 'echo hi | NC -uN -w1 127.0.0.1 OPEN', ['hi\n'], 're: hi\n', 0],
    [
      'long input in several datagrams',
      'f=$(mktemp); head -c 40000 /dev/zero >$f; NC -u -w1 127.0.0.1 OPEN <$f; rm $f',
      ['\0'.repeat(16_384), '\0'.repeat(16_384), '\0'.repeat(7232)],
      '',
      0,
    ],
  ])('%s', async (_what, line, received, stdout, exit) => {
    // nc has what it sends received, at the latest, when the answer or its time is over: both are done by then.
    const [one, other] = [await server(), await server()];
    const full = line.replaceAll('CLOSED', String(closed));
    const [real, ours] = await Promise.all([
      runAt(one, full.replace('NC', 'nc')),
      runAt(other, full.replace('NC', 'rg-diag nc')),
    ]);
    const sameName = (text: string) => text.replaceAll(String(other.port), String(one.port));
    expect({ ...ours, stderr: sameName(ours.stderr) }).toEqual(real);
    expect({ received: ours.received, exit: ours.exit }).toEqual({ received, exit });
    if (line.includes('-q0')) return;
    expect(ours.stdout).toBe(stdout);
  });
});
