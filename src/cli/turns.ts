/** Hands out turns: of all work that is handed over, at most `limit` is under way; the rest waits in its order. */
export function turns(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  let first = 0;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting[first];
      if (next === undefined) {
        free++;
        waiting.length = 0;
        first = 0;
      } else {
        // Not `shift`, which would move all that wait: there may be tens of thousands.
        first++;
        next();
      }
    }
  };
}
