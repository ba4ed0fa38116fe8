import { addressKind as kindOf } from '../../../decoders/address-kind.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { AddressKind, OriginAddress, SeenFacts } from '../facts.js';
import { pastCloudflare } from './edge-steps.js';

/** Whether Cloudflare can and would connect to these addresses. */
export const addressKind: Rule<SeenFacts> = {
  id: 'origin/address-kind',
  means: 'Cloudflare connects to public addresses of others only: what was seen here may not be what it sees.',
  remedy: '',
  cites: 'Cloudflare, 1xxx errors @9e09e9f (1000, 1002)',
  skips: ({ addresses }) => (addresses.length === 0 ? 'there is no address' : undefined),
  check({ addresses, host }): Check {
    const index = worstOf(addresses);
    const found = addresses[index];
    if (found === undefined || found.kind === 'public') {
      const says = addresses.length === 1 ? 'the address is public' : `all ${addresses.length} addresses are public`;
      return { status: 'pass', says, evidence: ['/addresses/0/kind'] };
    }
    const { address, kind, from } = found;
    const isForExamples = kindOf(address).documentation === true;
    const says = `${address} ${fromText[from]} ${isForExamples ? forExamples : kinds[kind]}`;
    const evidence = [`/addresses/${index}/kind`, `/addresses/${index}/from`];
    return { status: 'note', says, evidence, remedy: remedyOf(found, host) };
  },
};

const order: readonly AddressKind[] = ['cloudflare', 'placeholder', 'private', 'reserved', 'public'];

function worstOf(addresses: readonly OriginAddress[]): number {
  const kinds = addresses.map(({ kind }) => order.indexOf(kind));
  return kinds.indexOf(Math.min(...kinds));
}

const kinds: Readonly<Record<AddressKind, string>> = {
  public: 'is public',
  cloudflare: 'is an address of Cloudflare, and no origin: as one, it gives error 1000',
  placeholder: 'is a placeholder, behind which there is no origin',
  private: 'is private: it can be reached from inside only, and in DNS it gives error 1002',
  reserved: 'is reserved: Cloudflare cannot reach it, and in DNS it gives error 1002',
};

const forExamples = 'is set apart for examples: on the Internet nothing is there';

const fromText: Readonly<Record<OriginAddress['from'], string>> = {
  given: '(as given)',
  hosts: '(from the hosts file of this machine)',
  dns: '(from DNS)',
};

function remedyOf({ kind, from }: OriginAddress, host: string): string {
  if (kind === 'cloudflare') {
    if (from === 'dns') return pastCloudflare(host);
    return 'Give the address that the host provides for the origin, and not one that the name leads to.';
  }
  if (from === 'dns') return `Put the public address of the origin into the A or AAAA record of ${host}.`;
  if (kind === 'placeholder') return 'Give the address of the real origin: a placeholder is for hosts without one.';
  return 'Ask once more from outside, by the address that Cloudflare has: firewalls and routes differ.';
}
