import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, shell } from '../cli/run.js';
import { createAuthority } from './authority.js';
import { pausedArchive, proxiedArchive } from './example-archives.js';

/** A network in which the names of the documentation are there, so that examples can be run as they are printed. */
export interface ExampleNetwork {
  /** Runs a line of shell with `rg-diag` on the path, in a folder with railgun.conf, its map, a log of rg-listener and two HTTP archives. */
  run(line: string): Promise<Ran>;
  close(): Promise<void>;
}

const address = '203.0.113.7';
const shop = '203.0.113.8';

/** What www.example.com answers behind Cloudflare; the keys and their shapes are those of facts that are published. */
const trace =
  'fl=202f30\\nh=www.example.com\\nip=198.51.100.4\\nts=1763726400.123\\nvisit_scheme=https\\ncolo=AMS\\nloc=NL\\ntls=TLSv1.3\\nwarp=off\\n';

/** As of the package, but for what is wrong in it. */
const railgunConf = `# rg-listener.conf
activation.token = 0123456789abcdef0123456789abcdef
activation.railgun_host = 203.0.113.7
wan.port = 2408
map.file = railgun-nat.conf
lan.timout = 60
validate.cert = 0
memcached.servers = 127.0.0.1:11211;
memcached.limit = 1000000
`;

const railgunMap = `www.example.com = 127.0.0.1
default = 127.0.0.1
`;

const destination = '10.0.0.12:443';
const timedOut = `connection failed ${destination}/shop.example.com: dial tcp ${destination}: i/o timeout`;

/** The end of a day: the origin of one host times out, then memcached is gone. */
const railgunLog = [
  ...Array.from({ length: 12 }, (_, minute) => [`22:${10 + minute}:07`, timedOut]),
  ['22:21:40', 'memcached: connection failed'],
]
  .map(([time, says]) => `2026-11-20T${time}+00:00 www rg-listener: ${says}\n`)
  .join('');

const statistics =
  '{"bytes_retrieved":2794091,"no_origin_response":1,"origin_retries":0,"requests_completed":2455,"requests_started":2455,"wan_bytes_sent":2952019,"wan_starts":44,"wan_stops":40}';

/**
 * Makes a network namespace of its own, with www.example.com (nginx on ports 80 and 443, whose certificate is good there),
 * shop.example.com at an address of its own (whose certificate is for another name, and expired) and memcached in it, and
 * names for them in an /etc/hosts that nobody else sees.
 */
export async function openExampleNetwork(): Promise<ExampleNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-example-'));
  const authority = await createAuthority();
  const leaf = await authority.issue({ names: ['example.com', '*.example.com'], days: 60 });
  const old = await authority.issue({ names: ['old.example.net'], days: -10 });
  const listener = await authority.issue({ names: ['rg-0123456789abcdef.port2408.net'], days: 90 });
  writeFileSync(join(folder, 'listener.pem'), listener.pem);
  const estate = join(folder, 'estate');
  mkdirSync(estate);
  writeFileSync(join(estate, 'railgun.conf'), railgunConf, { mode: 0o640 });
  writeFileSync(join(estate, 'railgun-nat.conf'), railgunMap);
  writeFileSync(join(estate, 'syslog'), railgunLog);
  writeFileSync(join(estate, 'proxied.har'), JSON.stringify(proxiedArchive, undefined, 2));
  writeFileSync(join(estate, 'paused.har'), JSON.stringify(pausedArchive, undefined, 2));
  writeFileSync(join(folder, 'chain.pem'), leaf.pem + authority.intermediate.pem);
  writeFileSync(join(folder, 'old.pem'), old.pem + authority.intermediate.pem);
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost\n${address} www.example.com example.com\n`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    nginxConf(folder, { leaf: leaf.keyFile, old: old.keyFile, listener: listener.keyFile }),
  );
  const setUp = [
    `ip link set lo up && ip addr add ${address}/32 dev lo && ip addr add ${shop}/32 dev lo && mount --bind ${folder}/hosts /etc/hosts`,
    `mount -t tmpfs none /etc/ssl/certs && cp ${authority.root.file} /etc/ssl/certs/ca-certificates.crt`,
  ].join(' && ');
  // The namespaces last as long as the process that reads here: nothing is left behind, however the test ends.
  const holder = spawn('unshare', ['-n', '-m', 'sh', '-c', `${setUp} && echo ready && exec cat`], { stdio: 'pipe' });
  holder.stdin.on('error', () => undefined);
  await once(holder.stdout, 'data');
  const within = (...words: string[]) => ['-t', String(holder.pid), '-n', '-m', ...words];
  const servers = [
    spawn('nsenter', within('nginx', '-c', join(folder, 'nginx.conf')), { stdio: 'ignore' }),
    spawn('nsenter', within('memcached', '-u', 'nobody', '-m', '1024', '-l', '127.0.0.1', '-U', '0'), {
      stdio: 'ignore',
    }),
  ];
  const run = (line: string) =>
    shell(`exec nsenter -t ${holder.pid} -n -m --wd=${estate} bash -c "$LINE"`, {
      env: { LINE: line },
    });
  await untilAllListen(run);
  return {
    run,
    async close() {
      for (const child of servers) await ended(child, () => child.kill('SIGTERM'));
      await ended(holder, () => holder.stdin.end());
      authority.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAllListen(run: (line: string) => Promise<Ran>): Promise<void> {
  const all = `for p in ${address}/80 ${address}/443 ${shop}/443 ${address}/2408 127.0.0.1/11211; do until (: </dev/tcp/$p) 2>/dev/null; do sleep 0.05; done; done`;
  const { exit, stderr } = await run(`timeout 10 bash -c '${all}'`);
  if (exit !== 0) throw new Error(`the servers of the examples did not come up: ${stderr}`);
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  end();
  await closed;
}

function nginxConf(folder: string, keys: Readonly<Record<'leaf' | 'old' | 'listener', string>>): string {
  return `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; user root; worker_processes 1;
events { worker_connections 64; }
http { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; server_tokens off; ssl_protocols TLSv1.2 TLSv1.3;
  server { listen ${address}:80; listen ${address}:443 ssl; server_name www.example.com;
    ssl_certificate ${folder}/chain.pem; ssl_certificate_key ${keys.leaf};
    location = /cdn-cgi/trace { default_type text/plain; add_header CF-RAY 8a1b2c3d4e5f6071-AMS; return 200 "${trace}"; }
    location / { return 200 "hello"; } }
  server { listen ${shop}:443 ssl; server_name shop.example.com;
    ssl_certificate ${folder}/old.pem; ssl_certificate_key ${keys.old}; location / { return 200 "hello"; } }
  server { listen ${address}:2408 ssl; ssl_certificate ${folder}/listener.pem; ssl_certificate_key ${keys.listener}; }
  server { listen ${address}:24088; location / { default_type application/json; return 200 '${statistics}'; } } }`;
}
