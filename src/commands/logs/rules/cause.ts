import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { remedyOf, rowOf, visitorErrors, visitorText } from '../causes.js';
import type { LogsFacts } from '../facts.js';
import { counted, instantText, namesText } from '../text.js';

const mostNames = 3;

/** What the lines of one cause mean, for which hosts, and what to do. */
function causeRule(
  id: ListenerLineId,
  code: FailureCode,
  statusOf: (facts: LogsFacts) => 'warn' | 'note',
): Rule<LogsFacts> {
  const { cause, source, inferred }: ListenerLogLine = listenerLogLines[id];
  const means = `${cause.slice(0, 1).toUpperCase()}${cause.slice(1)}.`;
  return {
    id: `logs/${id}`,
    means: inferred === true ? `${means} That is inferred: no document shows such a line.` : means,
    remedy: '',
    cites: source,
    check(facts) {
      const index = facts.causes.findIndex((found) => found.id === id);
      const found = facts.causes[index];
      if (found === undefined) return { status: 'pass', says: `no ${id} is logged`, evidence: ['/causes'] };
      const names =
        Object.keys(found.hosts).length > 0
          ? namesText(found.hosts, mostNames, found.otherHosts)
          : namesText(found.destinations, mostNames, found.otherDestinations);
      const row = rowOf(id);
      const visitors = row === undefined ? '' : visitorText(row);
      const says = [
        `${id}, ${counted(found.count, 'time')}${names === '' ? '' : `: ${names}`}`,
        ...(visitors === '' ? [] : [`visitors get ${visitors}`]),
        ...(found.last === undefined ? [] : [`last at ${instantText(found.last)} UTC`]),
      ].join('; ');
      const said = { says, evidence: [`/causes/${index}`], remedy: remedyOf(found) };
      return statusOf(facts) === 'warn' ? { ...said, status: 'warn', code } : { ...said, status: 'note' };
    },
  };
}

/** What is allowed of all errors together is allowed of each. */
const asVisitorsSee = (facts: LogsFacts) => (visitorErrors(facts) > facts.asked.warning ? 'warn' : 'note');

/** A rule for each error of rg-listener. */
export const causes: readonly Rule<LogsFacts>[] = [
  causeRule('connection-timeout', 'timeout', asVisitorsSee),
  causeRule('no-response', 'no-answer', asVisitorsSee),
  causeRule('page-refused', 'connection-refused', asVisitorsSee),
  causeRule('connection-refused', 'connection-refused', asVisitorsSee),
  causeRule('handshake-failure', 'tls-alert', asVisitorsSee),
  causeRule('wrong-host', 'hostname-mismatch', asVisitorsSee),
  causeRule('unknown-authority', 'untrusted-issuer', asVisitorsSee),
  causeRule('connection-failed-otherwise', 'unclassified', asVisitorsSee),
  causeRule('http-502', 'origin-error', asVisitorsSee),
  causeRule('memcached-failed', 'no-answer', () => 'warn'),
  causeRule('memcached-timeout', 'timeout', () => 'warn'),
  causeRule('memcached-refused', 'connection-refused', () => 'warn'),
  causeRule('dial-timeout', 'timeout', () => 'warn'),
  // The fault of a client, of which there is always one.
  causeRule('bad-content-length', 'malformed', () => 'note'),
];
