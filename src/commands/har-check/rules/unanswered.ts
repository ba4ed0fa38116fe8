import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';
import { entryText } from '../text.js';

/** Whether the browser got an answer to all that it asked for. */
export const unanswered: Rule<HarFacts> = {
  id: 'har-check/unanswered',
  means: 'The browser got no answer at all: a connection failed, was cut, or a certificate was refused.',
  remedy:
    'See whether the host can be reached from here: rg-diag probe HOST:443 --tls\nFor ERR_QUIC_PROTOCOL_ERROR and ERR_HTTP2_PROTOCOL_ERROR support asks for a NetLog (chrome://net-export).',
  cites: sources.gathering,
  check({ archives }) {
    const index = archives.findIndex(({ summary }) => summary.unansweredCount > 0);
    const summary = archives[index]?.summary;
    const [first] = summary?.unanswered ?? [];
    if (summary === undefined || first === undefined) {
      return { status: 'pass', says: 'every request was answered', evidence: ['/archives/0/summary/unansweredCount'] };
    }
    const count = archives.reduce((sum, archive) => sum + archive.summary.unansweredCount, 0);
    return {
      status: 'warn',
      says: `${count} request${count === 1 ? '' : 's'} without an answer, first ${entryText(first)}`,
      evidence: [`/archives/${index}/summary/unanswered`],
      code: 'no-answer',
    };
  },
};
