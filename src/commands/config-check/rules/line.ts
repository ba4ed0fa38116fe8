import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const why = {
  'no-equals': 'there is no = in this line',
  'no-key': 'there is no key before the =',
  'not-a-key': 'what stands before the = cannot be a key',
} as const;

/** Whether every line is a setting, a comment or blank. What is in such a line may be a secret, and is not shown. */
export const line = confRule({
  id: 'line',
  means: 'A line is key = value, a comment that begins with #, or blank; rg-listener may stop at anything else.',
  remedy: 'Write key = value, or put a # before it.',
  cites: sources.packageFile,
  well: 'every line is a setting, a comment or blank',
  *find({ conf, pointer }) {
    for (const [index, { line: number, column, why: reason }] of conf.unreadable.entries()) {
      yield {
        status: 'fail',
        code: 'malformed',
        says: why[reason],
        place: { file: conf.path, line: number, column },
        evidence: [`${pointer}/unreadable/${index}`],
      };
    }
  },
});
