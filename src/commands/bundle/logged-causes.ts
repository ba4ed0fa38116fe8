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

/** The causes in the facts of doctor, the most frequent first. They are facts of another command: nothing of them is taken for granted. */
export function loggedCauses(doctorFacts: unknown): LoggedCause[] {
  const logs = checksIn(doctorFacts)
    .flatMap((check) => listOf(recordOf(check['outcome'])['reports']))
    .map((report) => recordOf(recordOf(report)['facts']))
    .filter(({ kind }) => kind === 'log');
  const causes = logs.flatMap(({ causes }) => listOf(causes).flatMap(causeOf));
  return causes.sort((a, b) => b.count - a.count).slice(0, mostCauses);
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
