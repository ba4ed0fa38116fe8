import type { Block, Pair } from '../../model/block.js';
import { durationText } from '../../model/duration.js';
import { shortened } from '../../model/shortened.js';
import { secondsBetween } from './age.js';
import type { LocalFacts, SeenFacts, WanAttempt } from './facts.js';
import { certificateSeen } from './reach-of-listener.js';
import { watchedOf } from './seen-statistics.js';
import { ratesTable, statisticsTable } from './statistics-tables.js';
import { listed } from './text.js';

/** What a person should see of a listener: the answer first; of a later look that found it alive what moved since the last one. */
export function listenerBlocks(facts: SeenFacts, answer: string): Block[] {
  const watched = watchedOf(facts);
  const first: Block = { kind: 'note', text: answer };
  const pairs: Block = { kind: 'pairs', pairs: pairsOf(facts) };
  switch (watched?.state) {
    case 'unchanged': {
      const text = 'The numbers are those of the last look: they are made anew every stats.interval minutes.';
      return [first, { kind: 'note', text }, { ...pairs, verbose: true }, ...crashBlocks(facts)];
    }
    case 'rates':
      return [first, ...ratesTable(facts, watched.rates), { ...pairs, verbose: true }, ...crashBlocks(facts)];
    case 'first':
    case 'restarted':
    case undefined: {
      const blocks = [first, pairs, ...statisticsTable(facts)];
      if (watched?.state === 'first') blocks.push({ kind: 'note', text: 'Rates come with the next look.' });
      return [...blocks, ...crashBlocks(facts)];
    }
  }
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
    const since = startedAt === undefined ? undefined : secondsBetween(startedAt, observedAt);
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
