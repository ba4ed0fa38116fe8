import { describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/io/deadline.js';
import { type Limits, limit } from '../../src/io/limits.js';
import type { Failure } from '../../src/model/failure.js';

/** What a step is given up with. */
function givenUp(limits: Limits) {
  const failures: Failure[] = [];
  let cancel = (): void => undefined;
  const promise = new Promise<Failure>((resolve) => {
    cancel = limit(limits, 'connect', 'path', 'nothing came', (failure) => {
      failures.push(failure);
      resolve(failure);
    });
  });
  return { promise, cancel: () => cancel(), failures };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a step', () => {
  it('is given up when its own time is up', async () => {
    const { signal } = createDeadline(undefined);
    expect(await givenUp({ seconds: 0.02, signal }).promise).toEqual({
      code: 'timeout',
      step: 'connect',
      blame: 'path',
      detail: 'nothing came within 0.02 s',
    });
  });

  it.each([
    ['the deadline', 'timeout', 'nothing came: the deadline of 0.02 s was reached'],
    ['Ctrl-C', 'interrupted', 'nothing came: the run was interrupted by SIGINT'],
  ])('is given up at %s, if that comes first', async (_, code, detail) => {
    const deadline = createDeadline(code === 'timeout' ? 0.02 : undefined);
    const { promise } = givenUp({ seconds: 20, signal: deadline.signal });
    if (code === 'interrupted') deadline.interrupt('the run was interrupted by SIGINT');
    expect(await promise).toEqual({ code, step: 'connect', blame: 'path', detail, byRun: true });
  });

  it('is given up when the run was over before it began, but not before it has begun', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('over');
    const { promise, failures } = givenUp({ seconds: 20, signal: deadline.signal });
    expect(failures).toEqual([]);
    expect(await promise).toMatchObject({ code: 'interrupted', detail: 'nothing came: over' });
  });

  it('is given up once, whatever ends after that', async () => {
    const deadline = createDeadline(0.03);
    const { failures } = givenUp({ seconds: 0.01, signal: deadline.signal });
    await deadline.over;
    deadline.interrupt('over');
    await pause(20);
    expect(failures).toMatchObject([{ detail: 'nothing came within 0.01 s' }]);
  });

  it.each([undefined, 0.02])('that is done is not given up (%s s of its own)', async (seconds) => {
    const deadline = createDeadline(0.04);
    const { cancel, failures } = givenUp({ signal: deadline.signal, ...(seconds !== undefined && { seconds }) });
    cancel();
    await deadline.over;
    await pause(20);
    expect(failures).toEqual([]);
  });

  it('that is done at once is not given up, though the run is over', async () => {
    const deadline = createDeadline(undefined);
    deadline.interrupt('over');
    const { cancel, failures } = givenUp({ signal: deadline.signal });
    cancel();
    await pause(20);
    expect(failures).toEqual([]);
  });

  it.each([Number.POSITIVE_INFINITY, 1e9, 2_147_484])(
    'with more time than a timer can have, %d s, is not given up at once',
    async (seconds) => {
      const deadline = createDeadline(undefined);
      const { failures, cancel } = givenUp({ seconds, signal: deadline.signal });
      await pause(30);
      expect(failures).toEqual([]);
      cancel();
    },
  );
});

it('thousands of steps of one run are all given up, and nothing is said about it', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const deadline = createDeadline(undefined);
  const steps = Array.from({ length: 5000 }, () => givenUp({ seconds: 20, signal: deadline.signal }));
  for (const { cancel } of steps.slice(0, 1000)) cancel();
  deadline.interrupt('over');
  const left = steps.slice(1000);
  expect(await Promise.all(left.map(({ promise }) => promise))).toHaveLength(4000);
  await pause(10);
  process.off('warning', note);
  expect(steps.slice(0, 1000).flatMap(({ failures }) => failures)).toEqual([]);
  expect(warnings).toEqual([]);
});
