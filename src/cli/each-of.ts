import { monotonic } from './clock.js';

/** Runs `work` for each item, at most `limit` at once, in the order given. The first that fails ends all. */
export async function eachOf<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  let breath = monotonic();
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
      if (monotonic() - breath > 20) {
        await new Promise((resolve) => setImmediate(resolve));
        breath = monotonic();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runner));
}

/** Milliseconds that measuring has to hand over what it has, once the run is over. */
const grace = 300;

/** Resolves when measuring that does not heed the end of the run is not waited for any longer. */
export async function overdue(over: Promise<void>): Promise<'overdue'> {
  await over;
  await new Promise((resolve) => setTimeout(resolve, grace));
  return 'overdue';
}
