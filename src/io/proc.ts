import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';

/** A text that the kernel makes up when it is read: `/proc/net/tcp`, `/proc/1/comm`. Small ones only: all at once. */
export function procText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Where a link of the kernel leads: `/proc/1/exe`. */
export function procLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** The numbers of all processes that this machine shows, or why there are none. */
export function processIds(): readonly number[] | Failure {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d{1,10}$/.test(name) ? [Number(name)] : []));
  } catch (error) {
    return classify(error, 'input');
  }
}

/** Whether there is a process with this number, also where this user may see nothing of it (hidepid, proc(5)). */
export function processExists(pid: number): boolean {
  try {
    // Signal 0 is never sent: it only asks.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Descriptors of one process that are looked at: rg-listener has one for each connection. */
const mostDescriptors = 20_000;

/** Which of these sockets, by inode, a process has open; none where this user may not see it. */
export function socketsOf(pid: number, inodes: ReadonlySet<number>): number[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder)
      .slice(0, mostDescriptors)
      .flatMap((descriptor) => {
        const [, inode] = /^socket:\[(\d+)\]$/.exec(procLink(`${folder}/${descriptor}`) ?? '') ?? [];
        return inode !== undefined && inodes.has(Number(inode)) ? [Number(inode)] : [];
      });
  } catch {
    return [];
  }
}
