import { edgeVerdicts } from './edge-verdicts.js';
import { sources } from './sources.js';

/** The TCP ports that Cloudflare's proxy takes requests on, and passes them to at the origin. */
export const proxiedPorts: {
  readonly http: readonly number[];
  readonly https: readonly number[];
  /** Those of them of which nothing is cached. */
  readonly notCached: readonly number[];
  readonly source: string;
} = {
  http: [80, 8080, 8880, 2052, 2082, 2086, 2095],
  https: [443, 2053, 2083, 2087, 2096, 8443],
  notCached: [2052, 2053, 2082, 2083, 2086, 2087, 2095, 2096, 8880, 8443],
  source: sources.networkPorts,
};

/** What visitors get from Cloudflare when the origin's port is in a state, as seen from the edge. */
interface EdgeErrorOfState {
  readonly code: number;
  readonly source: string;
}

/** How connecting to a port in a state fails. */
const failures: Readonly<Record<string, string>> = {
  closed: 'connection-refused',
  filtered: 'timeout',
  unreachable: 'no-route',
};

/** The error that Cloudflare would show for a port in this state; nothing for a port that it does not proxy. */
export function edgeErrorOfState(port: number, state: string): EdgeErrorOfState | undefined {
  if (![...proxiedPorts.http, ...proxiedPorts.https].includes(port)) return undefined;
  const failure = Object.hasOwn(failures, state) ? failures[state] : undefined;
  const row = edgeVerdicts.find(({ stage, failures: codes }) => stage === 'tcp' && codes.includes(failure ?? ''));
  if (row === undefined || row.code === 'origin') return undefined;
  return { code: row.code, source: row.source };
}
