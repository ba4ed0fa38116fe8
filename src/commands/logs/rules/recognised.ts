import { sources } from '../../../knowledge/sources.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import { isListeners, isQuiet } from '../causes.js';
import type { LogsFacts } from '../facts.js';
import { counted, instantText, isText } from '../text.js';

const where =
  'rg-listener logs by way of syslog: try /var/log/syslog on Debian and Ubuntu, /var/log/messages on RHEL and CentOS, or the journal: rg-diag logs --journal';

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
  check(facts) {
    const { recognised: known, lines, considered, unrecognisedSamples, followed, files } = facts;
    const evidence = ['/recognised', '/lines'];
    if (known > 0) return { status: 'pass', says: `${counted(known, 'line')} of rg-listener recognised`, evidence };
    if (isQuiet(facts)) {
      const says = `no line of rg-listener among ${counted(considered, 'line')} of that time`;
      return { status: 'pass', says, evidence: [...evidence, '/ofOthers'] };
    }
    // More may come: what nothing was ever seen of is judged at the end.
    if (followed === 'first' || followed === 'added') {
      const says = followed === 'first' ? 'no line of rg-listener yet' : 'no line of rg-listener was added';
      return { status: 'note', says, evidence, remedy: '' };
    }
    const broken = { status: 'broken', evidence, code: 'no-value' } as const;
    if (unrecognisedSamples.some(({ text }) => text.includes(journalMagic))) {
      const remedy = 'Name the folder that it is in, and journalctl reads it: rg-diag logs --journal-dir';
      return { ...broken, says: 'this is a file of systemd’s journal, not a text', remedy };
    }
    const binary = unrecognisedSamples.findIndex(({ text }) => !isText(text));
    if (binary >= 0 && facts.ofOthers === 0) {
      const remedy =
        'Give the log itself, as text or compressed by gzip; what is packed otherwise has to be unpacked before.';
      return { ...broken, says: 'this is no text', evidence: [...evidence, `/unrecognisedSamples/${binary}`], remedy };
    }
    if (lines === 0) {
      const what = files.length === 1 ? 'the log is empty' : 'all of the files are empty';
      return { ...broken, says: files.every(({ failure }) => failure !== undefined) ? 'no file could be read' : what };
    }
    const { since, until } = facts.asked;
    if (since !== undefined && until !== undefined && Date.parse(since) > Date.parse(until)) {
      const says = `--since is later than --until: ${instantText(since)}, ${instantText(until)} UTC`;
      return { ...broken, says, evidence: ['/asked/since', '/asked/until'], remedy: 'Give a --since that is earlier.' };
    }
    if (considered === 0) {
      const asked = [since === undefined ? [] : '--since', until === undefined ? [] : '--until'].flat();
      const remedy = `Choose another ${asked.join(' or ')}. Times without a zone are local: set TZ to the zone of the log.`;
      return { ...broken, says: `none of ${counted(lines, 'line')} is of the time that was asked for`, remedy };
    }
    return { ...broken, ...unknownOnly(facts) };
  },
};

/** Lines of which none is known: somebody else's, or rg-listener's own by their tag. */
function unknownOnly({ considered, ofOthers, unrecognised, unrecognisedSamples }: LogsFacts) {
  const others = ofOthers > 0 ? `, ${grouped(ofOthers)} of other programs` : '';
  const tagged = unrecognisedSamples.findIndex(isListeners);
  if (tagged >= 0) {
    const says = `rg-listener wrote in this log, and no line of it is known: ${grouped(unrecognised)} of ${counted(considered, 'line')} not known${others}`;
    const remedy = 'Read the samples below the causes; what looks like an error belongs into a support ticket.';
    return { says, evidence: ['/recognised', '/unrecognised', `/unrecognisedSamples/${tagged}`], remedy };
  }
  const unknown = unrecognised > 0 ? `, ${grouped(unrecognised)} not known` : '';
  return { says: `no line of rg-listener among ${counted(considered, 'line')}${others}${unknown}` };
}
