import { decodeListeningSockets } from '../../decoders/proc-net-tcp.js';
import { decodeProcess, isRgListener, processStateOf } from '../../decoders/proc-process.js';
import { processExists, processIds, procLink, procText, socketsOf } from '../../io/proc.js';
import { readTail } from '../../io/tail.js';
import type { Failure } from '../../model/failure.js';
import type { PidFileFacts, ProcessesFacts, ProcessFacts, SocketsFacts } from './facts.js';

const mostShown = 20;

/** Every process of this machine that is an rg-listener. */
export function processesNamed(): ProcessesFacts {
  const ids = processIds();
  if ('code' in ids) return { state: 'not-seen', failure: ids };
  const processes = ids.flatMap((pid) => {
    const comm = procText(`/proc/${pid}/comm`);
    // A process may be gone by now.
    if (comm === undefined) return [];
    const exe = procLink(`/proc/${pid}/exe`);
    const named = decodeProcess({ comm, ...(exe !== undefined && { exe }) });
    const process = isRgListener(named) ? processAt(pid) : undefined;
    return process === undefined ? [] : [process];
  });
  if (processes.length === 0 && !seesOthers()) {
    const detail = 'this user sees no processes but those of its own (hidepid)';
    return { state: 'not-seen', failure: { code: 'permission-denied', step: 'input', blame: 'us', detail } };
  }
  return { state: 'seen', processes: processes.slice(0, mostShown) };
}

/** Whether processes of other users show: the first one, which there always is, is that of root or of this user. */
function seesOthers(): boolean {
  return procText('/proc/1/comm') !== undefined;
}

/** What a pid file says, and whose number it is. */
export function pidFileAt(path: string | undefined): PidFileFacts {
  if (path === undefined) return { state: 'not-set' };
  const read = readTail(path, 1000);
  if (!read.ok) {
    const { failure } = read;
    return failure.code === 'file-not-found' ? { state: 'absent', path } : { state: 'unreadable', path, failure };
  }
  const { bytes, cut } = read.value;
  const text = cut ? '' : read.value.text.trim();
  // No process of Linux has a larger number (pid_max, proc(5)).
  const pid = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  // Whatever else it holds is not to be shown: pid.file may name any file.
  if (pid < 1 || pid > 4_194_304) return { state: 'not-a-number', path, bytes };
  const process = processAt(pid);
  if (process !== undefined) return { state: 'read', path, pid, process };
  const isHidden = procText(`/proc/${pid}/comm`) === undefined && processExists(pid);
  return isHidden ? { state: 'read', path, pid } : { state: 'stale', path, pid };
}

/** Who listens on a port of this machine; `first` are the processes that it is most likely to be. */
export function socketsOn(port: number, first: readonly number[]): SocketsFacts {
  const texts = ['tcp', 'tcp6'].flatMap((name) => procText(`/proc/net/${name}`) ?? []);
  if (texts.length === 0) {
    const detail = '/proc/net/tcp cannot be read: who listens can be seen on Linux only';
    const failure: Failure = { code: 'file-not-found', step: 'input', blame: 'us', detail };
    return { state: 'not-seen', failure };
  }
  const sockets = texts.flatMap(decodeListeningSockets).filter((socket) => socket.port === port);
  const owners = ownersOf(new Set(sockets.map(({ inode }) => inode)), first);
  return {
    state: 'seen',
    sockets: sockets.slice(0, mostShown).map(({ address, inode }) => {
      const owner = owners.get(inode);
      return { address, ...(owner !== undefined && { owner }) };
    }),
  };
}

function ownersOf(inodes: ReadonlySet<number>, first: readonly number[]): Map<number, ProcessFacts> {
  const owners = new Map<number, ProcessFacts>();
  if (inodes.size === 0) return owners;
  const ids = processIds();
  for (const pid of new Set([...first, ...('code' in ids ? [] : ids)])) {
    const held = socketsOf(pid, inodes).filter((inode) => !owners.has(inode));
    const process = held.length === 0 ? undefined : processAt(pid);
    for (const inode of held) if (process !== undefined) owners.set(inode, process);
    if (owners.size === inodes.size) break;
  }
  return owners;
}

/** One process; nothing where there is none, or where it has ended. */
function processAt(pid: number): ProcessFacts | undefined {
  const comm = procText(`/proc/${pid}/comm`);
  const stat = procText(`/proc/${pid}/stat`);
  if (comm === undefined || (stat !== undefined && processStateOf(stat) === 'Z')) return undefined;
  const texts = {
    exe: procLink(`/proc/${pid}/exe`),
    stat,
    status: procText(`/proc/${pid}/status`),
    system: procText('/proc/stat'),
    users: procText('/etc/passwd'),
  };
  const present = Object.entries(texts).filter(([, text]) => text !== undefined);
  return { pid, ...decodeProcess({ comm, ...Object.fromEntries(present) }) };
}
