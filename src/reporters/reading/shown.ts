import { printable } from '../../model/printable.js';
import { shortened } from '../../model/shortened.js';

/** More of one text than this helps no reader; the machine-readable formats have all of it. */
const longest = 4000;

/** Text from outside as a person gets to see it. */
export function shown(text: string): string {
  return shortened(printable(shortened(text, longest)), longest);
}
