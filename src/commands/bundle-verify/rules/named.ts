import { shortened } from '../../../model/shortened.js';

/** Files that are named in a sentence: who looks at these finds the others. */
const mostNamed = 5;

/** UTF-16 units of a name. */
const longestName = 80;

/** The first of several names: `a.txt, b.txt and 3 more`. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map((name) => shortened(name, longestName));
  return names.length > mostNamed ? `${shown.join(', ')} and ${names.length - mostNamed} more` : shown.join(', ');
}
