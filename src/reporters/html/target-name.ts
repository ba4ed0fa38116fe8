import { shortened } from '../../model/shortened.js';

/** What to call a target in a heading. */
export function nameOf(target: string): string {
  return target === '' ? '(empty)' : shortened(target, 300);
}
