import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { grouped } from '../../../model/count.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';

/** Whether a panic ended a request to rg-listener, and not rg-listener itself. */
export const servedPanics: Rule<SeenFacts> = {
  id: 'listener/served-panics',
  means:
    'A panic while the HTTP server of Go serves a request ends that request only: rg-listener ran on. The only such server of it that is documented is the one of its statistics.',
  remedy: 'Send the panic log to support with the ticket, if it goes on.',
  cites: listenerKnowledge.servedPanics.source,
  skips: ({ local }) =>
    local === undefined
      ? 'it is looked at from outside'
      : local.panicLog.state !== 'read'
        ? 'there is no panic log to read'
        : undefined,
  check({ local }) {
    const file = local?.panicLog;
    if (file?.state !== 'read') throw new Error('no panic log');
    const { log, cut, path } = file;
    const { lastServed: last, kinds } = log;
    if (last === undefined) return { status: 'pass', says: `none in ${path}`, evidence: ['/local/panicLog'] };
    const count = kinds.served ?? 1;
    const panics = `${cut ? 'at least ' : ''}${grouped(count)} ${count === 1 ? 'panic' : 'panics'}`;
    const where = last.functions[0] === undefined ? '' : ` in ${last.functions[0]}`;
    const says = `${panics} in ${path} that rg-listener survived; the last one: ${last.message}${where}`;
    return { status: 'note', says, evidence: ['/local/panicLog/log/lastServed'] };
  },
};
