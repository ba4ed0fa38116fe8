import { proxiedPorts } from '../../../knowledge/proxied-ports.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';

/** Whether a request for that port comes to rg-listener at all. */
export const proxied: Rule<DestinationFacts> = {
  id: 'config-resolve/proxied',
  means: 'Cloudflare’s proxy takes requests on a few ports only: on others nothing comes to rg-listener.',
  remedy: `Ask for one of these ports. HTTP: ${proxiedPorts.http.join(', ')}. HTTPS: ${proxiedPorts.https.join(', ')}.`,
  cites: proxiedPorts.source,
  check({ port, scheme }) {
    const evidence = ['/port', '/scheme'];
    const name = scheme.toUpperCase();
    if (proxiedPorts[scheme].includes(port)) {
      return { status: 'pass', says: `Cloudflare takes requests over ${name} on port ${port}`, evidence };
    }
    return { status: 'note', says: `Cloudflare takes no requests over ${name} on port ${port}`, evidence };
  },
};
