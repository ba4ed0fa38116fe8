import { sources } from './sources.js';

const { railgunExecution: execution, railgunRequirements: requirements, railgunFaq: faq } = sources;
const packageFile = 'railgun.conf of the package (5.3.x)';

/** Memory in bytes: what memcached has unless it is told otherwise is too small; what is advised at least, and at most. */
export const memcachedMemory = {
  tooSmall: 64 * 1024 * 1024,
  advised: 512 * 1024 * 1024,
  text: '512 MB to 2 GB are advised',
  source: `${requirements}; ${faq}`,
} as const;

/** The oldest version that Railgun is documented to work with. */
export const memcachedVersion = { major: 1, minor: 4, source: requirements } as const;

/** Where the sizes and the timeout of railgun.conf are documented, and where two texts disagree. */
export const railgunConfSources = {
  sizes: `${packageFile}: memcached.limit = 1000000, stream.size = 250000; ${execution}: memcached.limit 100,000`,
  timeout: `${packageFile}: memcached.timeout = 100; ${execution}`,
} as const;

/** What happens while rg-listener cannot use its memcached. */
export const memcachedDown = {
  means:
    'While rg-listener cannot use its memcached, pages are delivered without delta compression: visitors see nothing of it, ' +
    'and the Cf-Railgun header says stream.',
  /** What rg-listener logs, by the kind of address. */
  log: { unix: 'memcached: connection failed', tcp: 'dial tcp 127.0.0.1:11211: i/o timeout' },
  source: `${execution}; ${faq}; Cloudflare, Railgun troubleshooting (log lines)`,
} as const;
