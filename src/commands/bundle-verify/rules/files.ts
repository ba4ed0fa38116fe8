import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { kindWords } from '../file-state.js';
import { named } from './named.js';

/** Whether everything in it is a plain file. */
export const files: Rule<VerifiedFacts> = {
  id: 'bundle-verify/files',
  means:
    'A bundle has nothing but plain files: a link leads to something that nobody has masked, and what is no file does not end.',
  remedy: 'Take it out of the folder.',
  cites: '',
  check({ files: there }) {
    const others = there.map((file, index) => ({ file, index })).filter(({ file }) => file.kind !== 'file');
    if (others.length === 0) return { status: 'pass', says: 'everything in it is a plain file', evidence: ['/files'] };
    return {
      status: 'fail',
      says: `no plain file: ${named(others.map(({ file }) => `${file.file} (${kindWords(file)})`))}`,
      evidence: others.map(({ index }) => `/files/${index}/kind`),
      code: 'not-a-file',
    };
  },
};
