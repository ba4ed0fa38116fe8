import { grouped } from '../../model/count.js';

/** `1 file`, `2 files` */
export function countText(count: number, one: string, several: string): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}
