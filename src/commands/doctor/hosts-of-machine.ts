import { resolvePointer } from '../../model/pointer.js';
import type { DoctorFacts } from './facts.js';
import type { Names } from './names-of.js';
import { textAt } from './reading.js';

/** What a line of the hosts file is about: the host, and what was come to by its name. */
export function ofHostsFile({ machine }: DoctorFacts, pointer: string, none: Names): Names {
  const row = resolvePointer({ machine }, pointer);
  const address = textAt(row, '/address')?.toLowerCase();
  const name = textAt(row, '/name')?.toLowerCase();
  if (address === undefined || name === undefined) return none;
  return { ...none, hosts: [name], destinations: [hostsMark(name, address)] };
}

/** Set apart from destinations: only what was come to by a name is due to the hosts file. */
export function hostsMark(name: string, address: string): string {
  return `hosts ${name.toLowerCase()} ${address.toLowerCase()}`;
}
