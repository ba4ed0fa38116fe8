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
  source: 'Cloudflare, Network ports @395de4f',
};

/** What visitors get from Cloudflare when the origin's port is in this state, as seen from the edge. */
interface EdgeErrorOfState {
  readonly state: 'closed' | 'filtered' | 'unreachable';
  readonly code: 521 | 522 | 523;
  readonly source: string;
}

const edgeErrorsOfStates: readonly EdgeErrorOfState[] = [
  { state: 'closed', code: 521, source: 'Cloudflare, Error 521 @eee4370' },
  { state: 'filtered', code: 522, source: 'Cloudflare, Error 522 @cbc4445' },
  { state: 'unreachable', code: 523, source: 'Cloudflare, Error 523 @2c99cef' },
];

/** The error that Cloudflare would show for a port in this state; nothing for a port that it does not proxy. */
export function edgeErrorOf(port: number, state: string): EdgeErrorOfState | undefined {
  if (![...proxiedPorts.http, ...proxiedPorts.https].includes(port)) return undefined;
  return edgeErrorsOfStates.find((row) => row.state === state);
}
