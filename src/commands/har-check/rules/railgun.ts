import { directReasonOf } from '../../../knowledge/direct-reasons.js';
import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';
import { countsText } from '../text.js';

/** Whether Railgun was used where it was there. */
export const railgun: Rule<HarFacts> = {
  id: 'har-check/railgun',
  means: 'Requests went past Railgun, straight to the origin.',
  remedy:
    'Look at rg-listener and its log: rg-diag listener, rg-diag logs /var/log/syslog\nWhat a value says in all: rg-diag decode VALUE',
  cites: sources.railgunFaq,
  skips: ({ archives }) =>
    archives.every(({ summary }) => Object.keys(summary.railgunForms).length === 0)
      ? 'no answer has a Cf-Railgun header'
      : undefined,
  check({ archives }) {
    const index = archives.findIndex(({ summary }) => Object.keys(summary.railgunForms).length > 0);
    const forms = archives[index]?.summary.railgunForms ?? {};
    const evidence = [`/archives/${index}/summary/railgunForms`];
    const says = `Cf-Railgun: ${countsText(forms)}`;
    if ((forms['direct'] ?? 0) === 0) return { status: 'pass', says, evidence };
    const reasons = archives[index]?.summary.directReasons ?? {};
    const row = Object.keys(reasons)
      .map(directReasonOf)
      .find((one) => one !== undefined);
    const because = Object.keys(reasons).length === 0 ? '' : `; direct because ${countsText(reasons, 3)}`;
    const said = { says: `${says}${because}`, evidence, cites: row?.source ?? sources.railgunFaq };
    // One now and then is no fault: some requests are not for Railgun.
    const isAll = Object.keys(forms).every((form) => form === 'direct');
    return isAll ? { ...said, status: 'warn', code: 'persistent-direct' } : { ...said, status: 'note' };
  },
};
