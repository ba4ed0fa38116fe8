import type { Metric } from '../../model/metric.js';
import type { NotATraceFacts, TraceAnswerFacts } from './facts.js';

/** How the phases are called outside of the facts. */
const names: Readonly<Record<string, string>> = { firstByte: 'first_byte' };

/** The numbers of one answer. */
export function answerMetrics({ phases, http, asked }: TraceAnswerFacts | NotATraceFacts): Metric[] {
  const { warning, critical } = asked;
  const thresholds = {
    ...(warning !== undefined && { warn: warning }),
    ...(critical !== undefined && { fail: critical }),
  };
  const durations = Object.entries(phases).map(
    ([phase, ms]: [string, number]): Metric => ({
      name: 'trace_duration_seconds',
      help: 'Time of each step of fetching the trace, and of all of it.',
      unit: 'seconds',
      value: Number((ms / 1000).toPrecision(12)),
      labels: { phase: names[phase] ?? phase },
      ...(phase === 'total' && thresholds),
    }),
  );
  const help = 'HTTP status of the answer.';
  return [...durations, { name: 'trace_http_status', help, unit: 'count', value: http.status, labels: {} }];
}
