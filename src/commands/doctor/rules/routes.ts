import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { DoctorFacts } from '../facts.js';
import { counted, listed } from '../text.js';

/** Whether this machine sends to Cloudflare what is for Cloudflare. */
export const routes: Rule<DoctorFacts> = {
  id: 'doctor/routes',
  means:
    'A route that is too broad, often that of a VPN or of a container network, swallows what is for Cloudflare: rg-listener gets no connection from there, or cannot answer it.',
  remedy: 'Make the route narrower, or take it out: ip route',
  cites: sources.ipAddresses,
  skips: ({ machine: { unseen, unread } }) =>
    unseen ?? (unread.some(({ path }) => path.endsWith('route')) ? 'the routes cannot be read' : undefined),
  check({ machine }) {
    const [first] = machine.routes;
    if (first === undefined) {
      return {
        status: 'pass',
        says: 'no route of its own leads to Cloudflare’s addresses',
        evidence: ['/machine/routes'],
      };
    }
    const { route, via, device, rejects } = first;
    const where = rejects === true ? 'is rejected' : `goes ${via === undefined ? '' : `by ${via} `}out of ${device}`;
    const ranges = machine.routes.map(({ range }) => range);
    const says = `the route ${route} ${where}, and holds ${counted(ranges.length, 'range')} of Cloudflare: ${listed([...new Set(ranges)])}`;
    const evidence = machine.routes.slice(0, 8).map((_, index) => `/machine/routes/${index}`);
    return { status: 'warn', says, evidence, code: 'no-route' };
  },
};
