import { directReasonOf } from '../../../knowledge/direct-reasons.js';
import type { Rule } from '../../../model/rule.js';
import type { LogFacts, ValueFacts } from '../facts.js';

const internalError = {
  id: 'decode/internal-error',
  means: 'Requests go past Railgun because of a fault inside rg-sender, at Cloudflare.',
  remedy: directReasonOf('internal error')?.action ?? '',
  cites: directReasonOf('internal error')?.source ?? '',
};

export const internalErrorOfValue: Rule<ValueFacts> = {
  ...internalError,
  skips: (facts) => (facts.form === 'direct' && facts.reason !== undefined ? undefined : 'no reason is given'),
  check(facts) {
    const reason = facts.form === 'direct' ? (facts.reason ?? '') : '';
    const evidence = ['/reason'];
    if (!directReasonOf(reason)?.internal) {
      return { status: 'pass', says: 'not an internal error at Cloudflare', evidence };
    }
    const says = 'the request went past Railgun because of an internal error at Cloudflare';
    return { status: 'warn', says, evidence, code: 'internal-error' };
  },
};

export const internalErrorInLog: Rule<LogFacts> = {
  ...internalError,
  skips: ({ directReasons }) => (Object.keys(directReasons).length === 0 ? 'no reason is given' : undefined),
  check({ directReasons }) {
    const evidence = ['/directReasons'];
    const internal = Object.entries(directReasons).filter(([reason]) => directReasonOf(reason)?.internal);
    const count = internal.reduce((sum, [, times]) => sum + times, 0);
    if (count === 0) return { status: 'pass', says: 'no internal error at Cloudflare', evidence };
    const says = `${count} requests went past Railgun because of an internal error at Cloudflare`;
    return { status: 'warn', says, evidence, code: 'internal-error' };
  },
};
