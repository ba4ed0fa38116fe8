import { type ListenerStatistic, listenerStatistics } from '../../knowledge/listener-statistics.js';
import type { Block, Pair } from '../../model/block.js';
import { shortened } from '../../model/shortened.js';
import type { LocalFacts, SeenFacts, WanAttempt } from './facts.js';
import { certificateSeen } from './reach-of-listener.js';
import { ratesOf, statisticsOf, watchedOf } from './seen-statistics.js';
import { bytesText, durationText, grouped, listed, rateText } from './text.js';

/** A hostile peer could have hundreds. */
const mostUnknown = 50;

/** What a person should see of a listener. */
export function listenerBlocks(facts: SeenFacts): Block[] {
  const blocks: Block[] = [{ kind: 'pairs', pairs: pairsOf(facts) }, ...statisticsTable(facts)];
  const watched = watchedOf(facts);
  if (watched?.state === 'first') blocks.push({ kind: 'note', text: 'Rates come with the next look.' });
  if (watched?.state === 'unchanged') {
    const text = 'The numbers are those of the last look: they are made anew every stats.interval minutes.';
    blocks.push({ kind: 'note', text });
  }
  return [...blocks, ...crashBlocks(facts)];
}

function pairsOf(facts: SeenFacts): Pair[] {
  const { local, wan, statistics } = facts;
  const pairs: Pair[] = local === undefined ? [] : machinePairs(local, facts.observedAt);
  for (const attempt of wan.attempts) pairs.push(attemptPair(attempt));
  const certificate = certificateSeen(facts)?.certificate;
  if (certificate?.state === 'read') {
    const { chain, railgunName, secondsRemaining } = certificate;
    const name = railgunName ?? shortened(chain[0]?.subject ?? '', 200);
    const left = `${durationText(secondsRemaining)} ${secondsRemaining < 0 ? 'ago' : 'left'}`;
    pairs.push({ label: 'Certificate', value: name, means: `until ${chain[0]?.notAfter} (${left})` });
    pairs.push({ label: 'Issuer', value: shortened(chain[0]?.issuer ?? '', 200), means: 'trust is not judged' });
  }
  if (statistics.state === 'read') {
    const { address, ageSeconds } = statistics;
    const means = ageSeconds === undefined ? {} : { means: `made ${durationText(Math.max(ageSeconds, 0))} ago` };
    pairs.push({ label: 'Statistics', value: address, ...means });
  }
  return pairs;
}

function machinePairs({ config, processes, sockets }: LocalFacts, observedAt: string): Pair[] {
  const pairs: Pair[] = [{ label: 'Configuration', value: config.path }];
  for (const { pid, user, startedAt } of processes.state === 'seen' ? processes.processes : []) {
    const since = startedAt === undefined ? undefined : (Date.parse(observedAt) - Date.parse(startedAt)) / 1000;
    const age = since === undefined ? '' : `, since ${startedAt} (${durationText(Math.max(since, 0))})`;
    pairs.push({ label: 'Process', value: `${pid}${user === undefined ? '' : ` of ${user}`}${age}` });
  }
  if (sockets.state === 'seen' && sockets.sockets.length > 0) {
    const where = sockets.sockets.map(({ address, owner }) => `${address}${owner ? ` (${owner.name})` : ''}`);
    pairs.push({ label: 'Listens on', value: `${listed(where)}, port ${config.wanPort}` });
  }
  return pairs;
}

function attemptPair(attempt: WanAttempt): Pair {
  const label = 'WAN port';
  const { address } = attempt;
  switch (attempt.state) {
    case 'unreachable':
      return { label, value: address, means: attempt.failure.code };
    case 'plain':
      return { label, value: address, means: `connected in ${attempt.connectMs} ms, no TLS` };
    case 'no-tls':
      return { label, value: address, means: `connected in ${attempt.connectMs} ms, TLS: ${attempt.failure.code}` };
    case 'tls':
      return { label, value: `${address}, ${attempt.protocol} ${attempt.cipher}`, means: timesOf(attempt) };
  }
}

function timesOf({ connectMs, tlsMs }: Extract<WanAttempt, { state: 'tls' }>): string {
  return `connected in ${connectMs} ms, TLS in ${tlsMs} ms`;
}

/** What is worth a look; the others are there with --verbose. */
const telling: ReadonlySet<string> = new Set([
  'requests_started',
  'requests_completed',
  'no_origin_response',
  'origin_retries',
  'bytes_retrieved',
  'wan_bytes_sent',
  'wan_starts',
  'wan_stops',
  'uncompressed_chunks',
  'delta_compression_ratio',
  'memstats.sys',
  'memstats.heap_in_use',
  'memstats.num_gc',
]);

function statisticsTable(facts: SeenFacts): Block[] {
  const { values = {} } = statisticsOf(facts) ?? {};
  const rates = ratesOf(facts);
  const rowOf = (row: ListenerStatistic): string[] => {
    const { key, unit, meaning, inferred } = row;
    const value = values[key] ?? '';
    const rate = rates?.perSecond[key];
    const change = rates?.change[key];
    const moved =
      rate !== undefined ? rateText(rate) : change !== undefined ? `${change > 0 ? '+' : ''}${grouped(change)}` : '';
    const text = unit === 'bytes' ? `${grouped(Number(value))} (${bytesText(Number(value))})` : valueText(value);
    return [key, text, ...(rates === undefined ? [] : [moved]), inferred === true ? `${meaning} (inferred)` : meaning];
  };
  const rows = listenerStatistics.filter(({ key }) => Object.hasOwn(values, key) && key !== 'time');
  const columns = [
    { title: 'Statistic', align: 'left' as const },
    { title: 'Value', align: 'right' as const },
    ...(rates === undefined ? [] : [{ title: `In ${rates.seconds} s`, align: 'right' as const }]),
    { title: 'Meaning', align: 'left' as const },
  ];
  const unknown = (statisticsOf(facts)?.unknown ?? []).slice(0, mostUnknown);
  const blank = rates === undefined ? [] : [''];
  const others = unknown.map((key) => [key, valueText(values[key] ?? ''), ...blank, 'in no document']);
  const tables: [rows: string[][], verbose: boolean][] = [
    [rows.filter(({ key }) => telling.has(key)).map(rowOf), false],
    [[...rows.filter(({ key }) => !telling.has(key)).map(rowOf), ...others], true],
  ];
  return tables.flatMap(([body, verbose]): Block[] =>
    body.length === 0 ? [] : [{ kind: 'table', columns, rows: body, ...(verbose && { verbose }) }],
  );
}

function valueText(value: number | string): string {
  return typeof value === 'number' ? grouped(value) : value;
}

function crashBlocks({ local }: SeenFacts): Block[] {
  const crash = local?.panicLog.state === 'read' ? local.panicLog.log.last : undefined;
  if (crash === undefined) return [];
  const { message, signal, goroutine, functions, goroutines } = crash;
  const pairs: Pair[] = [{ label: 'Last crash', value: message }];
  if (signal !== undefined) pairs.push({ label: 'Signal', value: signal });
  if (goroutine !== undefined) {
    pairs.push({ label: 'Goroutine', value: `${goroutine.id} (${goroutine.state}), ${goroutines} printed` });
  }
  if (functions.length > 0) pairs.push({ label: 'In', value: functions.join(' < ') });
  return [{ kind: 'pairs', pairs, verbose: true }];
}
