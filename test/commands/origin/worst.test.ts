import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OriginAttempt } from '../../../src/commands/origin/facts.js';
import { reachOf, worstOf } from '../../../src/commands/origin/worst.js';
import { type StageName, type StageSeen, stageNames } from '../../../src/decoders/origin-stages.js';

const at = '2026-03-04T05:06:07.000Z';
const ofEdge = { blame: 'target', passedThrough: false, profile: '2026' } as const;

const healthy = (stages: readonly StageSeen[] = []): OriginAttempt => ({
  at,
  stages,
  edge: { code: null, name: 'healthy', stage: null, blame: null, passedThrough: false, profile: '2026' },
});
const failing = (stage: StageName, code = 520): OriginAttempt => ({
  at,
  stages: [],
  edge: { ...ofEdge, code, name: 'an error', stage },
});
const unclear = (stage: StageName): OriginAttempt => ({ at, stages: [], undetermined: { stage, why: 'nobody knows' } });
const flawed = healthy([
  {
    stage: 'certificate',
    status: 'warn',
    failure: { code: 'self-signed', step: 'tls', blame: 'target', detail: 'by itself' },
  },
]);

/** From the best to the worst. */
const ranking: readonly OriginAttempt[] = [
  healthy(),
  flawed,
  ...[...stageNames].reverse().map(unclear),
  ...[...stageNames].reverse().map((stage) => failing(stage)),
];

const anyAttempt = fc.constantFrom(...ranking).map((attempt) => ({ ...attempt }));
const anyAttempts = fc.array(anyAttempt, { minLength: 1, maxLength: 8 });
const rankOf = ({ at: _, ...attempt }: OriginAttempt) =>
  ranking.findIndex(({ at: __, ...other }) => JSON.stringify(other) === JSON.stringify(attempt));

describe('the attempt that decides', () => {
  it.each(ranking.slice(1).map((worse, index) => [index, worse] as const))(
    'is the worse one, step %i',
    (index, worse) => {
      for (const better of ranking.slice(0, index + 1)) {
        expect(worstOf([better, worse])).toBe(worse);
        expect(worstOf([worse, better])).toBe(worse);
      }
    },
  );

  it('is the first of those that are as bad', () => {
    const [first, second] = [failing('tcp', 521), failing('tcp', 522)];
    expect(worstOf([healthy(), first, second, healthy()])).toBe(first);
    expect(worstOf([second, first])).toBe(second);
  });

  it('is the only one where there is one', () => {
    for (const attempt of ranking) expect(worstOf([attempt])).toBe(attempt);
  });

  it('is an error of the origin that is passed on, before what nobody can tell', () => {
    const own: OriginAttempt = {
      at,
      stages: [],
      edge: { ...ofEdge, code: 503, name: '', stage: 'response', passedThrough: true },
    };
    expect(worstOf([unclear('dns'), own, flawed])).toBe(own);
  });

  it('is one of them, and none is worse', () => {
    fc.assert(
      fc.property(anyAttempts, (attempts) => {
        const worst = worstOf(attempts);
        expect(attempts.indexOf(worst)).toBe(attempts.findIndex((one) => rankOf(one) === rankOf(worst)));
        expect(rankOf(worst)).toBe(Math.max(...attempts.map(rankOf)));
      }),
    );
  });

  it('needs one to choose from', () => {
    expect(() => worstOf([])).toThrow('no attempt');
  });
});

describe('an address', () => {
  it.each([
    ['works, where every attempt is well', [healthy(), flawed], 'works'],
    ['is dead, where one of them is not', [healthy(), failing('response', 504)], 'dead'],
    ['is dead, where another tells nothing', [unclear('tcp'), failing('tcp', 521)], 'dead'],
    ['is unknown, where one of them tells nothing', [healthy(), unclear('tcp')], 'unknown'],
    ['is unknown, where nothing was tried', [], 'unknown'],
  ] as const)('%s', (_, attempts, reach) => {
    expect(reachOf(attempts)).toBe(reach);
  });

  it('is as dead or unknown as its worst attempt', () => {
    fc.assert(
      fc.property(anyAttempts, (attempts) => {
        expect(reachOf(attempts)).toBe(reachOf([worstOf(attempts)]));
      }),
    );
  });
});
