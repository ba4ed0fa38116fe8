import { listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import type { Rule } from '../../../model/rule.js';
import { remedyOf } from '../causes.js';
import type { CauseFacts, LogsFacts } from '../facts.js';
import { counted, instantText } from '../text.js';

// What tells most comes first.
const failures: readonly string[] = ['activation-failed', 'activation-certificate', 'daemon-failed'];
const successes: readonly string[] = ['activation-acquired', 'activation-id'];

/** Whether rg-listener is known to Cloudflare: without that no request comes through it. */
export const activation: Rule<LogsFacts> = {
  id: 'logs/activation',
  means: 'rg-listener is not activated: requests go straight to the origin, and the Cf-Railgun header says direct.',
  remedy: '',
  cites: listenerLogLines['activation-failed'].source,
  check({ causes }) {
    const indexOf = (id: string) => causes.findIndex((cause) => cause.id === id);
    const failed = failures.map(indexOf).filter((index) => index >= 0);
    const succeeded = successes.map(indexOf).filter((index) => index >= 0);
    const [worst] = failed;
    const cause = worst === undefined ? undefined : causes[worst];
    if (cause === undefined) {
      const [good] = succeeded;
      if (good === undefined) return { status: 'pass', says: 'no failed activation is logged', evidence: ['/causes'] };
      return { status: 'pass', says: 'rg-listener was activated', evidence: [`/causes/${good}`] };
    }
    const evidence = [...failed, ...succeeded].map((index) => `/causes/${index}`);
    const count = failed.reduce((most, index) => Math.max(most, causes[index]?.count ?? 0), 0);
    const times = `activation failed ${counted(count, 'time')}`;
    const isOver = succeeded.some((good) => failed.every((bad) => isLater(causes[good], causes[bad])));
    if (isOver) return { status: 'note', says: `${times}, and then succeeded`, evidence, remedy: '' };
    const last = cause.last === undefined ? '' : `, last at ${instantText(cause.last)} UTC`;
    const says = `${times}${last} (${cause.id}), and did not succeed after that`;
    return { status: 'fail', says, evidence, remedy: remedyOf(cause), code: 'activation-failed' };
  },
};

/** By the last line of each. Where the times do not tell, lines of one file do. */
function isLater(one: CauseFacts | undefined, other: CauseFacts | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.last !== undefined && other.last !== undefined && one.last !== other.last) {
    return Date.parse(one.last) > Date.parse(other.last);
  }
  return one.sample.file === other.sample.file && one.sample.line > other.sample.line;
}
