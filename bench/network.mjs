// The servers that the network benchmarks run against, all on loopback, and what a user would type instead of rg-diag.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function untilItListens(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1');
    const [event] = await Promise.race([
      once(socket, 'connect').then(() => ['connect']),
      once(socket, 'error').then(() => ['error']),
    ]).catch(() => ['error']);
    socket.destroy();
    if (event === 'connect') return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing listens on port ${port}`);
}

function openssl(folder, ...args) {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

/** nginx with a certificate for bench.test, on every address of this machine's loopback network. */
export async function startTls(folder) {
  const port = await freePort();
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    folder,
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '90',
    '-subj',
    '/CN=Bench CA',
  );
  openssl(folder, 'req', ...key, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=bench.test');
  writeFileSync(join(folder, 'leaf.ext'), 'subjectAltName=DNS:bench.test\nbasicConstraints=CA:FALSE\n');
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '80', '-extfile', 'leaf.ext'];
  openssl(folder, 'x509', '-req', '-in', 'leaf.csr', '-out', 'leaf.pem', ...sign);
  const conf = `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 2; user root;
events { worker_connections 4096; }
http { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen ${port} ssl; ssl_certificate ${folder}/leaf.pem; ssl_certificate_key ${folder}/leaf.key;
    location = /cdn-cgi/trace { default_type text/plain; return 200 "fl=1f1\\nh=bench.test\\ncolo=AMS\\n"; } } }`;
  writeFileSync(join(folder, 'nginx.conf'), conf);
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  await untilItListens(port);
  return { port, ca: join(folder, 'ca.pem'), stop: () => child.kill('SIGTERM') };
}

/** memcached on every address of this machine's loopback network. */
export async function startMemcached() {
  const port = await freePort();
  const args = ['-u', 'nobody', '-l', '0.0.0.0', '-p', String(port), '-U', '0', '-m', '1024', '-c', '4096'];
  const child = spawn('memcached', args, { stdio: 'ignore' });
  await untilItListens(port);
  return { port, stop: () => child.kill('SIGTERM') };
}

/** `count` different loopback addresses. */
export function addresses(count) {
  return Array.from({ length: count }, (_, index) => `127.1.${Math.floor(index / 250)}.${1 + (index % 250)}`);
}

/**
 * A network namespace of its own with an address that drops whatever comes: 1,000 filtered ports need a peer that is
 * silent, and no packet leaves this machine. Returns the words to put before a command that is to run in it.
 */
export function silentNetwork() {
  const name = `rg-diag-bench-${process.pid}`;
  const run = (...args) => {
    const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
  };
  run('netns', 'add', name);
  run('-n', name, 'link', 'set', 'lo', 'up');
  run('-n', name, 'link', 'add', 'void', 'type', 'veth', 'peer', 'name', 'end');
  run('-n', name, 'addr', 'add', '192.0.2.1/24', 'dev', 'void');
  run('-n', name, 'link', 'set', 'void', 'up');
  run('-n', name, 'link', 'set', 'end', 'up');
  // What is sent to a neighbour that nobody is, is gone.
  run('-n', name, 'neigh', 'add', '192.0.2.7', 'lladdr', '02:00:00:00:00:07', 'dev', 'void');
  return { words: ['netns', 'exec', name], address: '192.0.2.7', stop: () => run('netns', 'del', name) };
}
