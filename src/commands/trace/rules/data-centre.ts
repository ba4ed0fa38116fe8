import { placeOfDataCentre } from '../../../knowledge/data-centres.js';
import type { Rule } from '../../../model/rule.js';
import type { TraceAnswerFacts } from '../facts.js';

export const answeredByDataCentre: Rule<TraceAnswerFacts> = {
  id: 'trace/answered',
  means: 'The data centre is one that this version of rg-diag does not know, or the answer had no end.',
  remedy: 'Look the code up at cloudflarestatus.com, or update rg-diag.',
  cites: 'cloudflarestatus.com and speed.cloudflare.com/locations, by Netrvin/cloudflare-colo-list @1917c9e',
  check({ trace, truncated }) {
    const colo = trace['colo'] ?? '';
    const evidence = ['/trace/colo'];
    const place = placeOfDataCentre(colo);
    const says = `answered by the data centre ${colo} (${place ?? 'unknown to this version'})`;
    if (truncated) {
      return {
        status: 'warn',
        says: `${says}, and the answer was longer than 65536 bytes`,
        evidence: [...evidence, '/truncated'],
        code: 'answer-too-long',
        remedy: 'No trace is that long: ask again, and see with --verbose what follows it.',
      };
    }
    return { status: place === undefined ? 'note' : 'pass', says, evidence };
  },
};
