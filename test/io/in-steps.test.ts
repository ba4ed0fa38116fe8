import { describe, expect, it } from 'vitest';
import { inSteps } from '../../src/io/in-steps.js';

const failure = { code: 'timeout', step: 'input', blame: 'us', detail: 'the deadline was reached' } as const;

describe('inSteps', () => {
  it('hands back what the work comes to', async () => {
    const work = function* (): Generator<void, { sum: number }> {
      yield;
      yield;
      return { sum: 3 };
    };
    expect(await inSteps(work(), new AbortController().signal)).toEqual({ sum: 3 });
  });

  it('lets a timer end work that would never end', async () => {
    const controller = new AbortController();
    const work = function* (): Generator<void, { sum: number }> {
      for (;;) yield;
    };
    setTimeout(() => controller.abort(failure), 1);
    expect(await inSteps(work(), controller.signal)).toBe(failure);
  });

  it('begins nothing where it is over already', async () => {
    let begun = false;
    const work = function* (): Generator<void, { sum: number }> {
      begun = true;
      yield;
      return { sum: 3 };
    };
    expect(await inSteps(work(), AbortSignal.abort(failure))).toBe(failure);
    expect(begun).toBe(false);
  });
});
