import { lookAtFile } from '../../io/file-look.js';
import { hasJournal } from '../../io/journal.js';
import type { Failure } from '../../model/failure.js';
import { shortened } from '../../model/shortened.js';
import type { DoctorAsked } from './facts.js';
import type { FoundLogs } from './plan.js';

/** Where the packages of syslog put what programs log: that of Debian, and that of Red Hat. */
const usual: readonly string[] = ['/var/log/syslog', '/var/log/messages'];

/**
 * The logs that were named, unless they are there and no regular files; otherwise, where there is a configuration of rg-listener, those of the system that
 * are plain files, and where there is no such file the journal.
 */
export function findLogs({ logs }: DoctorAsked, hasConfiguration: boolean): FoundLogs {
  if (logs !== undefined) {
    const odd = new Set(logs.filter((path) => isOdd(lookAtFile(path))));
    return {
      readable: logs.filter((path) => !odd.has(path)),
      unreadable: [...odd].map((path) => ({ path, failure: notRegular(path) })),
    };
  }
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

function isOdd(look: ReturnType<typeof lookAtFile>): boolean {
  return look.ok && !look.value.regular;
}

/** What could be read once only, or keep a run waiting for ever: a FIFO, a device. */
export function notRegular(path: string): Failure {
  const detail = `${shortened(path, 300)} is no regular file, and is not waited for`;
  return { code: 'not-a-file', step: 'input', blame: 'us', detail };
}
