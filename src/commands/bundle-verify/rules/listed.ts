import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { isManifest } from '../file-state.js';
import { named } from './named.js';

/** Whether nothing is there that was not there when it was made. */
export const listed: Rule<VerifiedFacts> = {
  id: 'bundle-verify/listed',
  means: 'It came into the folder later, past the masking of secrets.',
  remedy: 'Take it out; or, if it belongs to the case: rg-diag bundle redact DIR --dir NEW.',
  cites: '',
  skips: ({ manifest: { state } }) => (state === 'read' ? undefined : 'nothing says what was there'),
  check({ files }) {
    const extra = files
      .map((file, index) => ({ file, index }))
      .filter(({ file }) => file.listed === undefined && !isManifest(file));
    if (extra.length === 0) return { status: 'pass', says: 'nothing else is in the folder', evidence: ['/files'] };
    return {
      status: 'fail',
      says: `not in the manifest: ${named(extra.map(({ file }) => file.file))}`,
      evidence: extra.map(({ index }) => `/files/${index}`),
      code: 'unexpected-value',
    };
  },
};
