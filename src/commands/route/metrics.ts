import type { Metric } from '../../model/metric.js';
import type { WayFacts } from './facts.js';

/** The numbers of the way to one address; those of the destination only where it answered. */
export function routeMetrics({ hops, reached, protocol }: WayFacts): Metric[] {
  const labels = { protocol };
  const last = hops.at(-1);
  const metrics: Metric[] = [
    {
      name: 'route_reached',
      help: 'Whether the destination answered (1) or not (0).',
      unit: 'count',
      value: Number(reached),
      labels,
    },
    {
      name: 'route_hops',
      help: 'The distance of the destination, or of the last hop that answered.',
      unit: 'count',
      value: hops.findLast(({ received }) => received > 0)?.ttl ?? 0,
      labels,
    },
  ];
  if (!reached || last === undefined) return metrics;
  metrics.push({
    name: 'route_loss_ratio',
    help: 'The share of probes to the destination without an answer.',
    unit: 'ratio',
    value: last.loss,
    labels,
  });
  const { bestMs, avgMs, worstMs } = last.times ?? {};
  for (const [statistic, ms] of Object.entries({ best: bestMs, mean: avgMs, worst: worstMs })) {
    if (ms === undefined) continue;
    metrics.push({
      name: 'route_rtt_seconds',
      help: 'The round trip to the destination.',
      unit: 'seconds',
      value: Number((ms / 1000).toFixed(6)),
      labels: { ...labels, statistic },
    });
  }
  return metrics;
}
