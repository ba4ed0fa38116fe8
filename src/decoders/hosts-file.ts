import { familyOf } from '../model/endpoint.js';

/** A name that a hosts file gives an address. */
export interface HostsEntry {
  /** From 1. */
  readonly line: number;
  /** As it stands. */
  readonly address: string;
  /** In lower case. */
  readonly name: string;
}

/**
 * The entries of a hosts file (hosts(5)) for these names, which are in lower case: an address, a name and its aliases, up to a
 * comment. Lines that begin with no address are left out. Never throws; linear.
 */
export function decodeHostsFile(text: string, names: ReadonlySet<string>): HostsEntry[] {
  return text.split('\n').flatMap((raw, index) => {
    const end = raw.indexOf('#');
    const [address = '', ...named] = (end < 0 ? raw : raw.slice(0, end)).trim().split(/\s+/);
    if (familyOf(address) === undefined) return [];
    const wanted = named.map((name) => name.toLowerCase()).filter((name) => names.has(name));
    return [...new Set(wanted)].map((name) => ({ line: index + 1, address, name }));
  });
}
