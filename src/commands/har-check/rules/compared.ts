import type { HarDifferenceKind } from '../../../decoders/har-comparison.js';
import { sources } from '../../../knowledge/sources.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';
import { differenceText, requestText } from '../text.js';

type Row = {
  readonly status: 'fail' | 'warn';
  readonly code: FailureCode;
  readonly means: string;
  readonly remedy: string;
};

const rows: Readonly<Record<HarDifferenceKind, Row>> = {
  'through Cloudflare': {
    status: 'fail',
    code: 'cloudflare-error',
    means: 'an error only through Cloudflare, while the origin answers directly: it arises between the two',
    remedy:
      'Fetch the page as the edge does: rg-diag origin HOST --ip ADDR\nLook whether a firewall or rate limit of the origin stands in the way of addresses of Cloudflare.',
  },
  origin: {
    status: 'fail',
    code: 'origin-error',
    means: 'an error both ways: it arises at the origin, not at Cloudflare',
    remedy: 'Look at the log of the web server at the time of the request.',
  },
  direct: {
    status: 'warn',
    code: 'origin-error',
    means: 'an error only without Cloudflare: it is the origin’s, and the cache may hide it',
    remedy: 'Look at the log of the web server at the time of the request.',
  },
  answer: {
    status: 'warn',
    code: 'unexpected-value',
    means: 'different answers: a rule, a cache or a login answers one of them',
    remedy: 'Look at what answered in both: a challenge, a redirect, or an error of one side.',
  },
  time: {
    status: 'warn',
    code: 'too-slow',
    means: 'one way takes much longer',
    remedy:
      'Where it is wait, compare with the origin itself: rg-diag origin HOST --ip ADDR. Otherwise look at the way: rg-diag trace HOST',
  },
};

/** Whether two archives differ, and where what is different arises. */
export const compared: Rule<HarFacts> = {
  id: 'har-check/compared',
  means: 'The same request went differently with Cloudflare and without.',
  remedy: '',
  cites: sources.e520,
  skips: ({ comparison }) => (comparison === undefined ? 'there is one archive' : undefined),
  check({ comparison }) {
    const { both = 0, differences = 0, examples = [] } = comparison ?? {};
    if (both === 0) {
      const says = 'the two archives have no request in common';
      const remedy = 'Make both of the same page, one with Cloudflare and one while it is paused.';
      return { status: 'warn', says, evidence: ['/comparison/both'], remedy, code: 'unexpected-value' };
    }
    const [first] = examples;
    if (first === undefined) {
      return { status: 'pass', says: `${both} requests in both, and no difference`, evidence: ['/comparison'] };
    }
    const { status, code, means, remedy } = rows[first.kind];
    const says = `${differences} of ${both} requests differ; ${requestText(first.first)}: ${differenceText(first)}: ${means}`;
    return { status, code, says, remedy, evidence: ['/comparison/examples'] };
  },
};
