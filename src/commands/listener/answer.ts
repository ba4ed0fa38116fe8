import { isEverywhere } from '../../decoders/address-kind.js';
import { grouped } from '../../model/count.js';
import type { Finding, Status } from '../../model/finding.js';
import type { SeenFacts } from './facts.js';
import { bestAttempt, certificateSeen, speaksTls } from './reach-of-listener.js';
import { numberOf, ratesOf, watchedOf } from './seen-statistics.js';
import { rateText } from './text.js';
import { wanSockets } from './wan-sockets.js';

/** The worst first, and what several of them are called. */
const kinds: readonly (readonly [status: Status, one: string, several: string])[] = [
  ['fail', 'failure', 'failures'],
  ['broken', 'unknown', 'unknown'],
  ['warn', 'warning', 'warnings'],
  ['note', 'note', 'notes'],
];

/** In a sentence or two: how the listener is; what is wrong comes first, where something is. */
export function answerOf(facts: SeenFacts, findings: readonly Finding[]): string {
  const wrong = wrongOf(findings);
  const state = `${stateOf(facts)}.`;
  if (wrong === undefined) return state;
  const isSerious = findings.some(({ status }) => status === 'fail' || status === 'broken' || status === 'warn');
  // That nobody answers has been said then.
  if (isSerious && bestAttempt(facts)?.attempt.state === 'unreachable') return wrong;
  return isSerious ? `${wrong} ${state}` : `${state} ${wrong}`;
}

/** `1 failure, 2 warnings; first: no rg-listener runs here.` */
function wrongOf(findings: readonly Finding[]): string | undefined {
  const counted = kinds.flatMap(([status, one, several]) => {
    const those = findings.filter((finding) => finding.status === status);
    const [first] = those;
    return first === undefined ? [] : [{ text: `${those.length} ${those.length === 1 ? one : several}`, first }];
  });
  const [worst] = counted;
  return worst && `${counted.map(({ text }) => text).join(', ')}; first: ${worst.first.says}.`;
}

function stateOf(facts: SeenFacts): string {
  const parts = [processText(facts), portText(facts), requestsText(facts)].filter((part) => part !== undefined);
  const text = parts.join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function processText({ local }: SeenFacts): string | undefined {
  if (local?.processes.state !== 'seen') return undefined;
  const { processes } = local.processes;
  const own = local.pidFile.state === 'read' ? local.pidFile.pid : undefined;
  const first = processes.find(({ pid }) => pid === own) ?? processes[0];
  return first === undefined ? undefined : `runs as process ${first.pid}`;
}

/** Where it listens by the system, and what answers there; from outside the latter only. */
function portText(facts: SeenFacts): string {
  const { local, wan } = facts;
  const addresses = [
    ...new Set(
      ((local && wanSockets(local)) ?? []).map(({ address }) => (isEverywhere(address) ? 'all addresses' : address)),
    ),
  ];
  const { attempt } = bestAttempt(facts) ?? {};
  const where =
    addresses.length > 0
      ? `listens on ${addresses.slice(0, 3).join(', ')}${addresses.length > 3 ? ` and ${addresses.length - 3} more` : ''}, port ${wan.port}`
      : undefined;
  if (attempt === undefined) return where ?? `port ${wan.port} was not tried`;
  if (attempt.state === 'unreachable')
    return `${where === undefined ? '' : `${where}, `}no connection to ${attempt.address}`;
  const certificate = certificateSeen(facts)?.certificate;
  const name = certificate?.state === 'read' ? certificate.railgunName : undefined;
  const how = speaksTls(attempt) ? `with TLS${name === undefined ? '' : ` as ${name}`}` : 'without TLS';
  return where === undefined ? `answers at ${attempt.address} ${how}` : `${where}, answers ${how}`;
}

function requestsText(facts: SeenFacts): string {
  const { statistics } = facts;
  if (statistics.state !== 'read') {
    return statistics.state === 'failed' ? 'its statistics cannot be read' : 'how many requests it had is not known';
  }
  const rates = ratesOf(facts);
  const rate = rates?.perSecond['requests_completed'];
  if (rates !== undefined && rate !== undefined)
    return `requests finished: ${rateText(rate)} in the last ${rates.seconds} s`;
  const count = numberOf(facts, 'requests_completed');
  if (count === undefined) return 'its statistics do not say how many requests it had';
  const requests = `${grouped(count)} ${count === 1 ? 'request' : 'requests'} finished since it began`;
  return watchedOf(facts)?.state === 'unchanged' ? `${requests}, as at the last look` : requests;
}
