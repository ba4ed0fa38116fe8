import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { SanitizedFacts } from '../facts.js';

/** Whether it is a valid HAR; what was wrong before is not put right. */
export const valid: Rule<SanitizedFacts> = {
  id: 'har-sanitize/valid',
  means: 'It is not as HAR 1.2 wants it, and some programs will not read it.',
  remedy: 'It was so before: make the archive anew with a browser, if a program refuses it.',
  cites: sources.har,
  check({ validity: { before, after, problems } }) {
    const [first] = problems;
    if (after === 0) return { status: 'pass', says: 'it is a valid HAR 1.2', evidence: ['/validity'] };
    const more = after > 1 ? `, and ${after - 1} more` : '';
    const what = first === undefined ? `${after} places` : `${first.pointer} ${first.says}${more}`;
    const evidence = ['/validity'];
    if (after <= before) return { status: 'note', says: `not valid, as it was before: ${what}`, evidence };
    const remedy = 'Report it: masking must not make an archive invalid.';
    return { status: 'fail', says: `masking has made it invalid: ${what}`, evidence, remedy, code: 'malformed' };
  },
};
