import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { CheckFacts, DoctorFacts } from '../facts.js';

/** Whether every check could be asked for, and has an answer. */
export const refused: Rule<DoctorFacts> = {
  id: 'doctor/refused',
  means: 'The check was not made: what it would have found is not known.',
  remedy: 'Report it with the output of --json: it is a bug in rg-diag.',
  cites: '',
  check({ checks, stopped, asked }) {
    const isUnread = isUnreadIn(asked);
    const found = checks.flatMap((check, index): Check[] => {
      const { name, outcome, line } = check;
      const evidence = [`/checks/${index}/outcome`];
      // That the whole run ended is the matter of another rule.
      if (outcome.state === 'unfinished' && stopped === undefined) {
        const { begun, stopped: stop } = outcome;
        const says = `${name}: ${begun ? 'not finished' : 'not begun'}: ${stop.detail}`;
        return [{ status: 'broken', says, evidence, code: stop.code, remedy: `Run it by itself: ${line}` }];
      }
      if (isUnread(check)) {
        const says = `${name} was not read: it is no regular file, and is not waited for`;
        const remedy = `Save it as a file, and name that: --log FILE\nOr read it by itself: ${line}`;
        return [{ status: 'broken', says: shortened(says, 600), evidence, code: 'not-a-file', remedy }];
      }
      if (outcome.state !== 'refused') return [];
      const { problem, hint, isBug } = outcome;
      const says = shortened(`${name}: ${problem}`, 600);
      if (isBug === true) return [{ status: 'broken', says, evidence, code: 'unclassified' }];
      const remedy = `${hint === undefined ? '' : `${hint}\n`}See it by itself: ${line}`;
      return [
        { status: 'broken', says: `${says} (not a check that can be made)`, evidence, code: 'invalid-target', remedy },
      ];
    });
    return found.length > 0 ? found : { status: 'pass', says: 'every check could be asked for', evidence: ['/checks'] };
  },
};

/** Of a log that was named, and is left out though nobody asked for that: what it says is not known. */
function isUnreadIn({ logs, skip = [], dryRun }: DoctorFacts['asked']): (check: CheckFacts) => boolean {
  if (logs === undefined || skip.includes('logs') || dryRun === true) return () => false;
  return ({ kind, outcome }) => kind === 'logs' && outcome.state === 'skipped';
}
