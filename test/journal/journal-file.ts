import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface JournalEntry {
  /** RFC 3339. */
  readonly at: string;
  readonly tag: string;
  readonly message: string;
}

/** Of the machine whose journal it is. */
export const machineId = '0123456789abcdef0123456789abcdef';

/** A file of systemd's journal with these entries, by systemd's own program; returns the folder that it is in. */
export function journalOf(folder: string, entries: readonly JournalEntry[]): string {
  mkdirSync(folder, { recursive: true });
  const [text, file] = [join(folder, 'entries.export'), join(folder, 'system.journal')];
  writeFileSync(text, entries.map(exported).join(''));
  execFileSync('/usr/lib/systemd/systemd-journal-remote', ['--output', file, text], { stdio: 'ignore' });
  // Not everybody may read what it writes, and a test may become somebody else.
  chmodSync(file, 0o644);
  return folder;
}

/** systemd's journal export format: fields of one line each, and an empty line behind an entry. */
function exported({ at, tag, message }: JournalEntry, index: number): string {
  const fields = {
    __REALTIME_TIMESTAMP: Date.parse(at) * 1000,
    __MONOTONIC_TIMESTAMP: index + 1,
    _BOOT_ID: machineId,
    _MACHINE_ID: machineId,
    _HOSTNAME: 'www',
    SYSLOG_IDENTIFIER: tag,
    MESSAGE: message,
  };
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')}\n`;
}
