import type { Metric } from '../../model/metric.js';
import type { Attempt, ReachedFacts } from './facts.js';

/** With more ports than this, only how many are in which state is told: a series for each would flood whoever reads. */
const most = 64;

const states = ['open', 'closed', 'filtered', 'unreachable', 'untried'] as const;

/** The numbers of one address, or of a unix socket. */
export function probeMetrics(facts: ReachedFacts): Metric[] {
  const { asked, attempts, counts } = facts;
  const metrics: Metric[] = [];
  const isMany = counts.asked > most;
  for (const attempt of isMany ? [] : attempts) {
    const help = 'Whether the port is open (1) or not (0).';
    const value = Number(attempt.state === 'open');
    metrics.push({ name: 'probe_open', help, unit: 'count', value, labels: labelsOf(attempt) });
  }
  for (const attempt of isMany ? [] : attempts) {
    if (attempt.state !== 'open') continue;
    const labels = labelsOf(attempt);
    const help = 'Time to connect, over UDP until the answer.';
    const unit = 'seconds';
    metrics.push({
      name: 'probe_connect_seconds',
      help,
      unit,
      value: secondsOf(attempt.ms),
      labels,
      ...(asked.warning !== undefined && { warn: asked.warning }),
      ...(asked.critical !== undefined && { fail: asked.critical }),
    });
    if (attempt.tls === undefined || attempt.tls.failure !== undefined) continue;
    const value = secondsOf(attempt.tls.ms);
    metrics.push({ name: 'probe_tls_handshake_seconds', help: 'Time of the TLS handshake.', unit, value, labels });
  }
  for (const state of states) {
    const help = 'How many of the ports asked for are in this state.';
    metrics.push({ name: 'probe_ports', help, unit: 'count', value: counts[state], labels: { state } });
  }
  return metrics;
}

function labelsOf(attempt: Attempt): Record<string, string> {
  if (!('port' in attempt && 'protocol' in attempt)) return {};
  return { port: String(attempt.port), protocol: String(attempt.protocol) };
}

/** To the microsecond: more digits would only be noise. */
function secondsOf(ms: number): number {
  return Number((ms / 1000).toFixed(6));
}
