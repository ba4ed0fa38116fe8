import { portOfService, type ServiceProtocol } from '../../io/services.js';

const most = 65535;

/**
 * Reads what a user types for ports: `443`, `8000-8100`, `80,443,8000-8100`, names of `/etc/services`, or several of
 * these; each port once, in the order given. Or says what is wrong, as a sentence without a full stop.
 */
export function portsOf(words: readonly string[], protocol: ServiceProtocol): number[] | { readonly problem: string } {
  const ports = new Set<number>();
  for (const item of words.flatMap((word) => word.split(','))) {
    const range = rangeOf(item, protocol);
    if ('problem' in range) return range;
    for (let port = range.first; port <= range.last; port++) ports.add(port);
  }
  return [...ports];
}

/** Whether a word can only be meant as ports: numbers, ranges, lists of them. */
export function isNumeric(word: string): boolean {
  return /^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(word);
}

function rangeOf(
  item: string,
  protocol: ServiceProtocol,
): { readonly first: number; readonly last: number } | { readonly problem: string } {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(item) ?? [];
  if (from !== undefined && to !== undefined) {
    const [first, last] = [Number(from), Number(to)];
    const wrong = [first, last].find((port) => port < 1 || port > most);
    if (wrong !== undefined) return { problem: `'${item}': ports go from 1 to ${most}` };
    if (first > last) return { problem: `'${item}': the range ends before it begins` };
    return { first, last };
  }
  const port = portOfService(item, protocol);
  if (port !== undefined) return { first: port, last: port };
  if (item === '') return { problem: 'an empty port' };
  return { problem: `'${item}' is no port, no range of ports, and no ${protocol} service of /etc/services` };
}
