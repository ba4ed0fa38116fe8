import { listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import type { Rule } from '../../../model/rule.js';
import { remedyOf } from '../causes.js';
import type { CauseFacts, LogsFacts } from '../facts.js';
import { counted, instantText } from '../text.js';

// What tells most comes first.
const failures: readonly string[] = ['activation-failed', 'activation-certificate', 'daemon-failed'];
const steps: readonly string[] = ['activation-id', 'activation-posted'];
/** The last of three lines: only this is a success. */
const success = 'activation-acquired';

/** Seconds for which the log goes on before it is said that the last line is missing; the three are written at once. */
const enough = 60;

/** Whether rg-listener is known to Cloudflare: without that no request comes through it. */
export const activation: Rule<LogsFacts> = {
  id: 'logs/activation',
  means: 'rg-listener is not activated: requests go straight to the origin, and the Cf-Railgun header says direct.',
  remedy: '',
  cites: listenerLogLines['activation-failed'].source,
  check(facts) {
    const isLogged = (id: string) => causeOf(facts, id) !== undefined;
    const pointer = (id: string) => `/causes/${facts.causes.findIndex((cause) => cause.id === id)}`;
    const failed = failures.filter(isLogged);
    const acquired = causeOf(facts, success);
    // Lines of several machines are no sequence.
    const machines = Object.keys(facts.machines).length;
    const [worst] = failed;
    const cause = worst === undefined ? undefined : causeOf(facts, worst);
    if (cause === undefined) {
      const begun = causeOf(facts, steps.find(isLogged) ?? '');
      if (begun !== undefined && (acquired === undefined || (machines <= 1 && isLater(begun, acquired)))) {
        return { ...unfinished(facts, begun), evidence: [success, ...steps].filter(isLogged).map(pointer) };
      }
      if (acquired !== undefined) {
        return { status: 'pass', says: 'rg-listener was activated', evidence: [pointer(success)] };
      }
      return { status: 'pass', says: 'no failed activation is logged', evidence: ['/causes'] };
    }
    const evidence = [...failed, success].filter(isLogged).map(pointer);
    const count = failed.reduce((most, id) => Math.max(most, causeOf(facts, id)?.count ?? 0), 0);
    const times = `activation failed ${counted(count, 'time')}`;
    if (failed.every((id) => isLater(acquired, causeOf(facts, id)))) {
      if (machines <= 1) return { status: 'note', says: `${times}, and then succeeded`, evidence, remedy: '' };
      const says = `${times}; a later one succeeded, of ${machines} machines whose lines are mixed here`;
      const remedy = 'See whether it succeeded where it had failed: give the log of each machine by itself.';
      return { status: 'warn', says, evidence: [...evidence, '/machines'], remedy, code: 'activation-failed' };
    }
    const last = cause.last === undefined ? '' : `, last at ${instantText(cause.last)} UTC`;
    const says = `${times}${last} (${cause.id}), and did not succeed after that`;
    return { status: 'fail', says, evidence, remedy: remedyOf(cause), code: 'activation-failed' };
  },
};

function causeOf({ causes }: LogsFacts, id: string): CauseFacts | undefined {
  return causes.find((cause) => cause.id === id);
}

/** An activation of which the last line is missing; it may be under way where the log ends. */
function unfinished({ last: end, followed }: LogsFacts, { last }: CauseFacts) {
  const at = last === undefined ? '' : ` at ${instantText(last)} UTC`;
  const goesOn = last !== undefined && end !== undefined && (Date.parse(end) - Date.parse(last)) / 1000 > enough;
  const says = `an activation began${at} and did not finish: “${listenerLogLines[success].text}” is missing`;
  if (!goesOn || followed === 'added') return { status: 'note', says: `${says} so far`, remedy: '' } as const;
  const remedy =
    'Allow outgoing connections to port 443, restart rg-listener, and look for the three lines of a good activation.';
  return { status: 'warn', says, remedy, code: 'activation-failed' } as const;
}

/** By the last line of each. Where the times do not tell, lines of one file do. */
function isLater(one: CauseFacts | undefined, other: CauseFacts | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.last !== undefined && other.last !== undefined && one.last !== other.last) {
    return Date.parse(one.last) > Date.parse(other.last);
  }
  return one.sample.file === other.sample.file && one.sample.line > other.sample.line;
}
