import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { program, type Ran } from '../cli/run.js';
import type { Issued } from './authority.js';

/**
 * What stands on the WAN port. `asks` wants a certificate from who connects, and ends without one; `bare` has none itself, as
 * before activation.
 */
export type WanBehaviour = 'tls' | 'asks' | 'bare' | 'garbage' | 'http' | 'silent' | 'closing' | 'none';

/** What becomes of a GET of the statistics. */
export type StatisticsBehaviour =
  | 'good'
  | 'cut'
  | 'garbage'
  | 'foreign'
  | 'huge'
  | 'silent'
  | 'slow'
  | 'missing'
  | 'none';

export interface ListenerOptions {
  /** What the system calls the process; default `rg-listener`. */
  readonly name?: string;
  /** It runs a program of its own, which is removed as soon as it runs. */
  readonly removed?: true;
  readonly certificate?: Issued;
  readonly wan?: WanBehaviour;
  readonly wanPort?: number;
  /** Where it listens; absent: everywhere. */
  readonly wanIp?: string;
  /** The answers to the first, second … GET; the last one stays. Absent: `sample2014` with the time of now. */
  readonly statistics?: readonly object[];
  readonly statisticsBehaviour?: StatisticsBehaviour;
  readonly statsPort?: number;
  readonly statsIp?: string;
  /** What the pid file says; `absent`: there is none. Default: the process itself. */
  readonly pidFile?: 'own' | 'absent' | (string & {});
  /** What the panic log says; absent: there is none. */
  readonly panicLog?: string;
  /** Lines of railgun.conf that replace or follow those that fit: `wan.port = 1`. */
  readonly conf?: readonly string[];
}

