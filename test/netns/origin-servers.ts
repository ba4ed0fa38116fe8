// Servers for the scenarios of origins behind firewalls, on all addresses of the namespace that it is started in. Its
// arguments are the files of a certificate and its key, a port where plain requests are taken and not answered, one where
// nothing comes through any more after the handshake, and others for plain requests. Says that it is ready.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** Whoever asks this address meets the edge of Cloudflare. */
const edge = '104.16.0.5';

const [certFile = '', keyFile = '', silentPort = '', cutPort = '', ...otherPorts] = process.argv.slice(2);

const answer = (socket: Socket) => {
  const isEdge = socket.localAddress?.endsWith(edge) ?? false;
  const own = isEdge ? 'Server: cloudflare\r\nCF-RAY: 230b030023ae2822-AMS\r\n' : 'Server: x\r\n';
  const head = `HTTP/1.1 200 OK\r\n${own}Content-Type: text/plain\r\n`;
  socket.on('error', () => undefined);
  socket.once('data', (request) => {
    const body = isEdge && request.includes('/cdn-cgi/trace') ? 'fl=1f2\ncolo=AMS\n' : 'ok';
    socket.end(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
  });
};
/**
 * Stands before an origin of TLS 1.2. The client has said its last word of the handshake when it speaks for the second
 * time: before it gets the server's, and sends its request, the firewall drops whatever else it sends.
 */
const cutting = (socket: Socket) => {
  const upstream = connect(innerPort, '127.0.0.1');
  let spoken = 0;
  let isCut = false;
  for (const end of [socket, upstream]) end.on('error', () => undefined);
  socket.on('close', () => upstream.destroy());
  socket.on('data', (chunk) => {
    spoken += 1;
    upstream.write(chunk);
  });
  upstream.on('data', (chunk) => {
    if (spoken > 1 && !isCut) {
      isCut = true;
      execFileSync('nft', ['add', 'rule', 'inet', 'test', 'input', 'tcp', 'dport', cutPort, 'drop']);
    }
    socket.write(chunk);
  });
};
const innerPort = 8443;

const identity = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
const listening = [
  ...[80, ...otherPorts.map(Number)].map((port) => ({ server: createServer(answer), port })),
  { server: createServer((socket) => socket.on('error', () => undefined).resume()), port: Number(silentPort) },
  { server: createServer(cutting), port: Number(cutPort) },
  { server: createTlsServer({ ...identity, maxVersion: 'TLSv1.2' }, answer), port: innerPort },
  { server: createTlsServer(identity, answer).on('tlsClientError', () => undefined), port: 443 },
];
await Promise.all(
  listening.map(({ server, port }) => new Promise<void>((resolve) => server.listen(port, '::', resolve))),
);
process.stdout.write('ready\n');
