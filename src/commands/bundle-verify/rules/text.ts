import type { Rule } from '../../../model/rule.js';
import type { VerifiedFacts } from '../facts.js';
import { named } from './named.js';

/** Whether everything could be read as text. */
export const text: Rule<VerifiedFacts> = {
  id: 'bundle-verify/text',
  means: 'It is no text: a picture can show a password, packets can carry one, and no program looks for that.',
  remedy: 'Look at it yourself before you send it.',
  cites: '',
  check({ files }) {
    const binary = files
      .map(({ file, content }, index) => ({ file, content, index }))
      .filter(({ content }) => content?.state === 'read' && content.binary === true);
    if (binary.length === 0) return { status: 'pass', says: 'everything that was read is text', evidence: ['/files'] };
    return {
      status: 'warn',
      says: `no text, only known secrets were looked for: ${named(binary.map(({ file }) => file))}`,
      evidence: binary.map(({ index }) => `/files/${index}/content/binary`),
      code: 'unexpected-form',
    };
  },
};
