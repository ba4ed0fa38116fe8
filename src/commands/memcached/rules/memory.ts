import { numberOf } from '../../../decoders/memcached.js';
import { memcachedMemory } from '../../../knowledge/railgun-memcached.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';
import { bytesText } from '../text.js';

/** Whether there is room for the pages that Railgun compares. */
export const memory: Rule<ServerFacts> = {
  id: 'memcached/memory',
  means:
    'With too little memory pages are gone before they are asked for again, and cannot be compared: they become stream.',
  remedy:
    'Give memcached more memory: -m 1024 in /etc/memcached.conf (Debian), CACHESIZE="2048" in /etc/sysconfig/memcached (RHEL).\nRestart it: systemctl restart memcached.',
  cites: memcachedMemory.source,
  skips: ({ stats }) => (limitOf(stats) === undefined ? 'the server does not say how much memory it has' : undefined),
  check({ stats }) {
    const limit = limitOf(stats) ?? 0;
    const evidence = ['/stats/limit_maxbytes'];
    if (limit === 0) return { status: 'pass', says: 'its memory has no limit', evidence };
    const says = `${bytesText(limit)} of memory`;
    if (limit <= memcachedMemory.tooSmall) {
      const small = `only ${says}: ${memcachedMemory.text}`;
      return { status: 'warn', says: small, evidence, code: 'memory-too-small' };
    }
    if (limit < memcachedMemory.advised) return { status: 'note', says: `${says}: ${memcachedMemory.text}`, evidence };
    return { status: 'pass', says, evidence };
  },
};

function limitOf(stats: ServerFacts['stats']): number | undefined {
  return numberOf(stats['limit_maxbytes']);
}
