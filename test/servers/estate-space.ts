import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { edge, lanRouter, nameServer, origins, publicAddress, publicOrigins } from './estate-places.js';

/** Namespaces, and the process that holds them. */
export interface Space {
  readonly holder: ChildProcess;
  /** Arguments of `nsenter` that lead into it. */
  readonly inside: readonly string[];
}

/** Processes, mounts and a network of their own, which last as long as the process that reads here. */
export async function holdNamespaces(setUp: string): Promise<Space> {
  const own = ['--pid', '--fork', '--net', '--mount-proc', '--kill-child'];
  // A link to the world has no IPv6 here: nothing waits for addresses of it.
  const script = `echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6 && ip link set lo up && ${setUp} && echo ready && exec cat`;
  const holder = spawn('unshare', [...own, 'sh', '-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder.stdin.on('error', () => undefined);
  await firstLine(holder);
  const spaces = `/proc/${holder.pid}/ns`;
  return {
    holder,
    inside: [`--pid=${spaces}/pid_for_children`, `--mount=${spaces}/mnt`, `--net=${spaces}/net`, '--'],
  };
}

/** Runs a program of this machine in the network of the space, to its end, and returns what it says. */
export function inNetworkOf({ holder }: Space, ...words: readonly string[]): string {
  return execFileSync('nsenter', [`--net=/proc/${holder.pid}/ns/net`, '--', ...words], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** Two links: to the LAN of the origins, and to the Internet. */
export function connect(machine: Space, world: Space): void {
  const batch = (space: Space, lines: readonly string[]) =>
    execFileSync('nsenter', [`--net=/proc/${space.holder.pid}/ns/net`, '--', 'ip', '-batch', '-'], {
      input: `${lines.join('\n')}\n`,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  batch(machine, [
    `link add lan0 type veth peer name lan0 netns ${world.holder.pid}`,
    `link add wan0 type veth peer name wan0 netns ${world.holder.pid}`,
    'addr add 10.0.0.2/24 dev lan0',
    `addr add ${publicAddress}/24 dev wan0`,
    'link set lan0 up',
    'link set wan0 up',
  ]);
  batch(world, [
    `addr add ${lanRouter}/24 dev lan0`,
    'addr add 203.0.113.1/24 dev wan0',
    `addr add ${nameServer}/32 dev lo`,
    `addr add ${edge}/32 dev lo`,
    'link set lan0 up',
    'link set wan0 up',
    // Every address of these networks is one of this machine.
    'route add local 10.0.1.0/24 dev lo',
    'route add local 11.0.0.0/24 dev lo',
    'route add unreachable 10.0.9.0/24',
  ]);
  batch(machine, [`route add 10.0.0.0/16 via ${lanRouter}`, 'route add default via 203.0.113.1']);
  inNetworkOf(world, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 0 > /proc/sys/net/ipv4/icmp_ratelimit');
  const drop = `ip daddr { ${origins.dropping}, ${publicOrigins.dropping} } drop`;
  inNetworkOf(
    world,
    'nft',
    `add table inet filter; add chain inet filter input { type filter hook input priority 0; }; add rule inet filter input ${drop}`,
  );
  const counted = ['tcp flags & (syn | ack) == syn counter', 'meta l4proto udp counter'].map(
    (rule) => `add rule inet counting output ${rule}`,
  );
  inNetworkOf(
    machine,
    'nft',
    `add table inet counting; add chain inet counting output { type filter hook output priority 0; }; ${counted.join('; ')}`,
  );
}

/** Resolves when the program has said its first line. */
export async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('no output to read');
  return new Promise((resolve, reject) => {
    createInterface(stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} has ended with ${code}`)));
    child.once('error', reject);
  });
}
