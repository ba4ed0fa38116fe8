import { proxiedPorts } from '../../../knowledge/proxied-ports.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';

/** Whether Cloudflare proxies the port that visitors ask for. */
export const port: Rule<SeenFacts> = {
  id: 'origin/port',
  means: 'Which ports Cloudflare takes requests on, and which of them it caches, is fixed.',
  remedy: '',
  cites: proxiedPorts.source,
  check({ port: asked, url }) {
    const evidence = ['/port'];
    const isHttps = url.toLowerCase().startsWith('https:');
    const ports = isHttps ? proxiedPorts.https : proxiedPorts.http;
    const scheme = isHttps ? 'HTTPS' : 'HTTP';
    if (!ports.includes(asked)) {
      const says = `Cloudflare takes no ${scheme} on port ${asked}, so that no visitor comes this way`;
      const remedy = `Take one of ${ports.join(', ')} for visitors, or a DNS-only record, or Spectrum.`;
      return { status: 'note', says, evidence, remedy };
    }
    if (proxiedPorts.notCached.includes(asked)) {
      const says = `Cloudflare proxies port ${asked}, and caches nothing of it: every request comes to the origin`;
      const remedy = `Take port ${isHttps ? 443 : 80} where pages should be cached.`;
      return { status: 'note', says, evidence, remedy };
    }
    return { status: 'pass', says: `Cloudflare proxies port ${asked} for ${scheme}`, evidence };
  },
};
