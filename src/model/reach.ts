import { familyOf } from './endpoint.js';
import type { Failure } from './failure.js';
import type { NetworkOptions } from './network.js';
import type { Rule } from './rule.js';
import { type StoppableFacts, statusOfFailure } from './stop.js';

/** What became of all addresses of a name: part of the facts about each of them. */
export interface AddressShare {
  readonly host: string;
  /** How many addresses were tried. */
  readonly tried: number;
  /** Those that did not work, as text. */
  readonly dead: readonly string[];
  /** Those of which nothing is known: the run ended before, or this machine was in the way; absent: none. */
  readonly unknown?: readonly string[];
}

/** What became of one address. */
export type Reach = 'works' | 'dead' | 'unknown';

/** What a failure says about the address that was tried: nothing where the run ended, or this machine was in the way. */
export function reachOf({ byRun, blame }: Failure): Reach {
  return byRun === true || blame === 'us' ? 'unknown' : 'dead';
}

interface Sharing {
  /** The host of the target, and how it was to be reached. */
  readonly host: string;
  readonly network: NetworkOptions;
  readonly seen: readonly { readonly address: string; readonly reach: Reach }[];
}

/** What became of all addresses; nothing where there is only the one that the user gave as the target. */
export function shareOf({ host, network, seen }: Sharing): { readonly share?: AddressShare } {
  if (seen.every(({ address }) => address === host)) return {};
  const those = (wanted: Reach) => seen.flatMap(({ address, reach }) => (reach === wanted ? [address] : []));
  const unknown = those('unknown');
  const name = network.connectTo?.host ?? host;
  return {
    share: { host: name, tried: seen.length, dead: those('dead'), ...(unknown.length > 0 && { unknown }) },
  };
}

/** How many addresses work. */
export function workingOf({ tried, dead, unknown = [] }: AddressShare): number {
  return tried - dead.length - unknown.length;
}

/** How a report about one address is called: with the address, unless that is what the user gave. */
export function addressLabel(text: string, host: string, address: string): string {
  return address === host ? text : `${text} (${address})`;
}

/** The facts of a target whose name gave no address. */
export interface UnresolvedFacts extends StoppableFacts {
  readonly kind: 'unresolved';
  readonly host: string;
  readonly failure: Failure;
}

/** The rule of every command that tries all addresses of a name: `<command>/addresses`. */
export function addressesRule(command: string): Rule<{ readonly share?: AddressShare }> {
  return {
    id: `${command}/addresses`,
    means: 'Some addresses of the name work and others do not: visitors get errors now and then.',
    remedy: 'Repair the hosts behind the dead addresses, or remove these addresses from DNS.',
    cites: '',
    skips: ({ share }) => (share === undefined || share.tried < 2 ? 'there is one address only' : undefined),
    check({ share = { host: '', tried: 0, dead: [] } }) {
      const { host, tried, dead, unknown = [] } = share;
      const evidence = ['/share'];
      const working = workingOf(share);
      if (unknown.length > 0 && (dead.length === 0 || working === 0)) {
        const says = `${working} of ${tried} addresses of ${host} ${working === 1 ? 'works' : 'work'}; nothing is known of ${unknown.join(', ')}`;
        return { status: 'note', says, evidence, remedy: '' };
      }
      if (dead.length === 0) return { status: 'pass', says: `all ${tried} addresses of ${host} work`, evidence };
      if (dead.length === tried) {
        return { status: 'note', says: `none of the ${tried} addresses of ${host} works`, evidence };
      }
      const says = `${dead.length} of ${tried} addresses of ${host} ${dead.length === 1 ? 'does' : 'do'} not work: ${dead.join(', ')}`;
      return { status: 'warn', says, evidence, code: 'some-addresses-dead' };
    },
  };
}

const otherWays =
  'Ask another name server: --resolver 1.1.1.1.\nGive the address yourself: --resolve HOST:PORT:ADDR or --connect-to ADDR.';

/** What to do where the name is not what is wrong. */
function remedyOf(host: string, { code }: Failure): string | undefined {
  if (familyOf(host) !== undefined) return 'Leave out -4 and -6, or give an address of the family that you want.';
  const isServer = code === 'resolver-unreachable' || code === 'resolver-failed' || code === 'timeout';
  return isServer
    ? `Check the name server: cat /etc/resolv.conf, or the address after --resolver.\n${otherWays}`
    : undefined;
}

/** The only rule about a target whose name gave no address: `<command>/resolved`. */
export function resolvedRule(command: string): Rule<UnresolvedFacts> {
  return {
    id: `${command}/resolved`,
    means: 'Nothing can be connected to: the name has no address that can be used from here.',
    remedy: `Check the spelling of the name.\n${otherWays}`,
    cites: '',
    check(facts) {
      const { host, failure } = facts;
      const says = `${host}: ${failure.detail}`;
      const remedy = remedyOf(host, failure);
      return {
        status: statusOfFailure(failure, facts),
        says,
        evidence: ['/failure'],
        code: failure.code,
        ...(remedy !== undefined && { remedy }),
      };
    },
  };
}
