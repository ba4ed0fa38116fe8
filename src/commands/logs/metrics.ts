import type { Metric, Unit } from '../../model/metric.js';
import { rowOf, visitorErrors } from './causes.js';
import type { LogsFacts } from './facts.js';

const percentiles = ['p50', 'p90', 'p99'] as const;

/** The numbers of a log. */
export function metricsOf(facts: LogsFacts): Metric[] {
  const { lines, recognised, unrecognised, ofOthers, causes, requests, files, asked } = facts;
  const errors = metric(
    'railgun_log_visitor_errors',
    'count',
    'Logged errors that visitors got.',
    visitorErrors(facts),
  );
  const unread = files.filter(({ failure }) => failure !== undefined).length;
  return [
    {
      ...errors,
      warn: asked.warning,
      ...(asked.critical !== undefined && { fail: asked.critical }),
    },
    metric('railgun_log_lines', 'count', 'Lines of the log.', lines),
    metric('railgun_log_recognised_lines', 'count', 'Lines of rg-listener that are known.', recognised),
    metric(
      'railgun_log_unrecognised_lines',
      'count',
      'Lines that may be of rg-listener and are not known.',
      unrecognised,
    ),
    metric('railgun_log_other_lines', 'count', 'Lines of other programs.', ofOthers),
    metric('railgun_log_unread_files', 'count', 'Files that could not be read, or not to the end.', unread),
    ...causes.map(({ id, count }) =>
      metric('railgun_log_cause_lines', 'count', 'Lines of each cause.', count, {
        cause: id,
        kind: rowOf(id)?.kind ?? 'error',
      }),
    ),
    ...causes.flatMap(({ id, last }) =>
      last === undefined
        ? []
        : metric(
            'railgun_log_cause_last_timestamp_seconds',
            'seconds',
            'When the last line of each cause was logged, seconds since the epoch.',
            Date.parse(last) / 1000,
            { cause: id },
          ),
    ),
    ...(requests === undefined ? [] : ofRequests(requests)),
  ];
}

function ofRequests({ completed, silent, underWay, seconds }: NonNullable<LogsFacts['requests']>): Metric[] {
  const states = { completed, hung: silent, under_way: underWay };
  return [
    ...Object.entries(states).map(([state, count]) =>
      metric('railgun_log_requests', 'count', 'Requests that rg-listener logged, by what became of them.', count, {
        state,
      }),
    ),
    ...(seconds === undefined
      ? []
      : percentiles.map((percentile) =>
          metric(
            'railgun_log_request_percentile_seconds',
            'seconds',
            'How long completed requests took, by percentile.',
            seconds[percentile],
            { percentile: percentile.slice(1) },
          ),
        )),
  ];
}

function metric(name: string, unit: Unit, help: string, value: number, labels = {}): Metric {
  return { name, help, unit, value, labels };
}
