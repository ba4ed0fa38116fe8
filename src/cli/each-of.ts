/** Runs `work` for each item, at most `limit` at once, in the order given. The first that fails ends all. */
export async function eachOf<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  let breath = performance.now();
  const runner = async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
      // Work that never waits would keep timers and signals from being heard.
      if (performance.now() - breath > 20) {
        await new Promise((resolve) => setImmediate(resolve));
        breath = performance.now();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runner));
}

/** Milliseconds that measuring has to hand over what it has, once the run is over. */
const grace = 300;

/** The next observation; or `overdue` where measuring does not heed the signal, which then is not waited for. */
export async function nextOrOverdue<Item>(
  items: AsyncIterator<Item>,
  signal: AbortSignal,
): Promise<IteratorResult<Item> | 'overdue'> {
  let timer: NodeJS.Timeout | undefined;
  let startTimer = (): void => undefined;
  const overdue = new Promise<'overdue'>((resolve) => {
    startTimer = () => {
      timer = setTimeout(() => resolve('overdue'), grace);
    };
    if (signal.aborted) startTimer();
    else signal.addEventListener('abort', startTimer, { once: true });
  });
  try {
    return await Promise.race([items.next(), overdue]);
  } finally {
    signal.removeEventListener('abort', startTimer);
    clearTimeout(timer);
  }
}
