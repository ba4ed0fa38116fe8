import { authorityOf, edgeRequest } from '../../decoders/edge-request.js';
import { profileOf } from '../../decoders/edge-timers.js';
import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { type EdgeWay, isStrict, type Scheme } from '../../decoders/edge-way.js';
import { originCipherList } from '../../decoders/origin-cipher-suites.js';
import { refusal } from '../../decoders/other-modes.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import type { OriginAsked, OriginTarget } from './facts.js';
import { type Given, givenOf } from './given.js';
import type { Way } from './look.js';
import type { Security } from './secure.js';

/** How the edge fetches the page; the failure where a file that was given cannot be used. */
export async function wayOf(
  edge: EdgeWay,
  target: OriginTarget,
  asked: OriginAsked,
  now: number,
  { signal, version }: MeasureContext,
): Promise<Way | Failure> {
  const files = await givenOf(asked, signal);
  if ('code' in files) return files;
  // Without TLS nobody asks for authorities.
  const security = edge.scheme === 'http' ? undefined : await securityOf(edge, target, asked, files, now, signal);
  if (security !== undefined && 'code' in security) return security;
  const { connectSeconds, ackSeconds, readSeconds, headerBytes } = profileOf(asked.edgeProfile);
  return {
    scheme: edge.scheme,
    host: target.host,
    request: edgeRequest({
      method: asked.method,
      path: target.path,
      authority: authorityOf(target),
      scheme: target.scheme,
      userAgent: `rg-diag/${version}`,
      extra: files.headers,
    }),
    connectSeconds: asked.network.connectTimeout ?? connectSeconds,
    times: { ackSeconds, readSeconds: asked.readTimeout ?? readSeconds },
    headerLimit: headerBytes,
    ...(security !== undefined && { security }),
    view: viewOf(edge.scheme, target, edge.mode),
  };
}

/** How the edge speaks TLS with an origin, and what it thinks of certificates in this mode. */
async function securityOf(
  { mode }: EdgeWay,
  { host }: OriginTarget,
  asked: OriginAsked,
  { clientCertificate }: Given,
  now: number,
  signal: AbortSignal,
): Promise<Security | Failure> {
  const { authoritiesOf, standardOf } = await import('./standard.js');
  const standard = await standardOf(asked, authoritiesOf(asked), signal);
  if ('code' in standard) return standard;
  const nameUnjudged = familyOf(host) !== undefined;
  return {
    options: {
      alpn: ['h2', 'http/1.1'],
      ciphers: originCipherList,
      minVersion: 'TLSv1',
    },
    ...(clientCertificate !== undefined && { clientCertificate }),
    standard,
    now,
    badCertificate: isStrict(mode) ? 'fail' : 'warn',
    refusal: (chain) => refusal(chain, nameUnjudged),
  };
}

/** Whoever sends visitors from HTTP to HTTPS sends them round in a circle under Off and Flexible alike. */
export function viewOf(
  scheme: Scheme,
  { host, port, scheme: visitorScheme, path }: OriginTarget,
  mode: EdgeMode,
): Way['view'] {
  const isPlain = mode === 'off' || mode === 'flexible';
  return { scheme, mode: isPlain ? 'flexible' : mode, host, port, visitorScheme, path };
}
