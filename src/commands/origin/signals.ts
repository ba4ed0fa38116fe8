import type { StageSeen } from '../../decoders/origin-stages.js';
import { isVerdict } from '../../decoders/other-modes.js';
import type { SeenFacts } from './facts.js';
import { maskedQueries, maskedUrl } from './masked-url.js';
import { modeText } from './modes.js';
import { decisiveAddress, placeText, statusText, timeText } from './text.js';
import { codeText, judgementOf } from './verdict.js';

type Signal = readonly [label: string, value: string];

/** Addresses that a ticket lists. */
const few = 10;

/** What Cloudflare's support asks for, as far as it was seen; nothing secret. */
export function originSignals(facts: SeenFacts): Signal[] {
  const { url, addresses, asked, stages, http, tls } = facts;
  const judgement = judgementOf(facts, facts);
  const decisive = decisiveAddress(facts);
  const leaf = tls?.chain?.chain[tls.chain.leaf];
  const name = isVerdict(judgement) ? judgement.name : judgement.why;
  const signals: (readonly [string, string | undefined])[] = [
    ['URL', maskedUrl(url)],
    ['Visitors', `${codeText(judgement)}, ${name}`],
    ['Mode', `${modeText(asked.mode).name}; timers of ${asked.edgeProfile}`],
    ['Addresses', addresses.length === 0 ? undefined : addresses.slice(0, few).map(placeText).join(', ')],
    ['Decided by', decisive === undefined ? undefined : placeText(decisive)],
    ...stages.map((seen): Signal => ['Stage', `${seen.stage} ${stageText(seen)}`]),
    ['Status', http === undefined ? undefined : statusText(http)],
    ['Server', http?.headers['server']],
    ['TLS', [tls?.protocol, tls?.cipher].filter(Boolean).join(', ') || undefined],
    ['Certificate', leaf && `${leaf.subject}; issuer ${leaf.issuer}; until ${leaf.notAfter}`],
    ['SHA-256', leaf?.fingerprint256],
    ...publicSignals(facts),
    ...railgunSignals(facts),
  ];
  return signals.flatMap(([label, value]): Signal[] => (value === undefined ? [] : [[label, value]]));
}

/** `failed after 19.0 s: connect ETIMEDOUT 203.0.113.7:443` */
function stageText(seen: StageSeen): string {
  return maskedQueries(outcomeText(seen));
}

function outcomeText(seen: StageSeen): string {
  if (seen.status === 'skip') return `skipped: ${seen.reason}`;
  const after = seen.ms === undefined ? '' : ` after ${timeText(seen.ms)}`;
  if (seen.status === 'pass') return `passed${after}: ${seen.says}`;
  return `${seen.status === 'fail' ? 'failed' : 'warning'}${after}: ${seen.failure.code}, ${seen.failure.detail}`;
}

function publicSignals({ public: path }: SeenFacts): [string, string | undefined][] {
  if (path === undefined) return [];
  const { address, ray, http, error, trace = {}, failure } = path;
  return [
    ['Cloudflare', address],
    ['Ray id', ray === undefined ? error?.rayId : ray.colo === undefined ? ray.id : `${ray.id}-${ray.colo}`],
    ['Public', http === undefined ? undefined : String(http.status)],
    ['Its error', error === undefined ? undefined : `${error.code}${error.name === undefined ? '' : ` ${error.name}`}`],
    ['Public', failure === undefined ? undefined : `${failure.code}, ${failure.detail}`],
    ...Object.entries(trace).map(([key, value]): [string, string] => ['Trace', `${key}=${value}`]),
  ];
}

function railgunSignals({ railgun }: SeenFacts): [string, string | undefined][] {
  if (railgun === undefined) return [];
  return [
    ['rg-listener', railgun.destination],
    [
      'Through it',
      railgun.failure === undefined
        ? railgun.code === null
          ? 'no error'
          : String(railgun.code ?? `unknown, ${railgun.why ?? ''}`)
        : railgun.failure.detail,
    ],
    ['Its log', railgun.logLine],
  ];
}
