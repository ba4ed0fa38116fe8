import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/model/failure.js';
import { statusOfFailure } from '../../src/model/stop.js';

const failed = (code: Failure['code']): Failure => ({ code, step: 'connect', blame: 'path', detail: '' });

describe('a step that failed', () => {
  it.each(['connection-refused', 'timeout'] as const)('fails the target while the run goes on (%s)', (code) => {
    expect(statusOfFailure(failed(code), { asked: { timeoutResult: 'ok' } })).toBe('fail');
  });

  it.each([
    [undefined, 'fail'],
    ['fail', 'fail'],
    ['warn', 'warn'],
    ['ok', 'note'],
    ['unknown', 'broken'],
  ] as const)('because of the deadline counts as --timeout-result %s says: %s', (timeoutResult, status) => {
    const asked = timeoutResult === undefined ? {} : { timeoutResult };
    expect(statusOfFailure({ ...failed('timeout'), byRun: true }, { asked })).toBe(status);
    // Its own time was up, though the run may have ended since.
    expect(statusOfFailure(failed('timeout'), { asked })).toBe('fail');
    expect(statusOfFailure(failed('connection-refused'), { asked })).toBe('fail');
  });

  it('because of Ctrl-C tells nothing, whatever the deadline would count as', () => {
    const failure = { ...failed('interrupted'), byRun: true } as const;
    expect(statusOfFailure(failure, { asked: { timeoutResult: 'ok' } })).toBe('broken');
  });
});
