import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { isUnchanged } from '../file-state.js';
import { named } from './named.js';

/** Who sends a bundle writes into it what only they know. */
const toFillIn = 'TICKET.txt';

/** Whether every file that is there is what it was; the ticket is meant to be filled in. */
export const unchanged: Rule<VerifiedFacts> = {
  id: 'bundle-verify/unchanged',
  means: 'Somebody or something has changed it since, and nobody has looked for secrets in it.',
  remedy: 'Make the bundle anew. If you have changed it yourself: rg-diag bundle redact DIR --dir NEW.',
  cites: '',
  skips: ({ manifest: { state } }) => (state === 'read' ? undefined : 'nothing says what the files were'),
  check({ files }) {
    const rows = files.map((file, index) => ({ file, index })).filter(({ file }) => file.listed !== undefined);
    const differing = rows.filter(({ file }) => file.kind === 'file' && !isUnchanged(file));
    const changed = differing.filter(({ file }) => file.file !== toFillIn || file.content?.state !== 'read');
    const [filledIn] = differing;
    if (changed.length === 0 && filledIn !== undefined) {
      return {
        status: 'note',
        says: `${toFillIn} was changed since, as it is meant to be; it was searched like the others`,
        evidence: [`/files/${filledIn.index}`],
        remedy: '',
      };
    }
    if (changed.length > 0) {
      return {
        status: 'fail',
        says: `not what the manifest says: ${named(changed.map(({ file }) => file.file))}`,
        evidence: changed.map(({ index }) => `/files/${index}`),
        code: 'unexpected-value',
      };
    }
    const says = `size and SHA-256 of ${rows.length} file${rows.length === 1 ? ' is' : 's are'} those of the manifest`;
    const unread = rows.filter(({ file: { content } }) => content?.state === 'unread');
    const [first] = unread;
    if (first?.file.content?.state !== 'unread') return { status: 'pass', says, evidence: ['/files'] };
    return {
      status: 'broken',
      says: `not known of ${named(unread.map(({ file }) => file.file))}, which cannot be read`,
      evidence: unread.map(({ index }) => `/files/${index}/content`),
      code: first.file.content.failure.code,
      remedy: 'Run it as the user who made the bundle, or as root.',
    };
  },
};
