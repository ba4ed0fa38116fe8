import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Issued } from './authority.js';

/** A web server on loopback that answers with exactly the bytes that it is told to. */
export interface Edge {
  readonly port: number;
  /** The heads of all requests so far, each as it came. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface EdgeOptions {
  /** The certificate with which it speaks TLS, the leaf first; absent: plain HTTP. */
  readonly chain?: readonly Issued[];
  readonly address?: string;
  readonly port?: number;
}

/** What to do with a request: bytes to send before closing, or anything with the socket itself. */
export type Answer = string | Uint8Array | ((socket: Socket, head: string) => void);

/** Starts it; `answer` is asked once for each connection, when the head of the request is there. */
export async function startEdge(answer: (head: string) => Answer, options: EdgeOptions = {}): Promise<Edge> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    let head = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const isHttp = /^[A-Z]/.test(head);
      if (isHttp && !head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      if (!isHttp) {
        // As nginx answers a TLS handshake on the port of plain HTTP.
        socket.end(http('400 Bad Request', { Server: 'nginx' }));
        return;
      }
      requests.push(head);
      const bytes = answer(head);
      if (typeof bytes === 'function') bytes(socket, head);
      else socket.end(bytes);
    };
    socket.on('data', read);
  };
  const { chain, address = '127.0.0.1', port = 0 } = options;
  const server: Server =
    chain === undefined
      ? createServer(serve)
      : createTlsServer({ cert: chain.map(({ pem }) => pem).join(''), key: chain[0]?.key ?? '' }, serve);
  server.on('tlsClientError', () => undefined);
  server.listen(port, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** An answer of HTTP with a length that is right. */
export function http(
  status: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, 'Content-Length': String(bytes.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${head}\r\n`, 'latin1'), bytes]);
}
