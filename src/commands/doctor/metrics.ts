import type { Metric, Unit } from '../../model/metric.js';
import type { Verdict } from '../../model/report.js';
import type { Group } from './causes.js';
import type { CheckFacts, DoctorFacts } from './facts.js';
import { verdictsOf } from './found-here.js';
import { counts } from './status.js';

const numbers: Readonly<Record<Verdict, number>> = { ok: 0, warn: 1, fail: 2, unknown: 3 };

/** How every check came out, how long it took, and how many causes all of it comes to. */
export function metricsOf(facts: DoctorFacts, groups: readonly Group[]): Metric[] {
  const { checks } = facts;
  const verdictOf = verdictsOf(facts);
  const wrong = groups.filter(({ status }) => counts(status));
  const members = wrong.reduce((sum, group) => sum + group.members.length, 0);
  const causes = metric(
    'doctor_causes',
    'count',
    'Things that are wrong, without what follows from them.',
    wrong.length,
  );
  const follow = metric('doctor_consequences', 'count', 'Findings that something else explains.', members);
  const labels = labelsOf(checks);
  const ran = checks.flatMap((check, index) => {
    const { outcome } = check;
    const verdict = verdictOf(check);
    return outcome.state === 'ran' && verdict !== undefined ? [{ outcome, verdict, labels: labels[index] ?? {} }] : [];
  });
  return [
    causes,
    follow,
    ...ran.map(({ verdict, labels: own }) =>
      metric(
        'doctor_check',
        'count',
        'How a check came out: ok (0), warning (1), failed (2), unknown (3).',
        numbers[verdict],
        own,
      ),
    ),
    ...ran.map(({ outcome, labels: own }) =>
      metric(
        'doctor_check_seconds',
        'seconds',
        'How long a check took.',
        Number((outcome.durationMs / 1000).toFixed(6)),
        own,
      ),
    ),
  ];
}

/** Two checks that are called the same are told apart by their number. */
function labelsOf(checks: readonly CheckFacts[]): Record<string, string>[] {
  const seen = new Map<string, number>();
  return checks.map(({ kind, name }) => {
    const key = `${kind} ${name}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { kind, check: name, ...(count > 1 && { number: String(count) }) };
  });
}

function metric(name: string, unit: Unit, help: string, value: number, labels: Metric['labels'] = {}): Metric {
  return { name, help, unit, value, labels };
}
