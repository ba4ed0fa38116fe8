import type { Metric } from '../../model/metric.js';
import type { Attempt, ConfigResolveFacts } from './facts.js';

/** More labels than a map has lines for a request would only be noise. */
const most = 100;

/** Whether a line decides, and what connecting came to. */
export function metricsOf(facts: ConfigResolveFacts): Metric[] {
  const readable = count(
    'config_resolve_readable',
    'Whether the configuration could be read (1) or not (0).',
    facts.kind === 'destination',
  );
  if (facts.kind !== 'destination') return [readable];
  const mapped = count(
    'config_resolve_mapped',
    'Whether a line of the map decides (1) or the address in DNS does (0).',
    facts.way.decidedBy !== 'CF-ORIGIN-IP',
  );
  return [readable, mapped, ...(facts.attempts ?? []).slice(0, most).flatMap(metricsOfAttempt)];
}

function metricsOfAttempt({ address, port, failure, ms }: Attempt): Metric[] {
  const labels = { address, port: String(port) };
  const help = 'Whether the destination could be connected to (1) or not (0).';
  const open = { ...count('config_resolve_open', help, failure === undefined), labels };
  if (failure !== undefined) return [open];
  const name = 'config_resolve_connect_seconds';
  const value = Number((ms / 1000).toFixed(6));
  return [open, { name, help: 'Time to connect to the destination.', unit: 'seconds', value, labels }];
}

function count(name: string, help: string, is: boolean): Metric {
  return { name, help, unit: 'count', value: Number(is), labels: {} };
}
