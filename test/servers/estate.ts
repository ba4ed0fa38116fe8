import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, type Ran } from '../cli/run.js';
import { journalOf, machineId } from '../journal/journal-file.js';
import { bundled } from '../netns/bundled.js';
import { createAuthority, type Issued } from './authority.js';
import { issueAll } from './estate-certificates.js';
import { healthyConf, healthyLog, healthyMap, type Logged, logText } from './estate-files.js';
import { nameServer, origins, publicOrigins } from './estate-places.js';
import { connect, firstLine, holdNamespaces, inNetworkOf } from './estate-space.js';
import { type ListenerOptions, type RunningListener, startListener } from './rg-listener.js';

/** What is different from the healthy estate. */
export interface Change {
  /** Lines of railgun.conf by their key: another value, or none of it. */
  readonly conf?: Readonly<Record<string, string | undefined>>;
  /** The lines of railgun-nat.conf; `absent`: there is no such file. */
  readonly map?: readonly string[] | 'absent';
  /** There is no railgun.conf, it cannot be read, everybody can read it, or it is this text. */
  readonly confFile?: 'absent' | 'unreadable' | 'exposed' | { readonly text: string };
  /** What rg-listener has logged besides its activation. */
  readonly log?: readonly Logged[];
  /** Instead of the lines of a good activation. */
  readonly activation?: readonly Logged[];
  readonly panicLog?: string;
  /** Days since the panic log was written; absent: it was just now. */
  readonly panicLogDays?: number;
  /** There is no log of syslog: what is logged is in systemd's journal. */
  readonly journal?: true;
  /** More lines of /etc/hosts. */
  readonly hosts?: readonly string[];
  /** The name server of the machine; absent: one that answers. */
  readonly nameServer?: string;
  /** Routes to add, as words of `ip route add`. */
  readonly routes?: readonly string[];
  /** Absent: a good one runs. `dead`: none, and its pid file is left; `taken`: another program has its port; `loopback`: nobody outside can reach it. */
  readonly listener?: 'dead' | 'taken' | 'expired' | 'not-activated' | 'loopback';
  /** No memcached runs on the usual port. */
  readonly memcached?: 'stopped';
  /** What visitors of a host get from Cloudflare; absent: the page. */
  readonly visitors?: Readonly<Record<string, number>>;
}

export interface Estate {
  /** Makes the estate a healthy one but for this; what was changed before is put right. */
  change(change?: Change): Promise<void>;
  /** Runs `rg-diag` on the machine, as root or as the user of rg-listener. */
  rgDiag(args: readonly string[], as?: 'root' | 'railgun'): Promise<Ran>;
  /** Runs a line of shell on the machine, with rg-diag on the path. */
  shell(line: string): Promise<Ran>;
  /** How many connections and UDP packets the machine has begun so far. */
  traffic(): number;
  close(): Promise<void>;
}

/** A file for `ca.bundle` as the packages have it: the roots of Cloudflare's Origin CA are not in it. */
export const bundleWithoutOriginCa = '/etc/ssl/mozilla-ca-certs.crt';

/** Of folders of estates; behind it is the number of the process that made them. */
const prefix = 'rg-diag-estate-';

const memcachedPid = '/run/memcached/usual.pid';

/** A user without rights. */
const railgunUser = 4711;

/** Ports and sockets of other memcacheds that are there. */
export const memcacheds = {
  /** With 64 MB, which is all used: it throws items out. */
  small: '127.0.0.1:11212',
  /** Wants a password. */
  locked: '127.0.0.1:11213',
  /** Nobody but its own user may open it. */
  closed: '/run/memcached/closed.sock',
} as const;

/**
 * Makes a machine on which everything is well: rg-listener, memcached, their files where the packages put them, and around
 * it a network with origins, a name server and Cloudflare's edge. It takes root; what it starts ends with this process.
 */
