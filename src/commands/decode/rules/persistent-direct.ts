import { directReasonOf } from '../../../knowledge/direct-reasons.js';
import { railgunFormOf } from '../../../knowledge/railgun-forms.js';
import type { Rule } from '../../../model/rule.js';
import type { LogFacts } from '../facts.js';

/** This many direct answers in a row are no warm-up any more: the FAQ's own sequence has one. */
const longRun = 10;

/** Fewer direct answers than this say nothing yet. */
const few = 3;

export const persistentDirect: Rule<LogFacts> = {
  id: 'decode/persistent-direct',
  means:
    'Requests keep going past Railgun. On a quiet site connections are closed and opened again all the time; on a busy ' +
    'one rg-listener is down or cannot be reached.',
  remedy: (railgunFormOf('direct')?.checks ?? []).slice(1).join('\n'),
  cites: railgunFormOf('direct')?.sources.join('; ') ?? '',
  skips: ({ forms }) => (forms['direct'] === undefined ? 'no request went direct' : undefined),
  check({ forms, values, directRuns, directReasons }) {
    const direct = forms['direct'] ?? 0;
    const evidence = ['/forms', '/directRuns', '/directReasons'];
    const share = `${direct} of ${values} requests went direct, at most ${directRuns.longest} in a row`;
    // A reason that is neither a warm-up nor a fault at Cloudflare has a remedy of its own.
    const [commonest = ''] = Object.entries(directReasons).toSorted(([, a], [, b]) => b - a)[0] ?? [];
    const reason = directReasonOf(commonest);
    const cause = reason !== undefined && !reason.warmUp && !reason.internal ? reason : undefined;
    const why = cause === undefined ? '' : `, mostly because ${cause.reason}`;
    const remedy = cause === undefined ? {} : { remedy: cause.action, cites: cause.source };

    const never = direct === values && values >= few;
    const mostly = direct * 2 > values && values >= longRun;
    if (directRuns.longest >= longRun || never || mostly) {
      const says = `direct is persistent: ${share}${why}`;
      return { status: 'warn', says, evidence, code: 'persistent-direct', ...remedy };
    }
    if (cause !== undefined) return { status: 'note', says: `${share}${why}`, evidence, ...remedy };
    const isWarmUp = direct < few || (directRuns.longest < few && direct * 5 <= values);
    return isWarmUp
      ? { status: 'note', says: `${share}: the normal warm-up of connections`, evidence, remedy: '' }
      : { status: 'note', says: `${share}: more than a warm-up, not yet persistent`, evidence };
  },
};
