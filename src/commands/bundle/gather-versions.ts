import { readFileEnd } from '../../io/file-end.js';
import { findProgram, runProgram } from '../../io/spawn.js';
import type { Gathered } from './gathered.js';
import type { ProgramWords } from './planned-part.js';

/** Where distributions describe themselves (os-release(5)); /etc/os-release is a link to the first. */
const releaseFiles = ['/usr/lib/os-release', '/etc/os-release'] as const;

/** Seconds that a program has to say its version. */
const patience = 3;

/** Lines of what a program says of itself. */
const mostLines = 12;

/** Versions of rg-diag, of what it runs on, and of programs as they say them. Where one is missing, that is said. */
export async function gatherVersions(
  programs: readonly ProgramWords[],
  version: string,
  signal: AbortSignal,
): Promise<Gathered> {
  const system = [
    ['rg-diag', version],
    ['Node', process.version],
    ['Machine', `${process.platform} ${process.arch}`],
    ['Kernel', await lineOf('/proc/sys/kernel/osrelease', signal)],
    ['Distribution', await distribution(signal)],
  ];
  const said = await Promise.all(programs.map((words) => versionOf(words, signal)));
  const head = system.map(([name = '', value = '']) => `${`${name}:`.padEnd(14)}${value}\n`).join('');
  return { state: 'collected', text: [head, ...said].join('\n') };
}

async function distribution(signal: AbortSignal): Promise<string> {
  for (const path of releaseFiles) {
    const read = await readFileEnd(path, 10_000, signal);
    const name = read.ok && /^PRETTY_NAME="?([^"\n]{1,200})/m.exec(read.value.bytes.toString('utf8'))?.[1];
    if (name) return name;
  }
  return 'unknown';
}

async function lineOf(path: string, signal: AbortSignal): Promise<string> {
  const read = await readFileEnd(path, 10_000, signal);
  return read.ok ? read.value.bytes.toString('utf8').trim() : 'unknown';
}

async function versionOf({ name, args }: ProgramWords, signal: AbortSignal): Promise<string> {
  const line = ['$', name, ...args].join(' ');
  const path = findProgram(name);
  if (path === undefined) return `${line}\n(not in PATH)\n`;
  const ran = await runProgram({ path, name, args, limits: { signal, seconds: patience }, cap: 65_536 });
  const { stdout, stderr } = ran.partial;
  const lines = `${stdout}${stderr}`.split('\n').filter((text) => text.trim() !== '');
  const shown = lines.slice(0, mostLines);
  // Some have no such option and say so with a status of their own; what they print tells it all.
  if (!ran.ok && shown.length === 0) shown.push(`(${ran.failure.detail})`);
  return [line, `(${path})`, ...shown, ''].join('\n');
}
