// What answers on the machine of a bundle with secrets in it: an origin, /cdn-cgi/trace, memcached and the statistics of
// rg-listener. Its argument is a file with what to answer. Says that it is ready.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createTcp } from 'node:net';

interface Answers {
  readonly cert: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly redirect: string;
  readonly body: string;
  readonly trace: string;
  readonly memcached: string;
  readonly statistics: string;
}

const answers = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answers;

function serve({ url = '' }: IncomingMessage, answer: ServerResponse): void {
  if (url.startsWith('/cdn-cgi/trace'))
    answer.writeHead(200, { ...answers.headers, 'CF-RAY': '8a1b2c3d4e5f6071-AMS' }).end(answers.trace);
  else if (url.startsWith('/old')) answer.writeHead(302, { ...answers.headers, Location: answers.redirect }).end();
  else answer.writeHead(500, { 'Content-Type': 'text/html', ...answers.headers }).end(answers.body);
}

const listening = [
  createSecure({ cert: answers.cert, key: answers.key }, serve).listen(443, '127.0.0.2'),
  createServer(serve).listen(80, '127.0.0.2'),
  createServer((_, answer) => answer.end(answers.statistics)).listen(24099, '127.0.0.1'),
  createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(answers.memcached));
  }).listen(11299, '127.0.0.1'),
];
await Promise.all(listening.map((server) => new Promise((resolve) => server.once('listening', resolve))));
process.stdout.write('ready\n');
