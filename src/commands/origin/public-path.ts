import { isCloudflareAddress } from '../../decoders/address-kind.js';
import { createDeadline } from '../../io/deadline.js';
import { systemNameServer } from '../../io/name-servers.js';
import { resolve } from '../../io/resolve.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import type { OriginAsked, OriginTarget, PublicPath } from './facts.js';
import type { Address, Place } from './places.js';

/** Seconds that the comparison may take: it is not what was asked for. */
const most = 10;

/** Seconds that a name server has after all else is done. */
const patience = 0.3;

export interface PublicLook {
  /** What Cloudflare answers to everybody; nothing where the host is not proxied. `done`: all else is. */
  finish(done: Promise<unknown>): Promise<PublicPath | undefined>;
}

/** Begins to look at the public path, while the origin is looked at. */
export function lookAtPublicPath(
  target: OriginTarget,
  asked: OriginAsked,
  places: readonly Place[],
  { signal, version }: MeasureContext,
): PublicLook {
  if (asked.public === 'never') return { finish: async () => undefined };
  const deadline = createDeadline(most, signal);
  const addresses = publicAddresses(target, asked, places, deadline.signal);
  const seen = addresses.then(async (found) => {
    if ('failure' in found) return asked.public === 'always' ? found : undefined;
    const [to] = found;
    if (to === undefined) return undefined;
    // Most runs look at origins only.
    const { askCloudflare } = await import('./ask-cloudflare.js');
    return askCloudflare(to, target, asked, version, deadline.signal);
  });
  return {
    async finish(done) {
      await done;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((give) => {
        timer = setTimeout(give, patience * 1000, 'late');
      });
      const isLate = (await Promise.race([addresses, late])) === 'late';
      clearTimeout(timer);
      // Whoever asked for it wants to know why there is nothing; then it has its whole time.
      if (isLate && asked.public !== 'always') deadline.interrupt('nobody waits for it any more');
      const path = await seen;
      deadline.close();
      return path;
    },
  };
}

/** Where everybody is led who asks for the host, as far as that is Cloudflare or the user says so. */
async function publicAddresses(
  { host, port }: OriginTarget,
  { ip, network, public: when }: OriginAsked,
  places: readonly Place[],
  signal: AbortSignal,
): Promise<readonly Address[] | { readonly failure: Failure }> {
  const isWanted = ({ address }: Address) => when === 'always' || isCloudflareAddress(address);
  if (ip === undefined && network.connectTo === undefined) {
    return places.map(({ to }) => ({ ...to, port })).filter(isWanted);
  }
  if (familyOf(host) !== undefined || host === 'localhost') return [];
  // What this machine has in its own hosts file is no public path.
  const resolver = network.resolver ?? systemNameServer();
  const { connectTo: _, ...rest } = network;
  const resolved = await resolve(host, port, { ...rest, ...(resolver !== undefined && { resolver }) }, signal);
  return resolved.ok ? resolved.value.destinations.filter(isWanted) : { failure: resolved.failure };
}
