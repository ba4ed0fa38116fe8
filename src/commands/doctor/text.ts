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

/** What was said of one host, as it is said of any; nothing where it is about no host. */
export function saidOfAny({ hosts, finding }: Problem): string | undefined {
  const [host] = hosts;
  if (host === undefined || host === '*') return undefined;
  return saidOf(finding.says, host);
}

/** The text without that name, wherever it stands by itself. */
export function saidOf(text: string, host: string): string {
  const name = host.replace(/[^\w-]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w.-])${name}(?![\\w-]|\\.\\w)`, 'gi'), 'the host');
}
