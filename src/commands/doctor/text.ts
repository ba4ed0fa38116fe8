import { shortened } from '../../model/shortened.js';
import type { Problem } from './problems.js';

/** `1 check`, `3 checks` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`; of many the first four. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => shortened(name, 80));
  const left = names.length - shown.length;
  const last = left > 0 ? `${left} more` : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last ?? ''}`;
}

/** The host that a problem is of; where it is of none, what it was found of. */
export function hostOf({ hosts, target }: Problem): string {
  return hosts[0] ?? target;
}

/** Without a full stop or blanks at the end, so that a sentence can go on. */
export function unended(text: string): string {
  return text.replace(/[.\s]{1,20}$/, '');
}
