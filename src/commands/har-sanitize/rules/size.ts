import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { SanitizedFacts } from '../facts.js';

/** Bytes that Cloudflare support takes of a file. */
const mostOfSupport = 20_000_000;

/** Whether support would take it. */
export const size: Rule<SanitizedFacts> = {
  id: 'har-sanitize/size',
  means: 'Cloudflare support takes files of at most 20 MB, and no archives of archives (ZIP, RAR).',
  remedy: 'Make it anew: clear the list of requests, and record only what goes wrong.',
  cites: sources.support,
  check({ outputBytes }) {
    const size = `${(outputBytes / 1e6).toFixed(1)} MB`;
    const evidence = ['/outputBytes'];
    if (outputBytes <= mostOfSupport) return { status: 'pass', says: `${size}: not too long for support`, evidence };
    return { status: 'note', says: `${size}: too long for support`, evidence };
  },
};
