import { isEverywhere } from '../../decoders/address-kind.js';
import { addressBytes, addressText } from '../../decoders/ip-address.js';
import type { ListeningFacts, LocalFacts } from './facts.js';

/** The sockets that stand where railgun.conf wants the listener; nothing where the system does not show them. */
export function wanSockets({ sockets, config: { wanIp } }: LocalFacts): readonly ListeningFacts[] | undefined {
  if (sockets.state === 'not-seen') return undefined;
  if (isEverywhere(wanIp) || wanIp === undefined) return sockets.sockets;
  const bytes = addressBytes(wanIp);
  const wanted = bytes === undefined ? wanIp : addressText(bytes);
  // What listens everywhere does so there too.
  return sockets.sockets.filter(({ address }) => address === wanted || isEverywhere(address));
}
