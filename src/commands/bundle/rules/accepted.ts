import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { BundleFacts } from '../facts.js';
import { megabytes } from '../megabytes.js';
import { bytesOf, mostOfSupport } from '../parts.js';

/** Types of text that support takes. */
const taken = /\.(?:txt|json|har|html|csv|eml|css|tf)$/;

const mostNamed = 5;

/** Whether support takes the files: their types and sizes. */
export const types: Rule<BundleFacts> = {
  id: 'bundle/types',
  means: 'Support takes files of these types only, of at most 20 MB each.',
  remedy: 'Take less of it: --log-size BYTES, --since TIME, or an archive with fewer requests in it.',
  cites: sources.support,
  skips: ({ parts }) => (parts.every(({ state }) => state.state === 'missing') ? 'there are no files' : undefined),
  check({ parts }) {
    const there = parts.flatMap((part, index) => (part.state.state === 'missing' ? [] : [{ part, index }]));
    const wrong = there.filter(({ part }) => !taken.test(part.file) || (bytesOf(part) ?? 0) > mostOfSupport);
    const [first] = wrong;
    if (first === undefined) {
      const largest = Math.max(0, ...there.map(({ part }) => bytesOf(part) ?? 0));
      const says = `support takes files of these types and sizes, at most ${megabytes(largest)}`;
      return { status: 'pass', says, evidence: ['/parts'] };
    }
    const names = wrong.slice(0, mostNamed).map(({ part }) => `${part.file} (${megabytes(bytesOf(part) ?? 0)})`);
    const more = wrong.length > names.length ? ` and ${wrong.length - names.length} more` : '';
    return {
      // What is only planned may still be cut, and archives are made smaller.
      status: first.part.state.state === 'collected' ? 'fail' : 'warn',
      says: `support does not take: ${names.join(', ')}${more}`,
      evidence: wrong.map(({ index }) => `/parts/${index}`),
      code: 'answer-too-long',
    };
  },
};
