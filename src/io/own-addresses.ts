import { networkInterfaces } from 'node:os';

/** Whether this machine has an address of the family that reaches further than itself and its links. */
export function hasAddressOf(family: 4 | 6): boolean {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return own.some(
    ({ family: name, internal, address }) =>
      name === `IPv${family}` && !internal && !/^(fe80:|169\.254\.)/i.test(address),
  );
}
