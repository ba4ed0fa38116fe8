import type { GatheredPart } from './gather.js';
import { type Gathered, missing } from './gathered.js';
import { megabytes } from './megabytes.js';

/** UTF-16 units of all parts together: masking takes many times as much memory. */
const mostText = 24_000_000;

/** UTF-16 units of one part: support takes no larger file, and what is masked may become longer. */
const mostOfPart = 19_500_000;

/** Bytes of all logs together. */
const mostLogText = 12_000_000;

/** UTF-16 units that are masked, written and searched in a second, at least, on a slow machine. */
const textPerSecond = 1_500_000;

/** Shares what room there is among those who come one after the other: nobody takes more than leaves as much for each that follows. */
export function createLogRoom(takers: number) {
  let left = mostLogText;
  let waiting = takers;
  return {
    async within(take: (most: number) => Promise<Gathered>): Promise<Gathered> {
      const gathered = await take(Math.floor(left / Math.max(1, waiting)));
      waiting -= 1;
      if (gathered.state === 'collected') left -= gathered.text.length;
      return gathered;
    },
  };
}

/** Memory and time have an end, and so has what support takes: the largest parts are left out until the others have room. */
export function withinRoom(parts: readonly GatheredPart[], seconds: number): readonly GatheredPart[] {
  const sizeOf = ({ gathered }: GatheredPart) => (gathered.state === 'collected' ? gathered.text.length : 0);
  const room = Math.min(mostText, seconds * textPerSecond);
  let total = parts.reduce((sum, one) => sum + sizeOf(one), 0);
  const why = new Map<GatheredPart, string>();
  for (const one of [...parts].sort((a, b) => sizeOf(b) - sizeOf(a))) {
    const size = sizeOf(one);
    if (size > mostOfPart) why.set(one, `it has ${megabytes(size)}, and support takes 20 MB`);
    else if (total > room) why.set(one, `there is neither time nor room to mask its ${megabytes(size)}`);
    else break;
    total -= size;
  }
  return parts.map((one) => {
    const reason = why.get(one);
    return reason === undefined ? one : { ...one, gathered: missing(reason) };
  });
}
