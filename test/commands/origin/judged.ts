import { expect } from 'vitest';
import type { OriginFacts, SeenFacts } from '../../../src/commands/origin/facts.js';
import { type StageName, type StageSeen, stageNames } from '../../../src/decoders/origin-stages.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Ran } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import type { Expected, RailgunForm } from './scenario.js';

/** What a run with --json says. */
export interface Told {
  readonly facts: SeenFacts;
  readonly findings: readonly Finding[];
  /** How long it took. */
  readonly ms: number;
}

/** The one report of a run with --json, its facts by their schema. */
export function reportOf(ran: Pick<Ran, 'stdout' | 'stderr'>): Told {
  expect(ran.stderr).toBe('');
  const run = JSON.parse(ran.stdout) as {
    reports: { facts: OriginFacts; findings: Finding[]; durationMs: number }[];
  };
  expect(validateRun(run)).toEqual([]);
  expect(run.reports).toHaveLength(1);
  const [{ facts, findings, durationMs } = {}] = run.reports;
  if (facts?.kind !== 'origin') throw new Error(`no facts of an origin: ${ran.stdout}`);
  return { facts, findings: findings ?? [], ms: durationMs ?? Number.NaN };
}

/** Holds what was found against what was expected: the verdict, and that the stages tell the same story. */
export function expectVerdict({ facts, findings, ms }: Told, expected: Expected): void {
  const failed = facts.stages.filter(({ status }) => status === 'fail');
  const warned = facts.stages.filter(({ status }) => status === 'warn');
  expect(facts.stages.map(({ stage }) => stage)).toEqual(stageNames);
  if ('undetermined' in expected) {
    expect(facts.undetermined).toMatchObject({ stage: expected.undetermined });
    expect(facts.edge).toBeUndefined();
    expectFailure(failed[0], expected.failure);
  } else if (expected.code === null) {
    expect(facts.edge).toMatchObject({ code: null, stage: null, blame: null, passedThrough: false });
    expect(failed).toEqual([]);
    if (expected.warns !== undefined) expectFailure(warned[0], expected.warns);
    else expect(warned.filter(({ stage }) => stage !== 'certificate')).toEqual([]);
  } else {
    const { code, stage, blame, errorCode, passedThrough = false, failure } = expected;
    expect(facts.edge).toMatchObject({ code, stage, blame, passedThrough });
    expect(facts.edge?.errorCode).toBe(errorCode);
    expect(failed.map((seen) => seen.stage)).toEqual([stage]);
    expectFailure(failed[0], failure);
    expectRestSkipped(facts.stages, stage);
  }
  expect(facts).toMatchObject(expected.facts ?? {});
  if (expected.withinMs !== undefined) expect(ms).toBeLessThan(expected.withinMs);
  const noted = findings.flatMap(({ status, evidence }) => (status === 'note' ? evidence : []));
  expect(noted).toEqual(expect.arrayContaining([...(expected.notes ?? [])]));
}

export function expectRailgun({ facts: { railgun } }: Told, form: RailgunForm): void {
  const at = railgun?.destination ?? 'nowhere';
  expect(railgun?.failure).toBeUndefined();
  expect(railgun?.code).toBe(form.code);
  if (form.anyLine === undefined) expect(railgun?.logLine).toBe(form.logLine?.replaceAll('{at}', at));
  expect(railgun).toMatchObject(form.facts ?? {});
}

export function expectExit({ exit }: Pick<Ran, 'exit'>, expected: number | readonly number[]): void {
  expect([expected].flat()).toContain(exit);
}

function expectFailure(seen: StageSeen | undefined, failure: string | readonly string[] | undefined): void {
  if (failure === undefined) return;
  expect([failure].flat()).toContain(seen !== undefined && 'failure' in seen ? seen.failure.code : undefined);
}

function expectRestSkipped(stages: readonly StageSeen[], failed: StageName): void {
  const rest = stages.slice(stageNames.indexOf(failed) + 1);
  expect(rest.map(({ status }) => status)).toEqual(rest.map(() => 'skip'));
}
