import { portOfService } from '../../io/services.js';
import { strtonum } from './arguments.js';

/**
 * The ports that words stand for: a service, a number, or a range, which goes upwards whichever way it is written.
 * A word that is none of these is complained about as nc does.
 */
export function portsOf(words: readonly string[], protocol: 'tcp' | 'udp'): readonly number[] | { problem: string } {
  const ports: number[] = [];
  for (const word of words) {
    // Most words are numbers, and no service is called by one: the file is then not read.
    const service = /^\d+$/.test(word) ? undefined : portOfService(word, protocol);
    const dash = /^\d/.test(word) ? word.indexOf('-') : -1;
    // nc looks at the end of a range first.
    const ends = dash < 0 ? [word] : [word.slice(dash + 1), word.slice(0, dash)];
    const numbers: number[] = [];
    for (const end of service === undefined ? ends : []) {
      const port = strtonum(end, 1, 65_535);
      if (typeof port === 'string') return { problem: `port number ${port}: ${end}` };
      numbers.push(port);
    }
    const low = service ?? Math.min(...numbers);
    const high = service ?? Math.max(...numbers);
    for (let port = low; port <= high; port++) ports.push(port);
  }
  return ports;
}

/** `-r`: the same ports in an order that nobody can foresee. */
export function shuffled(ports: readonly number[]): readonly number[] {
  const rest = [...ports];
  return ports.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0] ?? 0);
}
