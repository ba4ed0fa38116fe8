import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { wayText } from '../text.js';

/** Whether requests over HTTPS stay encrypted behind rg-listener. */
export const scheme: Rule<DestinationFacts> = {
  id: 'config-resolve/scheme',
  means: 'With insecure.origin = 1 rg-listener asks the origin over plain HTTP, for requests of HTTPS too.',
  remedy: 'Where the way to the origin is not your own, set insecure.origin = 0 and restart rg-listener.',
  cites: sources.railgunExecution,
  check({ scheme: asked, spoken, listener, way }) {
    const evidence = ['/scheme', '/spoken'];
    if (asked === spoken) return { status: 'pass', says: `the origin is asked over ${spoken.toUpperCase()}`, evidence };
    const says = `visitors ask over HTTPS, and ${wayText(way)} is asked over plain HTTP: insecure.origin is ${Number(listener.insecureOrigin)}`;
    return { status: 'note', says, evidence: [...evidence, '/listener/insecureOrigin'] };
  },
};
