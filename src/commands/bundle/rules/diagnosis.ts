import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { BundleFacts } from '../facts.js';

/** UTF-16 units of what doctor says. */
const longest = 500;

/** What the checks made of it: it may spare the ticket. */
export const diagnosis: Rule<BundleFacts> = {
  id: 'bundle/diagnosis',
  means: 'What the checks found may be all that is wrong.',
  remedy: 'Read REPORT.html, or doctor.txt: what can be put right here need not wait for support.',
  cites: '',
  skips: ({ result }) =>
    result?.state === 'handed-over' && result.diagnosis !== undefined ? undefined : 'no checks were run',
  check({ result }) {
    const { verdict, says } = (result?.state === 'handed-over' ? result.diagnosis : undefined) ?? {
      verdict: 'unknown',
      says: '',
    };
    const evidence = ['/result/diagnosis'];
    if (verdict === 'ok')
      return { status: 'pass', says: `the checks found nothing wrong: ${shortened(says, longest)}`, evidence };
    return { status: 'note', says: `the checks say: ${shortened(says, longest)}`, evidence };
  },
};
