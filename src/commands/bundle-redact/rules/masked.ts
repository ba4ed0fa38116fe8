import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { RedactedFacts } from '../facts.js';

const mostNamed = 5;

/** What was masked, in short. */
export const masked: Rule<RedactedFacts> = {
  id: 'bundle-redact/masked',
  means: 'Nothing in it is a secret by its name or its shape, or it was masked before.',
  remedy: 'Look through it before you send it. Further secrets: --secret-file FILE.',
  cites: '',
  check({ files }) {
    const count = files.reduce((sum, file) => sum + file.masked, 0);
    if (count === 0) return { status: 'note', says: 'no secret was masked', evidence: ['/files'] };
    const most = [...files].filter((file) => file.masked > 0).sort((a, b) => b.masked - a.masked);
    const named = most.slice(0, mostNamed).map((file) => `${file.masked} in ${shortened(file.file, 60)}`);
    const more = most.length > mostNamed ? ` and ${most.length - mostNamed} more files` : '';
    return {
      status: 'pass',
      says: `masked at ${count} place${count === 1 ? '' : 's'}: ${named.join(', ')}${more}`,
      evidence: ['/files'],
    };
  },
};
