import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';
import { longestPhase, requestText, secondsText } from '../text.js';

/** Whether anything took as long as `--slow` says. */
export const slow: Rule<HarFacts> = {
  id: 'har-check/slow',
  means: 'Whoever looks at the page waits.',
  remedy:
    'Where it is wait, the server takes long: compare with the origin itself, rg-diag origin HOST --ip ADDR.\nWhere it is dns, connect or ssl, it is the way there: rg-diag trace HOST.\nWhere it is blocked, the browser had too much to do at once.',
  cites: sources.gathering,
  check({ archives, asked }) {
    const index = archives.findIndex(({ summary }) => summary.slowCount > 0);
    const summary = archives[index]?.summary;
    const [first] = summary?.slowest ?? [];
    if (summary === undefined || first === undefined) {
      const says = `nothing took ${asked.slow} s or longer`;
      return { status: 'pass', says, evidence: ['/archives/0/summary/slowCount', '/asked/slow'] };
    }
    const count = archives.reduce((sum, archive) => sum + archive.summary.slowCount, 0);
    const mostly = longestPhase(first);
    return {
      status: 'warn',
      says: `${count} request${count === 1 ? '' : 's'} took ${asked.slow} s or longer: ${requestText(first)} ${secondsText(first.ms)}${mostly === '' ? '' : `, mostly ${mostly}`}`,
      evidence: [`/archives/${index}/summary/slowest`, '/asked/slow'],
      code: 'too-slow',
    };
  },
};
