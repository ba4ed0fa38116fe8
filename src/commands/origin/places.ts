import { addressKind } from '../../decoders/address-kind.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import { type ResolvedBy, resolve } from '../../io/resolve.js';
import { toMicrosecond } from '../../model/duration.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Destination } from '../../model/network.js';
import type { OriginAddress, OriginAsked, OriginTarget } from './facts.js';

export type Address = Extract<Destination, { kind: 'ip' }>;

/** An address to look at, and what DNS has to do with it. */
export interface Place {
  readonly to: Address;
  readonly kind: OriginAddress['kind'];
  readonly from: OriginAddress['from'];
  /** Fails for an address that Cloudflare does not connect to: then it is not looked at. */
  readonly dns: StageSeen;
}

/** The addresses of an origin: those of `--ip`, or all of its name. `port` is what the edge connects to. */
export async function placesOf(
  { host, port: asked }: OriginTarget,
  port: number,
  { ip, network }: OriginAsked,
  signal: AbortSignal,
): Promise<readonly Place[] | { readonly failure: Failure; readonly ms: number }> {
  if (ip !== undefined) {
    return ip.flatMap((address) => {
      const family = familyOf(address);
      return family === undefined ? [] : [placeOf({ kind: 'ip', address, family, port }, 'given', 0)];
    });
  }
  // A row of --resolve names the port of the URL.
  const resolved = await resolve(host, asked, network, signal);
  if (!resolved.ok) return { failure: resolved.failure, ms: resolved.ms };
  const { destinations, by } = resolved.value;
  const to = network.connectTo?.port ?? port;
  return destinations.map((destination) => placeOf({ ...destination, port: to }, sources[by], resolved.ms));
}

const sources: Readonly<Record<ResolvedBy, OriginAddress['from']>> = {
  literal: 'given',
  option: 'given',
  hosts: 'hosts',
  system: 'dns',
  resolver: 'dns',
};

const words: Readonly<Record<OriginAddress['from'], string>> = {
  given: 'as given',
  hosts: 'from the hosts file of this machine',
  dns: 'from DNS',
};

function placeOf(to: Address, from: Place['from'], ms: number): Place {
  const { kind, range, says = 'that is not public', documentation } = addressKind(to.address);
  const failed = (code: 'cloudflare-address' | 'private-address', detail: string): StageSeen => ({
    stage: 'dns',
    status: 'fail',
    failure: { code, step: 'resolve', blame: 'target', detail },
    ms: toMicrosecond(ms),
  });
  const place = { to, kind, from };
  if (kind === 'cloudflare') {
    const detail = `${to.address} is an address of Cloudflare itself (${range}), and no origin`;
    return { ...place, dns: failed('cloudflare-address', detail) };
  }
  // What this machine alone knows, or the user has given, is how people test from inside.
  const isProhibited = kind === 'private' || (kind === 'reserved' && documentation !== true);
  if (isProhibited && from === 'dns') {
    const detail = `DNS has ${to.address}, an address ${says} (${range}), which Cloudflare does not connect to`;
    return { ...place, dns: failed('private-address', detail) };
  }
  return {
    ...place,
    dns: { stage: 'dns', status: 'pass', says: `${to.address}, ${words[from]}`, ms: toMicrosecond(ms) },
  };
}
