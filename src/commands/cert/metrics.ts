import type { Metric } from '../../model/metric.js';
import type { FailedFacts, FileFacts, ServerFacts } from './facts.js';

const day = 86_400;

/** The numbers of a chain: also where it does not verify, because a missing number cannot raise an alarm. */
export function chainMetrics(facts: ServerFacts | FileFacts): Metric[] {
  const { asked, chain, defects, verified, secondsRemaining, unreadable = [] } = facts;
  const metrics: Metric[] = [
    {
      name: 'cert_expiry_seconds',
      help: 'Seconds until the first certificate of the path that was sent expires; negative when it has.',
      unit: 'seconds',
      value: secondsRemaining,
      labels: {},
      alarm: 'below',
      warn: asked.warningDays * day,
      fail: asked.criticalDays * day,
    },
    {
      name: 'cert_verified',
      help: 'Whether the chain leads to a trusted root and dates, names and constraints hold (1) or not (0).',
      unit: 'count',
      value: Number(verified),
      labels: {},
    },
    {
      name: 'cert_sent_certificates',
      help: 'How many certificates there are, as sent.',
      unit: 'count',
      value: chain.length + unreadable.length,
      labels: {},
    },
    ...chain.map(
      ({ notAfter }, element): Metric => ({
        name: 'cert_not_after_timestamp_seconds',
        help: 'When each certificate expires, in seconds since the epoch; element 0 was sent first.',
        unit: 'seconds',
        value: Date.parse(notAfter) / 1000,
        labels: { element: String(element) },
      }),
    ),
    ...defects.map(
      (code): Metric => ({
        name: 'cert_defect',
        help: 'A defect of the chain, by its failure code.',
        unit: 'count',
        value: 1,
        labels: { code },
      }),
    ),
  ];
  if (facts.kind === 'file') return metrics;
  return [...metrics, ...Object.entries(facts.phases).map(([phase, ms]) => phaseMetric(phase, ms))];
}

/** A server of which no certificate was seen: that it is so is a number too. */
export function failedMetrics({ failure }: FailedFacts): Metric[] {
  return [
    {
      name: 'cert_failure',
      help: 'Why no certificate was seen, by failure code and step.',
      unit: 'count',
      value: 1,
      labels: { code: failure.code, step: failure.step },
    },
  ];
}

function phaseMetric(phase: string, ms: number): Metric {
  return {
    name: 'cert_phase_duration_seconds',
    help: 'How long each step took.',
    unit: 'seconds',
    value: Math.round(ms * 1000) / 1e6,
    labels: { phase },
  };
}
