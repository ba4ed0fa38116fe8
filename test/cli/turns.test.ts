import { describe, expect, it } from 'vitest';
import { turns } from '../../src/cli/turns.js';

/** Work that ends when it is told to. */
function held<T>() {
  const gate: { end: (value: T) => void; fail: (error: Error) => void } = {
    end: () => undefined,
    fail: () => undefined,
  };
  const promise = new Promise<T>((resolve, reject) => {
    gate.end = resolve;
    gate.fail = reject;
  });
  return { ...gate, promise };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it.each([1, 2, 7])('let %i work at once, in the order of asking, until all is done', async (limit) => {
    const turn = turns(limit);
    const works = Array.from({ length: 20 }, () => held<void>());
    const begun: number[] = [];
    let underWay = 0;
    let most = 0;
    const all = works.map((work, index) =>
      turn(async () => {
        begun.push(index);
        most = Math.max(most, ++underWay);
        await work.promise;
        underWay--;
      }),
    );
    for (const [index, work] of works.entries()) {
      await settled();
      expect(begun).toHaveLength(Math.min(index + limit, 20));
      work.end();
    }
    await Promise.all(all);
    expect(begun).toEqual(works.map((_, index) => index));
    expect(most).toBe(limit);
  });

  it('hand back what work comes to, and its error; the next has its turn all the same', async () => {
    const turn = turns(1);
    const outcomes = await Promise.allSettled([
      turn(async () => 'one'),
      turn(() => Promise.reject(new Error('two'))),
      turn(async () => 'three'),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: 'one' },
      { status: 'rejected', reason: new Error('two') },
      { status: 'fulfilled', value: 'three' },
    ]);
  });

  it('are free again after a crowd', async () => {
    const turn = turns(2);
    const crowd = (size: number) => Promise.all(Array.from({ length: size }, (_, index) => turn(async () => index)));
    for (const size of [50_000, 1, 3]) expect((await crowd(size)).length).toBe(size);
    const first = held<void>();
    const second = held<void>();
    let third = false;
    const all = [turn(() => first.promise), turn(() => second.promise), turn(async () => (third = true))];
    await settled();
    expect(third).toBe(false);
    first.end();
    await settled();
    expect(third).toBe(true);
    second.end();
    await Promise.all(all);
  });
});
