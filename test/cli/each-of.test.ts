import { describe, expect, it } from 'vitest';
import { eachOf, overdue } from '../../src/cli/each-of.js';
import { createDeadline } from '../../src/io/deadline.js';

describe('measuring that does not heed the end of the run', () => {
  it('is overdue a little after the deadline, not at it: what it has may still come', async () => {
    const deadline = createDeadline(0.05);
    const started = performance.now();
    const late = overdue(deadline.over);
    await deadline.over;
    const soon = new Promise((resolve) => setTimeout(resolve, 50, 'what it has'));
    expect(await Promise.race([soon, late])).toBe('what it has');
    expect(await late).toBe('overdue');
    // The promise is --timeout + 0.5 s for the whole run.
    expect(performance.now() - started).toBeLessThan(50 + 500);
  });

  it('is overdue after Ctrl-C too', async () => {
    const deadline = createDeadline(undefined);
    const late = overdue(deadline.over);
    deadline.interrupt('the run was interrupted by SIGINT');
    expect(await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 5000))])).toBe('overdue');
  });

  it('is not overdue while the run goes on', async () => {
    const deadline = createDeadline(30);
    const late = overdue(deadline.over);
    expect(await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 500, 'going on'))])).toBe('going on');
    deadline.close();
  });
});

describe('each of many', () => {
  it.each([1, 3, 100])('is worked at in order, %i at once', async (limit) => {
    const begun: number[] = [];
    let underWay = 0;
    let most = 0;
    await eachOf(
      Array.from({ length: 20 }, (_, index) => index),
      limit,
      async (item) => {
        begun.push(item);
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
      },
    );
    expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBe(Math.min(limit, 20));
  });

  it('ends with the first that fails', async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 2) throw new Error('a bug');
    };
    await expect(eachOf([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('a bug');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun.length).toBeLessThan(6);
  });

  it('lets timers be heard while none of it waits', async () => {
    let heard = 0;
    const timer = setInterval(() => heard++, 1);
    await eachOf(Array.from({ length: 10 }), 1, async () => {
      const until = performance.now() + 15;
      while (performance.now() < until);
    });
    clearInterval(timer);
    expect(heard).toBeGreaterThan(0);
  });
});
