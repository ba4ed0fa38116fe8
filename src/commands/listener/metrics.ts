import { type ListenerStatistic, listenerStatisticOf } from '../../knowledge/listener-statistics.js';
import type { Metric, Unit } from '../../model/metric.js';
import type { ListenerFacts, SeenFacts } from './facts.js';
import { certificateSeen, reachOfListener } from './reach-of-listener.js';
import { ratesOf, statisticsOf } from './seen-statistics.js';

/** Keys that no document has are shown too, but no more than these. */
const mostUnknown = 100;

/** The numbers of one listener. Whether its WAN port answers is one of them, whatever else is not known. */
export function metricsOf(facts: ListenerFacts): Metric[] {
  const isUp = reachOfListener(facts) === 'works' ? 1 : 0;
  const up = metric('listener_up', 'count', 'Whether the WAN port answered (1) or not (0).', isUp);
  if (facts.kind !== 'listener') return [up];
  return [up, ...ofMachine(facts), ...ofCertificate(facts), ...ofStatistics(facts), ...ofRates(facts)];
}

function ofMachine({ local }: SeenFacts): Metric[] {
  if (local === undefined) return [];
  const { processes, panicLog } = local;
  const count = processes.state === 'seen' ? processes.processes.length : undefined;
  const log = panicLog.state === 'read' ? panicLog : undefined;
  return [
    ...optional('listener_processes', 'count', 'Processes that are an rg-listener.', count),
    ...optional('listener_panic_log_bytes', 'bytes', 'Size of the panic log.', log?.bytes),
    ...optional('listener_crashes', 'count', 'Crashes in the panic log, or in its last megabyte.', log?.log.crashes),
  ];
}

function ofCertificate(facts: SeenFacts): Metric[] {
  const certificate = certificateSeen(facts)?.certificate;
  if (certificate?.state !== 'read') return [];
  const help = 'Time until the certificate on the WAN port expires.';
  const expiry = metric('listener_certificate_expiry_seconds', 'seconds', help, certificate.secondsRemaining);
  return [{ ...expiry, alarm: 'below' }];
}

function ofStatistics(facts: SeenFacts): Metric[] {
  const { statistics } = facts;
  if (statistics.state === 'skipped') return [];
  const help = 'Whether the statistics could be read (1) or not (0).';
  const up = metric('listener_statistics_up', 'count', help, statistics.state === 'read' ? 1 : 0);
  const rows = Object.entries(statisticsOf(facts)?.values ?? {});
  const known = rows.flatMap(([key, value]) => {
    const row = listenerStatisticOf(key);
    return row === undefined ? [] : [ofRow(row, Number(value))];
  });
  const unknown = rows
    .filter(([key]) => listenerStatisticOf(key) === undefined)
    .slice(0, mostUnknown)
    .map(([key, value]) => {
      const about = 'A statistic of rg-listener that no document has.';
      return metric('listener_undocumented', 'count', about, Number(value), { key });
    });
  return [up, ...known, ...unknown];
}

/** `memstats.heap_in_use` as `listener_memstats_heap_in_use_bytes`, `wan_starts` as `listener_wan_starts_total`. */
function ofRow(row: ListenerStatistic, value: number): Metric {
  const { key, kind, unit, meaning, inferred } = row;
  const name = `listener_${key.replaceAll('.', '_').toLowerCase()}`;
  const help = `Statistic ${key}: ${inferred === true ? `${meaning} (Inferred.)` : meaning}`;
  const total = kind === 'counter' ? '_total' : '';
  switch (unit) {
    case 'bytes':
      return metric(`${name.replace(/_?bytes(?=_|$)/, '')}_bytes${total}`, 'bytes', help, value);
    case 'nanoseconds':
      return metric(`${name.replace(/_ns$/, '')}_seconds`, 'seconds', help, Number((value / 1e9).toPrecision(12)));
    case 'unix-seconds':
      return metric(`${name}_seconds`, 'seconds', help, value);
    default:
      return metric(`${name}${total}`, 'count', help, value);
  }
}

function ofRates(facts: SeenFacts): Metric[] {
  const help = 'How much a counter of rg-listener grew per second between two looks.';
  return Object.entries(ratesOf(facts)?.perSecond ?? {}).map(([counter, value]) =>
    metric('listener_rate', 'count', help, value, { counter }),
  );
}

function optional(name: string, unit: Unit, help: string, value: number | undefined): Metric[] {
  return value === undefined ? [] : [metric(name, unit, help, value)];
}

function metric(name: string, unit: Unit, help: string, value: number, labels = {}): Metric {
  return { name, help, unit, value, labels };
}