export async function openEstate(): Promise<Estate> {
  removeAbandoned();
  const home = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Other users are to read what is in it.
  chmodSync(home, 0o755);
  const folder = (name: string) => {
    mkdirSync(join(home, name), { recursive: true });
    return join(home, name);
  };
  const folders = { etc: folder('etc'), log: folder('log'), run: folder('run') };
  folder('log/railgun');
  folder('run/railgun');
  folder('listeners');
  chmodSync(folder('run/memcached'), 0o777);
  const [authority, worldProgram] = await Promise.all([createAuthority(), bundled('estate-world.ts')]);
  const certificates = await issueAll(authority);
  const visitorsFile = join(home, 'visitors.json');
  writeFileSync(visitorsFile, '{}');
  writeFileSync(join(home, 'certificates.json'), JSON.stringify(certificates.chains));

  const mounting = [
    `cp -a /etc/. ${folders.etc}`,
    `mkdir -p ${folders.etc}/railgun`,
    `cat ${authority.root.file} > ${folders.etc}/ssl/certs/ca-certificates.crt`,
    `cp ${authority.root.file} ${join(home, bundleWithoutOriginCa)}`,
    `cat ${[authority.root, ...certificates.originRoots].map(({ file }) => file).join(' ')} > ${folders.etc}/ssl/railgun-ca-certs.crt`,
    `cp ${certificates.shop.file} ${folders.etc}/railgun/wan.pem && cp ${certificates.shop.keyFile} ${folders.etc}/railgun/wan.key && chmod 640 ${folders.etc}/railgun/wan.key && chgrp ${railgunUser} ${folders.etc}/railgun/wan.key`,
    `mount --bind ${folders.etc} /etc && mount --bind ${folders.log} /var/log && mount --bind ${folders.run} /run`,
  ].join(' && ');
  const machine = await holdNamespaces(mounting);
  const world = await holdNamespaces('true');
  connect(machine, world);
  const children: ChildProcess[] = [];
  const start = (inside: readonly string[], ...words: readonly string[]) => {
    const child = spawn('nsenter', [...inside, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  writeFileSync(join(home, 'nginx.conf'), nginxConf(home, certificates.good));
  start(world.inside, 'nginx', '-p', `${home}/`, '-e', 'stderr', '-c', join(home, 'nginx.conf'));
  const around = start(world.inside, process.execPath, worldProgram, join(home, 'certificates.json'), visitorsFile);
  const isReady = firstLine(around);

  const memcached = (...words: readonly string[]) =>
    start(machine.inside, 'memcached', '-u', 'nobody', '-t', '1', '-U', '0', ...words);
  const usual = () => memcached('-m', '1024', '-l', '127.0.0.1', '-P', memcachedPid);
  let running: ChildProcess | undefined = usual();
  writeFileSync(join(home, 'password'), 'railgun:secret\n');
  memcached('-m', '64', '-l', '127.0.0.1', '-p', '11212');
  memcached('-m', '1024', '-l', '127.0.0.1', '-p', '11213', '-Y', join(home, 'password'));
  memcached('-m', '1024', '-s', memcacheds.closed, '-a', '0700');
  const run = (args: readonly string[], as: 'root' | 'railgun' = 'root') => {
    const id = String(railgunUser);
    const user = as === 'root' ? [] : ['setpriv', '--reuid', id, '--regid', id, '--clear-groups'];
    return ran(
      spawn('nsenter', [...machine.inside, ...user, ...args], {
        env: environment(home),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  };
  const listens = async (...ports: readonly string[]) => {
    const tries = `for p in ${ports.join(' ')}; do until (: </dev/tcp/$p) 2>/dev/null; do sleep 0.02; done; done`;
    const { exit, stderr } = await run(['timeout', '20', 'bash', '-c', tries]);
    if (exit !== 0) throw new Error(`the servers of the estate did not come up: ${stderr}`);
  };
  await isReady;
  await listens(
    '127.0.0.1/11211',
    '127.0.0.1/11212',
    '127.0.0.1/11213',
    `${origins.www}/443`,
    `${publicOrigins.good}/443`,
  );
  const filled = await run([process.execPath, '-e', filling]);
  if (filled.exit !== 0) throw new Error(`memcached was not filled: ${filled.stderr}`);

  let listener: RunningListener | undefined;
  let listenerState: string | undefined;
  let made = 0;
  let routes: readonly string[] = [];
  const listenerOptions = (state: Change['listener'] | 'good'): ListenerOptions => {
    const usualOptions: ListenerOptions = { pidFile: 'absent', certificate: certificates.listener };
    if (state === 'taken')
      return { ...usualOptions, name: 'haproxy', certificate: certificates.shop, statisticsBehaviour: 'none' };
    if (state === 'loopback') return { ...usualOptions, wanIp: '127.0.0.1' };
    if (state === 'expired') return { ...usualOptions, certificate: certificates.listenerExpired };
    return state === 'not-activated' ? { pidFile: 'absent', wan: 'bare' } : usualOptions;
  };
  const pidFile = join(folders.run, 'railgun/railgun.pid');
  const setListener = async (state: Change['listener'] | 'good') => {
    if (state === listenerState) return;
    await listener?.close();
    listener =
      state === 'dead'
        ? undefined
        : await startListener(join(home, 'listeners', String(made++)), listenerOptions(state), machine.inside);
    writeFileSync(pidFile, `${state === 'dead' || state === 'taken' ? 31_000 : listener?.pid}\n`);
    listenerState = state;
  };
  const setMemcached = async (stopped: boolean) => {
    if (stopped && running !== undefined) {
      await ended(machine.inside, running);
      running = undefined;
    } else if (!stopped && running === undefined) {
      running = usual();
      await listens('127.0.0.1/11211');
    }
  };
  const put = (path: string, text: string | undefined, mode = 0o644) => {
    rmSync(path, { force: true, recursive: true });
    if (text !== undefined) writeFileSync(path, text, { mode });
  };
  return {
    async change(change = {}) {
      const { conf = {}, map = healthyMap, confFile, log = [], activation = healthyLog, hosts = [] } = change;
      const text = typeof confFile === 'object' ? confFile.text : healthyConf(conf);
      const confPath = join(folders.etc, 'railgun/railgun.conf');
      put(
        confPath,
        confFile === 'absent' ? undefined : text,
        confFile === 'unreadable' ? 0o600 : confFile === 'exposed' ? 0o644 : 0o640,
      );
      if (confFile === undefined) chownSync(confPath, 0, railgunUser);
      put(join(folders.etc, 'railgun/railgun-nat.conf'), map === 'absent' ? undefined : `${map.join('\n')}\n`);
      const logged = [...activation, ...log];
      put(join(folders.log, 'syslog'), change.journal === true ? undefined : logText(logged, Date.now()));
      put(join(folders.log, 'journal'), undefined);
      if (change.journal === true) writeJournal(folders, logged);
      const panicLog = join(folders.log, 'railgun/panic.log');
      put(panicLog, change.panicLog ?? '');
      const panicAt = Date.now() / 1000 - (change.panicLogDays ?? 0) * 86_400;
      utimesSync(panicLog, panicAt, panicAt);
      put(join(folders.etc, 'hosts'), ['127.0.0.1 localhost', ...hosts, ''].join('\n'));
      put(join(folders.etc, 'resolv.conf'), `nameserver ${change.nameServer ?? nameServer}\n`);
      put(visitorsFile, JSON.stringify(change.visitors ?? {}));
      for (const route of routes) inNetworkOf(machine, 'ip', 'route', 'del', ...route.split(' '));
      routes = change.routes ?? [];
      for (const route of routes) inNetworkOf(machine, 'ip', 'route', 'add', ...route.split(' '));
      await Promise.all([setListener(change.listener ?? 'good'), setMemcached(change.memcached === 'stopped')]);
    },
    rgDiag: (args, as) => run([program, ...args], as),
    shell: (line) => run(['bash', '--norc', '-c', line]),
    traffic() {
      const counters = inNetworkOf(machine, 'nft', 'list', 'chain', 'inet', 'counting', 'output');
      return [...counters.matchAll(/packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);
    },
    async close() {
      await listener?.close();
      await Promise.all(
        [machine, world].map(({ holder }) => {
          const closed = once(holder, 'close');
          holder.stdin?.end();
          return closed;
        }),
      );
      await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'close')));
      authority.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Folders that a test process which was killed has left behind; whatever ran there has ended with it. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Two healthy origins in the LAN, and one on the Internet. */
function nginxConf(home: string, good: readonly Issued[]): string {
  writeFileSync(join(home, 'good.pem'), good.map(({ pem }) => pem).join(''));
  const listening = [origins.www, origins.shop, publicOrigins.good].flatMap((address) => [
    `listen ${address}:80;`,
    `listen ${address}:443 ssl;`,
  ]);
  const body = `<!doctype html><title>Shop</title><p>${'welcome '.repeat(40)}`;
  return `daemon off; master_process off; pid ${home}/nginx.pid; error_log stderr crit;
events {}
http { access_log off; default_type text/html; server_tokens off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home}/${kind};`).join(' ')}
server { ${listening.join(' ')} ssl_protocols TLSv1.2 TLSv1.3;
  ssl_certificate ${home}/good.pem; ssl_certificate_key ${good[0]?.keyFile};
  location / { return 200 "${body}"; } } }
`;
}

/** Fills the small memcached until it throws things out. */
const filling = `
const socket = require('node:net').connect(11212, '127.0.0.1');
const value = 'x'.repeat(900000);
let sent = 0, got = '';
const send = () => socket.write('set key' + sent++ + ' 0 0 900000\\r\\n' + value + '\\r\\n');
socket.on('data', (chunk) => {
  got += chunk;
  if (!got.endsWith('\\r\\n')) return;
  got = '';
  if (sent < 90) send();
  else process.exit();
});
send();`;

/** As journald keeps it: in a folder that is called as the machine is. */
function writeJournal({ etc, log }: { readonly etc: string; readonly log: string }, lines: readonly Logged[]): void {
  writeFileSync(join(etc, 'machine-id'), `${machineId}\n`);
  const entries = [...lines]
    .sort(([one], [other]) => other - one)
    .map(([minutes, message]) => ({
      at: new Date(Date.now() - minutes * 60_000).toISOString(),
      tag: 'rg-listener',
      message,
    }));
  journalOf(join(log, 'journal', machineId), entries);
}

function environment(home: string): NodeJS.ProcessEnv {
  return { PATH: `${join(program, '..')}:${process.env['PATH'] ?? ''}`, HOME: home, TZ: 'UTC' };
}

/** Ends the usual memcached, which `nsenter` waits for. */
async function ended(inside: readonly string[], child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  execFileSync('nsenter', [...inside, 'sh', '-c', `kill $(cat ${memcachedPid})`]);
  await closed;
}

async function ran(child: ChildProcess): Promise<Ran> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8');
  return { stdout: text(stdout), stderr: text(stderr), exit: signal ?? code };
}
