import { decodeListenerStatistics, statisticOf } from '../../decoders/listener-statistics.js';
import { connect } from '../../io/connect.js';
import type { Limits } from '../../io/limits.js';
import { loadHttp, request } from '../../io/request.js';
import { resolve } from '../../io/resolve.js';
import { toMicrosecond } from '../../model/duration.js';
import { bracketed } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, destinationText, usualConnectTimeout } from '../../model/network.js';
import { shortened } from '../../model/shortened.js';
import type { ListenerAsked, StatisticsFacts } from './facts.js';

interface StatisticsAsked {
  /** Tried in this order, until one answers. */
  readonly hosts: readonly string[];
  readonly port: number;
}

/** Asks rg-listener for its statistics: one GET, over plain HTTP. */
export async function askForStatistics(
  { hosts, port }: StatisticsAsked,
  asked: ListenerAsked,
  now: () => number,
  limits: Limits,
): Promise<Exclude<StatisticsFacts, { state: 'skipped' }>> {
  let failed: Exclude<StatisticsFacts, { state: 'skipped' }> | undefined;
  for (const host of hosts) {
    // Where the listener is reached otherwise than by its name does not hold for its statistics.
    const { connectTo: _, ...network } = asked.network;
    const resolved = await resolve(host, port, network, limits.signal);
    if (!resolved.ok) {
      failed ??= { state: 'failed', address: `${bracketed(host)}:${port}`, failure: resolved.failure };
      continue;
    }
    for (const to of resolved.value.destinations) {
      const answer = await askAt(to, asked, now, limits);
      if (answer.state === 'read' || answer.failure.step !== 'connect') return answer;
      failed ??= answer;
    }
  }
  const none: Failure = { code: 'no-address', step: 'resolve', blame: 'us', detail: 'there is no address to ask' };
  return failed ?? { state: 'failed', address: `:${port}`, failure: none };
}

async function askAt(
  to: Destination,
  { network: { connectTimeout: seconds = usualConnectTimeout } }: ListenerAsked,
  now: () => number,
  limits: Limits,
): Promise<Exclude<StatisticsFacts, { state: 'skipped' }>> {
  const address = destinationText(to);
  const connected = await connect(to, { seconds, signal: limits.signal });
  if (!connected.ok) return { state: 'failed', address, failure: connected.failure };
  await loadHttp();
  const headers = { host: address, accept: 'application/json' };
  const answer = await request(connected.value, { method: 'GET', path: '/', headers }, limits);
  if (!answer.ok) {
    const status = answer.partial?.head?.status;
    return { state: 'failed', address, failure: answer.failure, ...(status !== undefined && { status }) };
  }
  const { status, body, truncated } = answer.value;
  const text = body.toString('utf8');
  const line = shortened((text.slice(0, 1000).split(/\r?\n/, 1)[0] ?? '').trim(), 200);
  const refused = (code: Failure['code'], detail: string): Exclude<StatisticsFacts, { state: 'skipped' }> => ({
    state: 'failed',
    address,
    failure: { code, step: 'request', blame: 'target', detail },
    status,
    ...(line !== '' && { heard: line }),
  });
  if (status !== 200) return refused('unexpected-answer', `it answered ${status} to GET /`);
  const statistics = decodeListenerStatistics(text);
  if (truncated) return refused('answer-too-long', `more than ${body.length} bytes of statistics`);
  if (Object.keys(statistics.values).length === 0) {
    return refused('not-statistics', statistics.failure?.detail ?? 'there is no number in it');
  }
  const time = statisticOf(statistics, 'time');
  return {
    state: 'read',
    address,
    ms: toMicrosecond(connected.ms + answer.ms),
    statistics,
    ...(time !== undefined && { ageSeconds: Math.round(now() / 1000 - time) }),
  };
}
