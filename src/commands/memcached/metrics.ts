import { numberOf } from '../../decoders/memcached.js';
import type { Metric, Unit } from '../../model/metric.js';
import type { MemcachedFacts, ServerFacts } from './facts.js';

/** Statistics that Prometheus' memcached_exporter has too, by its names. */
const named: readonly (readonly [key: string, name: string, unit: Unit, help: string])[] = [
  ['uptime', 'memcached_uptime_seconds', 'seconds', 'Time since the server began.'],
  ['time', 'memcached_time_seconds', 'seconds', 'The clock of the server, seconds since the epoch.'],
  ['rusage_user', 'memcached_process_user_cpu_seconds_total', 'seconds', 'Processor time in user mode.'],
  ['rusage_system', 'memcached_process_system_cpu_seconds_total', 'seconds', 'Processor time in kernel mode.'],
  ['bytes_read', 'memcached_read_bytes_total', 'bytes', 'Bytes that the server read from the network.'],
  ['bytes_written', 'memcached_written_bytes_total', 'bytes', 'Bytes that the server wrote to the network.'],
  ['curr_connections', 'memcached_current_connections', 'count', 'Open connections.'],
  ['max_connections', 'memcached_max_connections', 'count', 'Most connections that the server allows.'],
  ['total_connections', 'memcached_connections_total', 'count', 'Connections since the server began.'],
  ['rejected_connections', 'memcached_connections_rejected_total', 'count', 'Connections turned away at the limit.'],
  ['conn_yields', 'memcached_connections_yielded_total', 'count', 'Connections that had to let others go first.'],
  [
    'listen_disabled_num',
    'memcached_connections_listener_disabled_total',
    'count',
    'How often the limit of connections stopped accepting.',
  ],
  ['accepting_conns', 'memcached_accepting_conns', 'count', 'Whether the server accepts connections (1) or not.'],
  ['bytes', 'memcached_current_bytes', 'bytes', 'Bytes that items use.'],
  ['limit_maxbytes', 'memcached_limit_bytes', 'bytes', 'Bytes that items may use.'],
  ['curr_items', 'memcached_current_items', 'count', 'Items that are stored.'],
  ['total_items', 'memcached_items_total', 'count', 'Items stored since the server began.'],
  ['evictions', 'memcached_items_evicted_total', 'count', 'Items thrown out for lack of room before they expired.'],
  ['reclaimed', 'memcached_items_reclaimed_total', 'count', 'Items whose room was used again after they expired.'],
  ['store_too_large', 'memcached_item_too_large_total', 'count', 'Items refused because they were too large.'],
  ['store_no_memory', 'memcached_item_no_memory_total', 'count', 'Items refused because there was no memory.'],
  ['direct_reclaims', 'memcached_direct_reclaims_total', 'count', 'Times that a store had to make room itself.'],
];

const commands: readonly (readonly [key: string, command: string, status: string])[] = [
  ['get_hits', 'get', 'hit'],
  ['get_misses', 'get', 'miss'],
  ['cmd_set', 'set', 'hit'],
  ['cmd_flush', 'flush', 'hit'],
  ['touch_hits', 'touch', 'hit'],
  ['touch_misses', 'touch', 'miss'],
  ['delete_hits', 'delete', 'hit'],
  ['delete_misses', 'delete', 'miss'],
];

/** The numbers of one server. Whether it could be talked to is one of them, whatever else is not known. */
export function metricsOf(facts: MemcachedFacts): Metric[] {
  const up = metric('memcached_up', 'count', 'Whether the server could be talked to (1) or not (0).', 0);
  if (facts.kind !== 'server') return [up];
  const { stats, asked, pingMs, hitRatio, fillRatio, rates } = facts;
  const ping = metric(
    'memcached_ping_seconds',
    'seconds',
    'Round trip of a command to the server.',
    Number((pingMs / 1000).toPrecision(12)),
  );
  return [
    { ...up, value: 1 },
    {
      ...ping,
      ...(asked.warning !== undefined && { warn: asked.warning }),
      ...(asked.critical !== undefined && { fail: asked.critical }),
    },
    ...optional('memcached_hit_ratio', 'ratio', 'Hits per get since the server began.', hitRatio),
    ...optional('memcached_fill_ratio', 'ratio', 'Used part of the memory for items.', fillRatio),
    metric('memcached_version', 'count', 'Always 1; the version is a label.', 1, { version: facts.version }),
    ...named.flatMap(([key, name, unit, help]) => optional(name, unit, help, numberOf(stats[key]))),
    ...commands.flatMap(([key, command, status]) =>
      optional('memcached_commands_total', 'count', 'Commands that the server was given.', numberOf(stats[key]), {
        command,
        status,
      }),
    ),
    ...ratesOf(rates),
  ];
}

function ratesOf(rates: ServerFacts['rates']): Metric[] {
  return Object.entries(rates?.perSecond ?? {}).map(([counter, value]) =>
    metric('memcached_rate', 'count', 'How much a counter grew per second between two looks.', value, { counter }),
  );
}

function optional(name: string, unit: Unit, help: string, value: number | undefined, labels = {}): Metric[] {
  return value === undefined ? [] : [metric(name, unit, help, value, labels)];
}

function metric(name: string, unit: Unit, help: string, value: number, labels = {}): Metric {
  return { name, help, unit, value, labels };
}
