import type { Failure } from './failure.js';
import type { Rule } from './rule.js';
import { type StoppableFacts, statusOfFailure } from './stop.js';

/** What became of all addresses of a name: part of the facts about each of them. */
export interface AddressShare {
  readonly host: string;
  /** How many addresses were tried. */
  readonly tried: number;
  /** Those that did not work, as text. */
  readonly dead: readonly string[];
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
      const { host, tried, dead } = share;
      const evidence = ['/share'];
      if (dead.length === 0) return { status: 'pass', says: `all ${tried} addresses of ${host} work`, evidence };
      if (dead.length === tried) {
        return { status: 'note', says: `none of the ${tried} addresses of ${host} works`, evidence };
      }
      const says = `${dead.length} of ${tried} addresses of ${host} ${dead.length === 1 ? 'does' : 'do'} not work: ${dead.join(', ')}`;
      return { status: 'warn', says, evidence, code: 'some-addresses-dead' };
    },
  };
}

/** The only rule about a target whose name gave no address: `<command>/resolved`. */
export function resolvedRule(command: string): Rule<UnresolvedFacts> {
  return {
    id: `${command}/resolved`,
    means: 'Nothing can be connected to: the name has no address that can be used from here.',
    remedy:
      'Check the spelling of the name.\nAsk another name server: --resolver 1.1.1.1.\nGive the address yourself: --resolve HOST:PORT:ADDR or --connect-to ADDR.',
    cites: '',
    check(facts) {
      const says = `${facts.host}: ${facts.failure.detail}`;
      return { status: statusOfFailure(facts.failure, facts), says, evidence: ['/failure'], code: facts.failure.code };
    },
  };
}
