import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Issued } from './authority.js';
import { type Peer, peer } from './peers.js';

/** What a server says first, and what it answers to lines that begin so; an array is said in pieces. */
export interface Script {
  readonly greeting: string;
  readonly answers: Readonly<Record<string, string>>;
  /** What the client says last before TLS, and the answer that goes with it. */
  readonly upgrade: readonly [string, string];
}

/** Speaks a protocol of lines until it is told to go on in TLS, and then shakes hands with its certificate. */
export function upgradingPeer({ greeting, answers, upgrade }: Script, { pem, key }: Issued): Promise<Peer> {
  return peer((socket: Socket) => {
    socket.write(greeting);
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const said = text.slice(0, end);
        text = text.slice(end + 2);
        if (said.startsWith(upgrade[0])) {
          socket.removeAllListeners('data');
          socket.write(upgrade[1]);
          const secured = new TLSSocket(socket, { isServer: true, cert: pem, key });
          secured.on('error', () => undefined);
          secured.on('data', (data) => secured.write(data));
          return;
        }
        const answer = Object.entries(answers).find(([begin]) => said.startsWith(begin))?.[1];
        socket.write(answer ?? '500 what?\r\n');
      }
    };
    socket.on('data', read);
  });
}
