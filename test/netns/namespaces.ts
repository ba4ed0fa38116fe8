import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | string | null;
}

/** A network of its own in the kernel, with a loopback and whatever links are added to it. */
export interface Namespace {
  readonly name: string;
  /** Runs a program in it, to its end. */
  run(program: string, ...args: readonly string[]): Promise<Finished>;
  /** Starts a program in it, and waits for its first line of output; it is ended with the network. */
  start(program: string, ...args: readonly string[]): Promise<ChildProcess>;
  /** Runs `ip` in it: `ip('route', 'add', 'prohibit', '198.51.100.1')`. */
  ip(...args: readonly string[]): void;
  /** Replaces its firewall: rules of nft for what comes in, in the order given; none at all opens it again. */
  firewall(...rules: readonly string[]): void;
  /** Puts a file in the place of one in /etc for all that runs in it: `resolv.conf`, `hosts`. */
  etc(file: string, text: string): void;
}

/** A client and a server, and a link between them. `close` takes everything away again. */
export interface Network {
  readonly client: Namespace;
  readonly server: Namespace;
  close(): Promise<void>;
}

/** Addresses of documentation (RFC 5737, RFC 3849): nothing else has them. */
export const clientAddress = { 4: '192.0.2.1', 6: '2001:db8::1' } as const;
export const serverAddress = { 4: '192.0.2.2', 6: '2001:db8::2' } as const;

/** Hardware addresses but for their last byte, local ones. */
export const hardware = '02:00:00:00:00:';

const prefix = 'rg-diag-test';
const folderOfEtc = '/etc/netns';
let made = 0;

/** Makes a network of a client and a server; see `createNamespaces` for what that needs. */
export function createNetwork(): Network {
  const { namespaces, close } = createNamespaces(['client', 'server'], ({ client, server }) => {
    const [near, far] = [`${hardware}01`, `${hardware}02`];
    const peer = ['peer', 'name', 'eth0', 'netns', server, 'address', far];
    ip('link', 'add', 'eth0', 'netns', client, 'address', near, 'type', 'veth', ...peer);
    setUp(client, clientAddress, serverAddress, far);
    setUp(server, serverAddress, clientAddress, near);
  });
  return { ...namespaces, close };
}

/** Namespaces by their role, and what takes them away again. */
export interface Namespaces<Role extends string> {
  readonly namespaces: Readonly<Record<Role, Namespace>>;
  close(): Promise<void>;
}

/**
 * Makes namespaces and connects them. It needs root and the kernel's network namespaces, and says so where they are
 * missing: no test is skipped for it.
 */
export function createNamespaces<Role extends string>(
  roles: readonly Role[],
  connect: (names: Readonly<Record<Role, string>>) => void,
): Namespaces<Role> {
  removeAbandoned();
  const number = ++made;
  const names = Object.fromEntries(roles.map((role) => [role, `${prefix}-${process.pid}-${number}-${role}`])) as Record<
    Role,
    string
  >;
  const children = new Set<ChildProcess>();
  const added: string[] = [];
  const takeAway = () => {
    for (const child of children) child.kill('SIGKILL');
    for (const name of added.splice(0)) remove(name);
  };
  // A test process that dies has no afterAll.
  process.once('exit', takeAway);
  try {
    for (const role of roles) {
      ip('netns', 'add', names[role]);
      added.push(names[role]);
    }
    connect(names);
  } catch (error) {
    takeAway();
    throw new Error(
      `The tests of firewalls and routes make network namespaces, for which they have to run as root with the tools ip and nft (${firstLine(error)}).`,
    );
  }
  return {
    namespaces: Object.fromEntries(roles.map((role) => [role, namespaceOf(names[role], children)])) as Record<
      Role,
      Namespace
    >,
    async close() {
      const ends = [...children].filter(isRunning).map((child) => once(child, 'close'));
      takeAway();
      await Promise.all(ends);
      process.off('exit', takeAway);
    },
  };
}

type Addresses = Readonly<Record<4 | 6, string>>;

function setUp(name: string, addresses: Addresses, others: Addresses, otherHardware: string): void {
  const inside = (...args: readonly string[]) => ip('-n', name, ...args);
  inside('link', 'set', 'lo', 'up');
  inside('addr', 'add', `${addresses[4]}/24`, 'dev', 'eth0');
  // Without the second in which a new IPv6 address is asked for.
  inside('addr', 'add', `${addresses[6]}/64`, 'dev', 'eth0', 'nodad');
  inside('link', 'set', 'eth0', 'up');
  // A new link answers questions about IPv6 neighbours only after a second.
  inside('neigh', 'replace', others[6], 'lladdr', otherHardware, 'dev', 'eth0', 'nud', 'permanent');
  answerAll(name);
}

/** A kernel sends few ICMP errors to one peer; a test that provokes many is to get them all. */
export function answerAll(name: string): void {
  for (const path of ['ipv4/icmp_ratelimit', 'ipv6/icmp/ratelimit']) setting(name, path, 0);
}

/** Sets a number of the kernel that every namespace has of its own, by its path below /proc/sys/net. */
export function setting(name: string, path: string, value: number): void {
  ip('netns', 'exec', name, 'sh', '-c', `echo ${value} > /proc/sys/net/${path}`);
}

function namespaceOf(name: string, children: Set<ChildProcess>): Namespace {
  const open = (program: string, args: readonly string[]) => {
    const child = spawn('ip', ['netns', 'exec', name, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    child.once('close', () => children.delete(child));
    return child;
  };
  return {
    name,
    async run(program, ...args) {
      const child = open(program, args);
      const texts = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (chunk: string) => {
          texts[stream] += chunk;
        });
      }
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      return { ...texts, exit: signal ?? code };
    },
    async start(program, ...args) {
      const child = open(program, args);
      let complaint = '';
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        complaint += chunk;
      });
      const ready = once(createInterface(child.stdout), 'line');
      const gone = once(child, 'close').then(() => {
        throw new Error(`${program} ended before it was ready: ${complaint}`);
      });
      await Promise.race([ready, gone]);
      gone.catch(() => undefined);
      return child;
    },
    ip: (...args) => ip('-n', name, ...args),
    firewall(...rules) {
      const lines = ['add table inet test', 'delete table inet test', 'table inet test {', 'chain input {'];
      const text = [...lines, 'type filter hook input priority 0', ...rules, '}', '}', ''].join('\n');
      execFileSync('ip', ['netns', 'exec', name, 'nft', '-f', '-'], { input: text, stdio: 'pipe' });
    },
    etc(file, text) {
      mkdirSync(join(folderOfEtc, name), { recursive: true });
      writeFileSync(join(folderOfEtc, name, file), text);
    },
  };
}

/** What a test process that was killed has left behind. */
function removeAbandoned(): void {
  const list = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  for (const [name, pid] of list.matchAll(new RegExp(`^${prefix}-(\\d+)-\\d+-\\w+`, 'gm'))) {
    if (!readdirSync('/proc').includes(pid ?? '')) remove(name);
  }
}

function remove(name: string): void {
  ip('netns', 'del', name);
  rmSync(join(folderOfEtc, name), { recursive: true, force: true });
}

/** Runs `ip`, and throws with its error where it has one. */
export function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) || error.message : String(error);
  return text.trim().split('\n', 1)[0] ?? '';
}