export interface RunningListener {
  /** Its number on its machine. */
  readonly pid: number;
  /** Its railgun.conf, and the folder of all its files. */
  readonly conf: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** A machine with a network and processes of its own: nothing that runs elsewhere can be seen there. */
export interface Machine {
  listener(options?: ListenerOptions): Promise<RunningListener>;
  /** As root, or as a user of its own that sees nothing of others. */
  rgDiag(args: readonly string[], as?: 'root' | 'nobody'): Promise<Ran>;
  /** Shows the processes of others to root only, as with hidepid=2 (proc(5)). */
  hideProcesses(): Promise<void>;
  close(): Promise<void>;
}

/** The token in every railgun.conf here: it must show up in no output. */
export const token = '0123456789abcdef0123456789abcdef';

/** The sample of the FAQ, without some of its keys. */
export const sample2014: Readonly<Record<string, number>> = {
  delta_compression_ratio: 4552,
  'memstats.Frees': 78483728,
  'memstats.Mallocs': 80708595,
  'memstats.heap_in_use': 2562883584,
  'memstats.sys': 4026019808,
  no_origin_response: 0,
  origin_retries: 0,
  recycler_give: 0,
  requests_completed: 17487,
  requests_started: 17589,
  uncompressed_chunks: 32601,
  wan_bytes_sent: 624557633,
  wan_starts: 667,
  wan_stops: 23,
};

/** A process that poses as rg-listener: its options are a file, its first line of output says that it is ready. */
const posing = `
const { readFileSync } = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const tls = require('node:tls');
const options = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { wan, wanPort, wanIp, cert, key, statistics, statisticsBehaviour, statsPort, statsIp } = options;
const listen = (server, port, host) =>
  new Promise((resolve, reject) => server.once('error', reject).listen({ port, host }, resolve));
const quiet = (socket) => socket.on('error', () => undefined);
const wans = {
  tls: () => tls.createServer({ cert, key }, quiet).on('tlsClientError', () => undefined),
  asks: () =>
    tls
      .createServer({ cert, key, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }, quiet)
      .on('tlsClientError', () => undefined),
  bare: () => tls.createServer({}, quiet).on('tlsClientError', () => undefined),
  garbage: () => net.createServer((socket) => quiet(socket).write('\\u001b[31m\\u202e\\0 nothing\\r\\n')),
  http: () => http.createServer((_, answer) => answer.end('hello')),
  silent: () => net.createServer(quiet),
  closing: () => net.createServer((socket) => quiet(socket).end()),
};
let asked = 0;
const json = (value) => [200, 'application/json', JSON.stringify(value)];
const answers = {
  good: () => json(statistics[Math.min(asked++, statistics.length - 1)] ?? {}),
  cut: () => [200, 'application/json', '{"requests_started":17589,"requests_comp'],
  garbage: () => [200, 'application/json', '\\u001b[31m not json \\u202e'],
  foreign: () => [200, 'text/html', '<!doctype html><title>Welcome</title>'],
  huge: () => [200, 'application/json', '{"requests_started":1,' + '"a":1,'.repeat(20000) + '"b":1}'],
  missing: () => [404, 'text/plain', '404 page not found'],
};
const served = http.createServer((_, answer) => {
  if (statisticsBehaviour === 'slow') {
    answer.writeHead(200).write('{');
    setInterval(() => answer.write(' '), 20);
  }
  const made = answers[statisticsBehaviour]?.();
  if (made === undefined) return;
  const [status, type, body] = made;
  answer.writeHead(status, { 'content-type': type }).end(body);
});
const all = [];
if (wans[wan] !== undefined) all.push(listen(wans[wan](), wanPort, wanIp));
if (statisticsBehaviour !== 'none') all.push(listen(served, statsPort, statsIp));
// The end of its input is what ends it.
process.stdin.on('end', () => process.exit()).resume();
Promise.all(all).then(() => console.log(process.pid));
`;

/** Starts a machine; that takes root, as all network namespaces do. */
export async function startMachine(): Promise<Machine> {
  const home = mkdtempSync(join(tmpdir(), 'rg-diag-machine-'));
  // Other users are to read what is in it.
  chmodSync(home, 0o755);
  const script = 'ip link set lo up && echo ready && exec sleep infinity';
  const own = ['--pid', '--fork', '--net', '--mount-proc', '--kill-child'];
  const child = spawn('unshare', [...own, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await firstLine(child);
  const spaces = `/proc/${child.pid}/ns`;
  const inside = [`--pid=${spaces}/pid_for_children`, `--mount=${spaces}/mnt`, `--net=${spaces}/net`, '--'];
  const running = new Set<RunningListener>();
  let made = 0;
  return {
    async listener(options = {}) {
      const folder = join(home, `${made++}`);
      const listener = await startListener(folder, options, inside);
      running.add(listener);
      return {
        ...listener,
        close() {
          running.delete(listener);
          return listener.close();
        },
      };
    },
    async rgDiag(args, as = 'root') {
      const env = { PATH: process.env['PATH'] ?? '', HOME: home, TZ: 'UTC' };
      const user = as === 'root' ? [] : ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
      const ran = spawn('nsenter', [...inside, ...user, program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      ran.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      ran.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      const [code, signal] = (await once(ran, 'close')) as [number | null, string | null];
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8');
      return { stdout: text(stdout), stderr: text(stderr), exit: signal ?? code };
    },
    async hideProcesses() {
      const mounting = spawn('nsenter', [...inside, 'mount', '-o', 'remount,hidepid=2', '/proc'], { stdio: 'inherit' });
      const [code] = await once(mounting, 'close');
      if (code !== 0) throw new Error('/proc was not mounted anew');
    },
    async close() {
      await Promise.all([...running].map((listener) => listener.close()));
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Starts a process that poses as rg-listener, in the namespaces that these arguments of `nsenter` name. */
export async function startListener(
  folder: string,
  options: ListenerOptions,
  inside: readonly string[],
): Promise<RunningListener> {
  const { name = 'rg-listener', certificate, wan = 'tls', wanPort = 2408, wanIp, statsPort = 24088 } = options;
  const { statsIp = '127.0.0.1', statisticsBehaviour = 'good', pidFile = 'own', panicLog, conf = [] } = options;
  mkdirSync(folder);
  const file = (path: string, text: string) => {
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  // The system calls a process by the name that it was started under, and that of a link counts.
  const executable = join(folder, name);
  if (options.removed) copyFileSync(process.execPath, executable);
  else symlinkSync(process.execPath, executable);
  const now = Math.floor(Date.now() / 1000);
  const { statistics = [{ ...sample2014, time: now }] } = options;
  const settings = file(
    'options.json',
    JSON.stringify({
      ...{ wan, wanPort, wanIp, statistics, statisticsBehaviour, statsPort, statsIp },
      ...(certificate !== undefined && { cert: certificate.pem, key: certificate.key }),
    }),
  );
  const child = spawn('nsenter', [...inside, executable, file('posing.cjs', posing), settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const pid = Number(await firstLine(child));
  if (options.removed) rmSync(executable);
  const lines = new Map(
    [
      `activation.token = ${token}`,
      'activation.railgun_host = 192.0.2.1',
      `wan.port = ${wanPort}`,
      ...(wanIp === undefined ? [] : [`wan.ip = ${wanIp}`]),
      `pid.file = ${join(folder, 'railgun.pid')}`,
      `stderr.file = ${join(folder, 'panic.log')}`,
      'stats.enabled = 1',
      `stats.listen = ${statsIp}:${statsPort}`,
      ...conf,
    ].map((line) => [line.split('=')[0]?.trim() ?? '', line]),
  );
  if (pidFile !== 'absent') file('railgun.pid', pidFile === 'own' ? `${pid}\n` : pidFile);
  if (panicLog !== undefined) file('panic.log', panicLog);
  return {
    pid,
    folder,
    conf: file('railgun.conf', `${[...lines.values()].join('\n')}\n`),
    async close() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('no output to read');
  return new Promise((resolve, reject) => {
    createInterface(stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} has ended with ${code}`)));
    child.once('error', reject);
  });
}
