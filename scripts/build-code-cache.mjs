// Makes dist/code-cache.*: what V8 compiles of the chunks in dist/ while the usual commands run, so that users' runs need
// not compile it again (docs/decisions/0012-code-cache.md).
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './throwaway-certificates.mjs';

const header = '151df128a1 2.05 0.009465 0031 5360';

/** A page, and the trace that Cloudflare would answer. */
function answerWeb({ url }, response) {
  const trace = `fl=1\nh=localhost\nip=127.0.0.1\nts=${Date.now() / 1000}\nvisit_scheme=http\nuag=rg-diag\ncolo=AMS\nhttp=http/1.1\nloc=NL\ntls=off\nwarp=off\n`;
  const asked = url === '/cdn-cgi/trace';
  response.setHeader('content-type', asked ? 'text/plain' : 'text/html');
  response.end(asked ? trace : '<!doctype html><title>Hello</title>');
}

const stats = {
  uptime: 1000,
  version: '1.6.38',
  curr_connections: 1,
  max_connections: 1024,
  cmd_get: 10,
  cmd_set: 5,
  get_hits: 5,
  get_misses: 5,
  evictions: 0,
  bytes: 100,
  limit_maxbytes: 67108864,
};
const settings = { maxbytes: 67108864, maxconns: 1024, item_size_max: 1048576, evictions: 'on' };

const railgunConf = `activation.token = 0123456789abcdef0123456789abcdef
activation.railgun_host = 203.0.113.7
memcached.servers = 127.0.0.1:11211
lan.timout = 30
`;

const railgunLog = `Oct 27 23:35:57 www rg-listener: connection failed 10.0.0.1:443/a.example: dial tcp 10.0.0.1:443: i/o timeout
Oct 27 23:36:57 www railgun[199.27.130.135:22114]: ab18927f79... Starting connection to LAN
Oct 27 23:37:57 www sshd[7]: hello
`;

/** As much of memcached as is asked for when all is well. */
function answerMemcached(socket) {
  const list = (rows) => [...Object.entries(rows).map((row) => `STAT ${row.join(' ')}\r\n`), 'END\r\n'].join('');
  const answers = { version: 'VERSION 1.6.38\r\n', stats: list(stats), 'stats settings': list(settings) };
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    for (const line of String(bytes).split('\r\n').slice(0, -1)) socket.write(answers[line] ?? list({}));
  });
}

/** Its result does not matter: a run that fails or hangs leaves that much less in the cache. */
async function run(compiled, args) {
  const program = join(import.meta.dirname, 'run-and-keep-code.mjs');
  // V8 takes a cache only from a process with the same options.
  const env = { ...process.env, NODE_OPTIONS: '' };
  const options = { env, timeout: 10_000, killSignal: 'SIGKILL' };
  const child = execFile(process.execPath, [program, compiled, ...args], options, () => undefined);
  child.stdin.end();
  await once(child, 'close');
}

/** What src/start.ts reads, of what the runs so far have left. */
function write(compiled) {
  const { thisNode } = createRequire(import.meta.url)('../dist/start.cjs');
  const chunks = {};
  const parts = [];
  let at = 0;
  for (const name of readdirSync(compiled).sort()) {
    const [code, text] = [readFileSync(join(compiled, name)), readFileSync(join('dist', name))];
    chunks[`./${name}`] = { at, code: code.length, text: text.length };
    parts.push(code, code, text);
    at += 2 * code.length + text.length;
  }
  writeFileSync('dist/code-cache.bin', Buffer.concat(parts));
  writeFileSync('dist/code-cache.json', JSON.stringify({ node: thisNode(), chunks }));
}

function usualRuns({ http, https, memcached }, { ca, conf, log }) {
  const secure = `localhost:${https}`;
  const commands = [
    ['decode', header],
    ['probe', '127.0.0.1', http],
    ['cert', secure, '--ca-file', ca],
    ['memcached', `127.0.0.1:${memcached}`],
    ['trace', '--http', `127.0.0.1:${http}`],
    ['origin', `https://${secure}/`, '--ca-file', ca],
    ['config', 'check', conf],
    ['config', 'resolve', 'www.example.com', '--config', conf],
    ['listener', secure],
    ['logs', log],
  ];
  return [
    [`-decode=${header}`],
    ['--help'],
    ['nc', '-z', '127.0.0.1', http],
    ['explain', '522'],
    ...commands.flatMap((words) => ['text', 'json', 'nagios'].map((format) => [...words, '-f', format])),
    ['decode', header, '-f', 'prometheus'],
  ];
}

export async function buildCodeCache() {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-build-'));
  const compiled = join(folder, 'compiled');
  const files = { ca: join(folder, 'ca.pem'), conf: join(folder, 'railgun.conf'), log: join(folder, 'syslog') };
  const { authority, cert, key } = makeCertificates();
  const servers = {
    http: createHttpServer(answerWeb),
    https: createHttpsServer({ cert, key }, answerWeb),
    memcached: createServer(answerMemcached),
  };
  try {
    mkdirSync(compiled);
    writeFileSync(files.ca, authority);
    writeFileSync(files.conf, railgunConf);
    writeFileSync(files.log, railgunLog);
    const ports = {};
    for (const [name, server] of Object.entries(servers)) {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      ports[name] = String(server.address().port);
    }
    for (const args of usualRuns(ports, files)) {
      await run(compiled, args);
      // The next run starts with it, and adds to it.
      write(compiled);
    }
  } finally {
    for (const server of Object.values(servers)) server.close();
    rmSync(folder, { recursive: true });
  }
}
