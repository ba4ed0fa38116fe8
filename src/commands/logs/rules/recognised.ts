import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { LogsFacts } from '../facts.js';
import { counted, grouped } from '../text.js';

const where =
  'rg-listener logs by way of syslog: try /var/log/syslog on Debian and Ubuntu, /var/log/messages on RHEL and CentOS, or pipe journalctl -o json into rg-diag logs -';

/** How the files of the journal begin. */
const journalMagic = 'LPKSHHRH';

/** Whether there was anything to judge at all: a log without a line of rg-listener says nothing about it. */
export const recognised: Rule<LogsFacts> = {
  id: 'logs/recognised',
  means: 'Nothing could be checked: no line is one that rg-listener is known to write.',
  remedy: where,
  cites: sources.railgunLogging,
  skips: ({ recognised: known, stopped }) =>
    known === 0 && stopped !== undefined ? 'reading ended before any line of rg-listener' : undefined,
  check({ recognised: known, lines, considered, ofOthers, unrecognised, unrecognisedSamples, followed, files }) {
    const evidence = ['/recognised', '/lines'];
    if (known > 0) return { status: 'pass', says: `${counted(known, 'line')} of rg-listener recognised`, evidence };
    // More may come: what nothing was ever seen of is judged at the end.
    if (followed === 'first' || followed === 'added') {
      return { status: 'note', says: 'no line of rg-listener yet', evidence, remedy: '' };
    }
    const broken = { status: 'broken', evidence, code: 'no-value' } as const;
    if (unrecognisedSamples.some(({ text }) => text.includes(journalMagic))) {
      const remedy = 'Pipe the journal as text: journalctl -o json into rg-diag logs -';
      return { ...broken, says: 'this is a file of systemd’s journal, not a text', remedy };
    }
    if (lines === 0) {
      const what = files.length === 1 ? 'the log is empty' : 'all of the files are empty';
      return { ...broken, says: files.every(({ failure }) => failure !== undefined) ? 'no file could be read' : what };
    }
    if (considered === 0) {
      const remedy =
        'Choose another --since or --until. Times without a zone are local: set TZ to the zone of the log.';
      return { ...broken, says: `none of ${counted(lines, 'line')} is of the time that was asked for`, remedy };
    }
    const others = ofOthers > 0 ? `, ${grouped(ofOthers)} of other programs` : '';
    const unknown = unrecognised > 0 ? `, ${grouped(unrecognised)} not known` : '';
    return { ...broken, says: `no line of rg-listener among ${counted(considered, 'line')}${others}${unknown}` };
  },
};
