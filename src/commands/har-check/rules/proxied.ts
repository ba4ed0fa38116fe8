import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';

/** Whether anything came through Cloudflare. */
export const proxied: Rule<HarFacts> = {
  id: 'har-check/proxied',
  means:
    'No answer has a ray or the name of Cloudflare: DNS leads past it, it is paused, or the archive has no headers.',
  remedy:
    'Make the archive while the page goes through Cloudflare, or give both: rg-diag har check proxied.har paused.har',
  cites: sources.rayId,
  check({ archives }) {
    const total = archives.reduce((sum, { summary }) => sum + summary.entries, 0);
    const through = archives.reduce((sum, { summary }) => sum + summary.throughCloudflare, 0);
    const evidence = ['/archives/0/summary/throughCloudflare'];
    const says = `${through} of ${total} answers came through Cloudflare`;
    return through > 0 ? { status: 'pass', says, evidence } : { status: 'note', says, evidence };
  },
};
