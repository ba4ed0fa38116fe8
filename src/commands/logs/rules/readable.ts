import { sources } from '../../../knowledge/sources.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { FileFacts, LogsFacts } from '../facts.js';
import { counted } from '../text.js';

const remedies: Readonly<Partial<Record<FailureCode, string>>> = {
  'permission-denied':
    'Run it with sudo, or as a member of the group that may read the log: adm for /var/log/syslog on Debian and Ubuntu, systemd-journal for journalctl.',
  'file-not-found':
    'Check the name. rg-listener logs by way of syslog: /var/log/syslog on Debian and Ubuntu, /var/log/messages on RHEL and CentOS.',
  'not-a-file': 'Name the files in a directory, not the directory. What is no file can be read without --follow.',
  'program-not-found': 'Install systemd’s journalctl, or name the files of the log: rg-listener logs by way of syslog.',
  'program-failed': 'Look at what journalctl says by itself: journalctl -t railgun -t rg-listener.',
  'truncated-input': 'Make a fresh copy of the file that is cut off; what could be read of it is counted.',
  'corrupt-input': 'Make a fresh copy of the file that is damaged; what could be read of it is counted.',
};

const mostNamed = 3;

/** Whether all files could be read to their ends. One that could not does not stop the others. */
export const readable: Rule<LogsFacts> = {
  id: 'logs/readable',
  means: 'A part of the log is missing from everything that is said of it.',
  remedy: 'Check the name and the permissions of the file.',
  cites: sources.railgunLogging,
  check({ files, asked }) {
    const unread = files.filter(({ failure }) => failure !== undefined);
    if (unread.length === 0) {
      return { status: 'pass', says: `${counted(files.length, 'file')} read`, evidence: ['/files'] };
    }
    const evidence = unread.slice(0, mostNamed).map((file) => `/files/${files.indexOf(file)}/failure`);
    const named = unread.slice(0, mostNamed).map(wordsOf).join('; ');
    const more = unread.length > mostNamed ? `; and ${unread.length - mostNamed} more` : '';
    const codes = [...new Set(unread.flatMap(({ failure }) => failure?.code ?? []))];
    const remedy = codes.map((code) => remedies[code] ?? this.remedy).join('\n');
    if (asked.follow !== undefined && codes.every((code) => code === 'file-not-found')) {
      return { status: 'note', says: `not there yet: ${named}${more}`, evidence, remedy };
    }
    const share =
      files.length === 1
        ? 'not read to its end'
        : `${unread.length} of ${counted(files.length, 'file')} not read to the end`;
    const [code = 'read-failed'] = codes;
    return { status: 'broken', says: `${share}: ${named}${more}`, evidence, remedy, code };
  },
};

function wordsOf({ path, lines, failure }: FileFacts): string {
  const name = shortened(path === '-' ? 'standard input' : path, 100);
  const upTo = lines > 0 ? ` (up to line ${lines})` : '';
  return `${name}${upTo}: ${shortened(failure?.detail ?? '', 200)}`;
}
