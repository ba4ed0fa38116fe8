import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts, VerifiedFile } from '../facts.js';
import { named } from './named.js';

const chmod = 'Make it yours alone: chmod 700 DIR; chmod 600 DIR/*.';

/** Whether it is for its owner only, as it was made. */
export const owner: Rule<VerifiedFacts> = {
  id: 'bundle-verify/owner',
  means: 'Other users of this machine can read it, or put something into it.',
  remedy: chmod,
  cites: '',
  check({ mode, files }) {
    const folder = Number.parseInt(mode, 8);
    if ((folder & 0o077) === 0) return { status: 'pass', says: 'it is for its owner only', evidence: ['/mode'] };
    const rows = files.map((file, index) => ({ file, index })).filter(({ file: { kind } }) => kind === 'file');
    const writable = rows.filter(({ file }) => allows(file, 0o022));
    if ((folder & 0o022) !== 0 || writable.length > 0) {
      const which = writable.length === 0 ? 'the folder' : named(writable.map(({ file }) => file.file));
      return {
        status: 'warn',
        says: `other users can write to ${which}`,
        evidence: ['/mode', ...writable.map(({ index }) => `/files/${index}/mode`)],
        code: 'writable-by-others',
      };
    }
    const open = rows.filter(({ file }) => allows(file, 0o044));
    if ((folder & 0o011) === 0 || open.length === 0) {
      return { status: 'note', says: 'other users can see the names of its files', evidence: ['/mode'] };
    }
    return {
      status: 'warn',
      says: `other users can read ${named(open.map(({ file }) => file.file))}`,
      evidence: open.map(({ index }) => `/files/${index}/mode`),
      code: 'exposed',
    };
  },
};

function allows({ mode }: VerifiedFile, bits: number): boolean {
  return (Number.parseInt(mode, 8) & bits) !== 0;
}
