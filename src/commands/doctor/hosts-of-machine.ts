import { resolvePointer } from '../../model/pointer.js';
import type { DoctorFacts } from './facts.js';
import type { Names } from './names-of.js';
import { textAt } from './reading.js';

/**
 * What a line of the hosts file is about. Where a check was given the very same address, the line says nothing else than the
 * map or the user does, and explains nothing.
 */
export function ofHostsFile({ machine, checks }: DoctorFacts, pointer: string, none: Names): Names {
  const row = resolvePointer({ machine }, pointer);
  const address = textAt(row, '/address')?.toLowerCase();
  const name = textAt(row, '/name')?.toLowerCase();
  if (address === undefined || name === undefined) return none;
  const given = [`${address}:`, `[${address}]:`];
  const agrees = checks.some(({ subject: { destination = '' } }) => given.some((text) => destination.startsWith(text)));
  return { ...none, hosts: [name], ...(!agrees && { destinations: [hostsMark(name, address)] }) };
}

/** Set apart from destinations: only what was come to by a name is due to the hosts file. */
export function hostsMark(name: string, address: string): string {
  return `hosts ${name.toLowerCase()} ${address.toLowerCase()}`;
}
