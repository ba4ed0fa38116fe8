import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { VerifiedFacts } from '../facts.js';

/** Whether it says what it was when it was made. */
export const manifest: Rule<VerifiedFacts> = {
  id: 'bundle-verify/manifest',
  means: 'Nothing says what the folder was when it was made.',
  remedy: 'Name a folder that rg-diag bundle or rg-diag bundle redact has made.',
  cites: '',
  check({ manifest: read }) {
    const evidence = ['/manifest'];
    if (read.state === 'read') {
      const when = shortened(read.at, 40);
      return { status: 'pass', says: `made ${when} by rg-diag ${shortened(read.version, 40)}`, evidence };
    }
    const { code, detail } = read.failure;
    const says =
      code === 'file-not-found' ? 'it has no manifest.json' : `its manifest cannot be read: ${shortened(detail, 200)}`;
    return { status: 'broken', says, evidence, code };
  },
};
