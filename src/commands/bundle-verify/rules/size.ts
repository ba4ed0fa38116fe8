import { mostSupportBytes, supportFilesSource } from '../../../knowledge/support-files.js';
import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { named } from './named.js';

/** Whether support would take each of the files. */
export const size: Rule<VerifiedFacts> = {
  id: 'bundle-verify/size',
  means: 'Cloudflare support takes files of at most 20 MB.',
  remedy: 'Make it anew with less of each log: rg-diag bundle --log-size BYTES --since TIME.',
  cites: supportFilesSource,
  check({ files }) {
    const long = files
      .map((file, index) => ({ file, index }))
      .filter(({ file }) => file.kind === 'file' && file.bytes > mostSupportBytes);
    if (long.length === 0) return { status: 'pass', says: 'no file is too long for support', evidence: ['/files'] };
    return {
      status: 'warn',
      says: `too long for support: ${named(long.map(({ file: { file, bytes } }) => `${file} (${(bytes / 1e6).toFixed(1)} MB)`))}`,
      evidence: long.map(({ index }) => `/files/${index}/bytes`),
      code: 'answer-too-long',
    };
  },
};
