import { supportFilesSource, supportFileTypes } from '../../../knowledge/support-files.js';
import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { named } from './named.js';

const taken = new Set(supportFileTypes);

/** Whether support would take each of the files. */
export const takenTypes: Rule<VerifiedFacts> = {
  id: 'bundle-verify/types',
  means: 'Cloudflare support does not take files of this type.',
  remedy: `Rename what is text to .txt. It takes ${[...taken].join(' ')}.`,
  cites: supportFilesSource,
  check({ files }) {
    const others = files
      .map((file, index) => ({ file, index }))
      .filter(({ file: { file, kind } }) => kind === 'file' && !taken.has(typeOf(file)));
    if (others.length === 0)
      return { status: 'pass', says: 'support takes files of these types', evidence: ['/files'] };
    return {
      status: 'warn',
      says: `support does not take files of this type: ${named(others.map(({ file }) => file.file))}`,
      evidence: others.map(({ index }) => `/files/${index}/file`),
      code: 'unexpected-form',
    };
  },
};

function typeOf(file: string): string {
  return /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
}
