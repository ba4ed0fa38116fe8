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
  check({ forms, values, directRuns }) {
    const direct = forms['direct'] ?? 0;
    const evidence = ['/forms', '/directRuns'];
    const share = `${direct} of ${values} requests went direct, at most ${directRuns.longest} in a row`;
    const never = direct === values && values >= few;
    const mostly = direct * 2 > values && values >= longRun;
    if (directRuns.longest >= longRun || never || mostly) {
      return { status: 'warn', says: `direct is persistent: ${share}`, evidence };
    }
    const warmUp = directRuns.longest < few && direct * 5 <= values;
    return warmUp
      ? { status: 'note', says: `${share}: the normal warm-up of connections`, evidence, remedy: '' }
      : { status: 'note', says: `${share}: more than a warm-up, not yet persistent`, evidence };
  },
};
