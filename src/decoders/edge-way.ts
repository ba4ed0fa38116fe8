import { proxiedPorts } from '../knowledge/proxied-ports.js';
import type { EdgeMode } from './edge-verdict.js';

export { isStrict } from '../knowledge/ssl-modes.js';

export type Scheme = 'https' | 'http';

/** How the edge connects to an origin. */
export interface EdgeWay {
  readonly scheme: Scheme;
  readonly port: number;
  /** The mode whose rules hold: Flexible is Full on every HTTPS port but 443. */
  readonly mode: EdgeMode;
}

/** The scheme that visitors use on a port; HTTPS for a port that Cloudflare does not proxy. */
export function schemeOfPort(port: number): Scheme {
  return proxiedPorts.http.includes(port) ? 'http' : 'https';
}

/**
 * How the edge connects for a visitor who asks with `scheme` on `port` (Cloudflare docs, ssl/origin-configuration/ssl-modes).
 * The port is kept, except that a mode which changes the scheme takes 80 in place of 443, and 443 in place of 80.
 */
export function edgeWay(mode: EdgeMode, scheme: Scheme, port: number): EdgeWay {
  switch (mode) {
    case 'off':
      return { scheme: 'http', port: port === 443 ? 80 : port, mode };
    case 'flexible': {
      if (scheme === 'https' && port !== 443 && proxiedPorts.https.includes(port))
        return { scheme, port, mode: 'full' };
      return { scheme: 'http', port: port === 443 ? 80 : port, mode };
    }
    case 'full':
    case 'strict':
      return { scheme, port, mode };
    case 'origin-pull':
      return { scheme: 'https', port: port === 80 ? 443 : port, mode };
  }
}
