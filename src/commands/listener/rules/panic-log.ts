import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import { secondsBetween } from '../age.js';
import type { PanicLogFacts, SeenFacts } from '../facts.js';
import { shellWord } from '../shell-word.js';

/** Seconds: a crash that is younger is a warning. rg-diag's own threshold. */
const recent = 86_400;

const send = 'Send the panic log to support with the ticket.';

/** Whether rg-listener has crashed. */
export const panicLog: Rule<SeenFacts> = {
  id: 'listener/panic-log',
  means:
    'After a crash, requests go to the origin directly until rg-listener is started again. It is a warning for 24 hours, which is rg-diag’s own threshold.',
  remedy: `${send}\nInstall the newest version, if that is not the one that runs.`,
  cites: `${listenerKnowledge.panicLog.source}; ${listenerKnowledge.panics.source}`,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.panicLog.state === 'not-set'
        ? 'stderr.file is not set: what it wrote when it crashed is lost'
        : undefined,
  check({ local, observedAt }) {
    const file = local?.panicLog ?? { state: 'not-set' };
    const evidence = ['/local/panicLog'];
    switch (file.state) {
      case 'absent':
        return { status: 'pass', says: `there is no ${file.path}`, evidence };
      case 'unreadable': {
        const says = `${file.path} cannot be read: ${file.failure.detail}`;
        return { status: 'note', says, evidence, remedy: 'Run it with sudo, or check stderr.file in railgun.conf.' };
      }
      case 'read': {
        if (file.bytes === 0) return { status: 'pass', says: `${file.path} is empty`, evidence };
        const { last, lastServed } = file.log;
        const age = secondsBetween(file.modifiedAt, observedAt);
        if (last === undefined && lastServed !== undefined) {
          return { status: 'pass', says: `no crash in ${file.path}`, evidence };
        }
        const says = saysOf(file, age);
        if (last === undefined)
          return {
            status: 'note',
            says,
            evidence,
            remedy: `Look at what it is, and whose: sudo head ${shellWord(file.path, 'FILE')}\n${send}`,
          };
        const remedy =
          last.memcached === true
            ? `Look at its memcached, which the crash names: rg-diag memcached 127.0.0.1:11211\n${send}`
            : undefined;
        const more = remedy === undefined ? {} : { remedy };
        // What was written behind it dates the file, and not the crash.
        const isDated = lastServed === undefined || lastServed.line < last.line;
        if (isDated && age < recent) return { status: 'warn', says, evidence, ...more, code: 'crashed' };
        return { status: 'note', says, evidence, ...more };
      }
      case 'not-set':
        throw new Error('no panic log');
    }
  },
};

function saysOf({ log, cut, path }: Extract<PanicLogFacts, { state: 'read' }>, age: number): string {
  const written = `last written to ${durationText(Math.max(age, 0))} ago`;
  if (log.last === undefined) return `${path} is not empty, but holds no crash that is known; ${written}`;
  const { message, functions } = log.last;
  const count = `${cut ? 'at least ' : ''}${grouped(log.crashes)} ${log.crashes === 1 ? 'crash' : 'crashes'}`;
  const where = functions[0] === undefined ? '' : ` in ${functions[0]}`;
  return `${count} in ${path}, ${written}; the last one: ${message}${where}`;
}
