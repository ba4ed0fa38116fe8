import type { Finding, RelatedFinding } from '../../model/finding.js';
import type { Metric } from '../../model/metric.js';
import type { SourceEdit, SourcePlace } from '../../model/place.js';
import type { Report, Run } from '../../model/report.js';

/** The run with its keys in the documented order, whatever order it was built in. */
export function orderedRun(run: Run): Run {
  const { schema, command, version, at, verdict, exitCode, durationMs, ticket } = run;
  return { schema, command, version, at, verdict, exitCode, durationMs, ...(ticket !== undefined && { ticket }) };
}

/** The report with its keys in the documented order. Facts keep theirs: decoders read them in an order that means something. */
export function orderedReport(report: Report): Report {
  const { target, at, durationMs, verdict, facts, findings, metrics } = report;
  return {
    target,
    at,
    durationMs,
    verdict,
    facts,
    findings: findings.map(orderedFinding),
    metrics: metrics.map(orderedMetric),
  };
}

function orderedFinding(finding: Finding): Finding {
  const { rule, status, says, means, evidence, remedy, cites, code, place, fix, related, again } = finding;
  return {
    ...{ rule, status, says, means, evidence, remedy, cites },
    ...(code !== undefined && { code }),
    ...(place !== undefined && { place: orderedPlace(place) }),
    ...(fix !== undefined && { fix: { says: fix.says, edits: fix.edits.map(orderedEdit) } }),
    ...(related !== undefined && { related: related.map(orderedRelated) }),
    ...(again !== undefined && { again }),
  };
}

function orderedRelated({ relation, rule, status, target, says }: RelatedFinding): RelatedFinding {
  return { relation, rule, status, target, says };
}

function orderedPlace({ file, line, column, length, text }: SourcePlace): SourcePlace {
  return {
    file,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(length !== undefined && { length }),
    ...(text !== undefined && { text }),
  };
}

function orderedEdit({ file, line, column, length, replacement }: SourceEdit): SourceEdit {
  return { file, line, column, length, replacement };
}

function orderedMetric(metric: Metric): Metric {
  const { name, help, unit, value, labels, alarm, warn, fail } = metric;
  return {
    name,
    unit,
    value,
    labels,
    ...(warn !== undefined && { warn }),
    ...(fail !== undefined && { fail }),
    ...(alarm !== undefined && { alarm }),
    help,
  };
}
