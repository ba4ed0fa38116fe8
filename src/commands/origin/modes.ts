import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { type SslMode, sslModes } from '../../knowledge/ssl-modes.js';

export { isStrict } from '../../knowledge/ssl-modes.js';

/** What a mode is called in the dashboard, and what it means on the way to the origin. */
export function modeText(mode: EdgeMode): Pick<SslMode, 'name' | 'toOrigin' | 'source'> {
  return sslModes.find(({ id }) => id === mode) ?? { name: mode, toOrigin: '', source: '' };
}
