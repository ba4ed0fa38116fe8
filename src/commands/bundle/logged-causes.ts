import { visitorStatuses } from '../../decoders/visitor-statuses.js';

/** A cause that the log of rg-listener names, as far as a ticket tells of it. */
export interface LoggedCause {
  readonly id: string;
  /** Lines. */
  readonly count: number;
  /** RFC 3339, UTC. */
  readonly first?: string;
  readonly last?: string;
  /** The last line of it. */
  readonly sample?: string;
}

/** A check of doctor, and what it came to. */
export interface CheckedThing {
  readonly name: string;
  /** `ok`, `warn`, `fail`, `unknown`; where it was not run, `not run`. */
  readonly verdict: string;
}

const mostCauses = 12;

/** What the log can tell of the error that a case is about. */
export interface ToldByLog {
  readonly time: boolean;
  readonly frequency: boolean;
}

/**
 * The causes in the facts of doctor for which visitors get this error, or, where none is given, any error: the most frequent first. Of what
 * visitors do not see, the log tells neither when nor how often they saw it. They are facts of another command: nothing of them is taken
 * for granted.
 */
export function loggedCauses(doctorFacts: unknown, code: number | undefined): LoggedCause[] {
  const logs = checksIn(doctorFacts)
    .flatMap((check) => listOf(recordOf(check['outcome'])['reports']))
    .map((report) => recordOf(recordOf(report)['facts']))
    .filter(({ kind }) => kind === 'log');
  const causes = logs.flatMap(({ causes }) => listOf(causes).flatMap(causeOf));
  const seen = causes.filter(({ id }) => {
    const statuses = visitorStatuses(id);
    return code === undefined ? statuses.length > 0 : statuses.includes(code);
  });
  return seen.sort((a, b) => b.count - a.count).slice(0, mostCauses);
}

/** What can be read off the causes of one error. */
export function toldBy(causes: readonly LoggedCause[]): ToldByLog {
  const time = causes.some(({ first, last }) => first !== undefined && last !== undefined);
  return { time, frequency: causes.length > 0 };
}

/** The checks that doctor made, in its order. */
export function checkedThings(doctorFacts: unknown): CheckedThing[] {
  return checksIn(doctorFacts).flatMap(({ name, outcome }) => {
    const { state, verdict } = recordOf(outcome);
    if (typeof name !== 'string' || state === 'skipped') return [];
    return [{ name, verdict: typeof verdict === 'string' ? verdict : 'not run' }];
  });
}

function causeOf(value: unknown): LoggedCause[] {
  const { id, count, first, last, sample } = recordOf(value);
  if (typeof id !== 'string' || typeof count !== 'number' || !Number.isFinite(count)) return [];
  const { text } = recordOf(sample);
  return [
    {
      id,
      count,
      ...(typeof first === 'string' && { first }),
      ...(typeof last === 'string' && { last }),
      ...(typeof text === 'string' && { sample: text }),
    },
  ];
}

function checksIn(doctorFacts: unknown): Readonly<Record<string, unknown>>[] {
  return listOf(recordOf(doctorFacts)['checks']).map(recordOf);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
