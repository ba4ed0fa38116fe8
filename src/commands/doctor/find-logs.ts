import { lookAtFile } from '../../io/file-look.js';
import { hasJournal } from '../../io/journal.js';
import type { DoctorAsked } from './facts.js';
import type { FoundLogs } from './plan.js';

/** Where the packages of syslog put what programs log: that of Debian, and that of Red Hat. */
const usual: readonly string[] = ['/var/log/syslog', '/var/log/messages'];

/**
 * The logs that were named, whatever they are; otherwise, where there is a configuration of rg-listener, those of the system that
 * are plain files, and where there is no such file the journal.
 */
export function findLogs({ logs }: DoctorAsked, hasConfiguration: boolean): FoundLogs {
  if (logs !== undefined) return { readable: logs, unreadable: [] };
  if (!hasConfiguration) return { readable: [], unreadable: [] };
  const looks = usual.map((path) => ({ path, look: lookAtFile(path) }));
  const readable = looks.flatMap(({ path, look }) => (look.ok && look.value.regular ? [path] : []));
  return {
    readable,
    ...(readable.length === 0 && hasJournal() && { journal: true }),
    unreadable: looks.flatMap(({ path, look }) =>
      look.ok || look.failure.code === 'file-not-found' || look.failure.code === 'not-a-file'
        ? []
        : [{ path, failure: look.failure }],
    ),
  };
}
