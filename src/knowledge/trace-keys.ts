import { sources } from './sources.js';

/** What a key of `/cdn-cgi/trace` means. */
export interface TraceKey {
  readonly key: string;
  readonly meaning: string;
  readonly source: string;
}

const { gathering: guide } = sources;
const staff = 'Cloudflare staff, community.cloudflare.com/t/150595';
const captured = 'captured answers, 2020 to 2026';

/** In the order in which today's answers have them. */
const traceKeys: readonly TraceKey[] = [
  { key: 'fl', meaning: 'the id of the server at the edge that answered', source: staff },
  { key: 'h', meaning: 'the host that was asked for', source: captured },
  { key: 'ip', meaning: 'your address, as the edge sees it', source: captured },
  { key: 'ts', meaning: 'when it was answered, Unix time in seconds', source: captured },
  { key: 'visit_scheme', meaning: 'the scheme of the request', source: captured },
  { key: 'uag', meaning: 'the User-Agent of the request', source: captured },
  { key: 'colo', meaning: 'the data centre that answered', source: guide },
  { key: 'sliver', meaning: 'a slice of the traffic, or of tests, inside Cloudflare', source: captured },
  { key: 'http', meaning: 'the version of HTTP', source: captured },
  { key: 'loc', meaning: 'the country of your address', source: captured },
  { key: 'tls', meaning: 'the version of TLS', source: captured },
  { key: 'sni', meaning: 'how the server name was sent (encrypted: ECH)', source: captured },
  { key: 'warp', meaning: 'whether you come through WARP', source: captured },
  { key: 'gateway', meaning: 'whether you come through a Zero Trust gateway', source: captured },
  { key: 'rbi', meaning: 'whether you come through remote browser isolation', source: captured },
  { key: 'kex', meaning: 'the key exchange of TLS', source: captured },
];

/** What a key means; nothing for one that no source explains. */
export function traceKeyOf(key: string): TraceKey | undefined {
  return traceKeys.find((row) => row.key === key);
}
