import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

const isOfLink = /^(fe80:|169\.254\.)/i;

/** Whether this machine has an address of the family that reaches further than itself and its links. */
export function hasAddressOf(family: 4 | 6): boolean {
  return outer().some(({ family: name, address }) => name === `IPv${family}` && !isOfLink.test(address));
}

/** The addresses of this machine, without those of the loopback interface and those that are good on one link only. */
export function ownAddresses(): { readonly addresses: readonly string[]; readonly hasLinkLocalIpv6: boolean } {
  const all = outer().map(({ address }) => address);
  return {
    addresses: all.filter((address) => !isOfLink.test(address)),
    hasLinkLocalIpv6: all.some((address) => /^fe80:/i.test(address)),
  };
}

function outer(): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal);
}
