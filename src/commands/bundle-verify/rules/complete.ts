import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { named } from './named.js';

/** Whether everything is there that was there when it was made. */
export const complete: Rule<VerifiedFacts> = {
  id: 'bundle-verify/complete',
  means: 'Somebody has taken something out, or it was not copied whole.',
  remedy: 'Copy it again, or make it anew. What is to be left out: rg-diag bundle --skip PART.',
  cites: '',
  skips: ({ manifest: { state } }) => (state === 'read' ? undefined : 'nothing says what was there'),
  check({ manifest }) {
    const { files, missing } = manifest.state === 'read' ? manifest : { files: 0, missing: [] };
    if (missing.length === 0) return { status: 'pass', says: `all ${files} files are there`, evidence: ['/manifest'] };
    return {
      status: 'fail',
      says: `${missing.length} of ${files} files ${missing.length === 1 ? 'is' : 'are'} not there: ${named(missing)}`,
      evidence: ['/manifest/missing'],
      code: 'file-not-found',
    };
  },
};
