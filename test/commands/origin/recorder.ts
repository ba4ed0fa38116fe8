import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Issued } from '../../servers/authority.js';
import { http } from '../../servers/edge.js';

/** A request as an origin received it. */
export interface Recorded {
  /** The name in the ClientHello; absent without TLS, and where there was none. */
  readonly sni?: string;
  /** From the request line to the blank line, one character a byte. */
  readonly head: string;
}

/** An origin that writes down what it is asked. */
export interface Recorder {
  readonly port: number;
  readonly requests: readonly Recorded[];
  /** Connections, also those over which no request came. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export interface RecorderOptions {
  /** The leaf first; absent: plain HTTP. */
  readonly chain?: readonly Issued[];
  readonly address?: string;
  readonly port?: number;
  /** What is answered to the request with that number, from 1; nothing: the connection is closed without a word. */
  readonly answer?: (number: number) => string | Uint8Array | undefined;
}

/** Starts it; it listens when this resolves, and every connection ends after one answer. */
export async function startRecorder(options: RecorderOptions = {}): Promise<Recorder> {
  const { chain, address = '127.0.0.1', port = 0, answer = () => http('200 OK', {}, 'ok') } = options;
  const requests: Recorded[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket) => {
    let head = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return;
      const { servername } = socket as TLSSocket;
      requests.push({ head, ...(typeof servername === 'string' && { sni: servername }) });
      head = '';
      socket.end(answer(requests.length) ?? '');
    });
  };
  const server: Server =
    chain === undefined
      ? createServer(serve)
      : createTlsServer({ cert: chain.map(({ pem }) => pem).join(''), key: chain[0]?.key ?? '' }, serve);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
