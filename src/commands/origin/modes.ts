import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { type SslMode, sslModes } from '../../knowledge/ssl-modes.js';

/** What a mode is called in the dashboard, and what it means on the way to the origin. */
export function modeText(mode: EdgeMode): Pick<SslMode, 'name' | 'toOrigin' | 'source'> {
  const row = sslModes.find(({ id }) => id === (mode === 'origin-pull' ? 'strict' : mode));
  const { name = mode, toOrigin = '', source = '' } = row ?? {};
  if (mode !== 'origin-pull') return { name, toOrigin, source };
  return { name: 'Strict (SSL-Only Origin Pull)', toOrigin: `always ${toOrigin}`, source };
}

/** Whether the edge looks at the certificate of the origin under this mode. */
export function isStrict(mode: EdgeMode): boolean {
  return mode === 'strict' || mode === 'origin-pull';
}
