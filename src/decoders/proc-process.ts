/** What Linux writes about a process (proc(5)), as texts; each absent where it could not be read. */
export interface ProcessTexts {
  readonly comm?: string;
  /** The target of `exe`. */
  readonly exe?: string;
  /** `stat` and `status` of the process, `/proc/stat`, and `/etc/passwd`. */
  readonly stat?: string;
  readonly status?: string;
  readonly system?: string;
  readonly users?: string;
}

/** A process, as far as it is known. */
export interface ProcessRead {
  readonly name: string;
  readonly executable?: string;
  readonly executableGone?: true;
  readonly user?: string;
  /** RFC 3339, UTC, to the second. */
  readonly startedAt?: string;
}

/** Clock ticks a second in what the kernel tells programs: 100 on every architecture that Railgun ran on. */
const ticks = 100;

/** Puts together who a process is. Never throws; linear. */
export function decodeProcess({ comm = '', exe, stat, status, system, users }: ProcessTexts): ProcessRead {
  const startedAt = startOf(stat, system);
  const user = userOf(status, users);
  const isGone = exe?.endsWith(' (deleted)') === true;
  return {
    name: comm.replace(/\n$/, '').slice(0, 100),
    ...(exe !== undefined && { executable: (isGone ? exe.slice(0, -' (deleted)'.length) : exe).slice(0, 500) }),
    ...(isGone && { executableGone: true }),
    ...(user !== undefined && { user }),
    ...(startedAt !== undefined && { startedAt }),
  };
}

/** Whether this is rg-listener: by its name, or by the file that it runs. */
export function isRgListener({ name, executable }: Pick<ProcessRead, 'name' | 'executable'>): boolean {
  return name === 'rg-listener' || executable?.split('/').at(-1) === 'rg-listener';
}

/** The state of a process: `Z` is one that has ended, and whose end nobody has looked at. */
export function processStateOf(stat: string): string | undefined {
  return /^\) (\S)/.exec(stat.slice(stat.lastIndexOf(')')))?.[1];
}

function startOf(stat: string | undefined, system: string | undefined): string | undefined {
  // The name stands in parentheses, and may have any of them in it; the start is field 22, the name field 2.
  const began = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const [, boot] = /^btime (\d{1,12})$/m.exec(system ?? '') ?? [];
  if (began === undefined || boot === undefined || !/^\d{1,15}$/.test(began)) return undefined;
  const seconds = Number(boot) + Math.floor(Number(began) / ticks);
  return seconds > 8e12 ? undefined : new Date(seconds * 1000).toISOString();
}

function userOf(status: string | undefined, users: string | undefined): string | undefined {
  const [, uid] = /^Uid:\t(\d{1,10})\b/m.exec(status ?? '') ?? [];
  if (uid === undefined) return undefined;
  const row = users?.split('\n').find((line) => line.split(':')[2] === uid);
  return row?.split(':')[0] || uid;
}
