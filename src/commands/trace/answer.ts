import { recogniseTraceAnswer } from '../../decoders/trace-answer.js';
import { stopOf } from '../../io/deadline.js';
import type { Got } from '../../io/get.js';
import { toMicrosecond } from '../../model/duration.js';
import type { FailedFacts, HttpFacts, NotATraceFacts, TraceAnswerFacts } from './facts.js';

type Common = Pick<TraceAnswerFacts, 'asked' | 'url' | 'host' | 'port' | 'address' | 'proxy' | 'phases'>;

/** What one attempt has shown. */
export function factsOf(
  { outcome, head, tls }: Got,
  given: Common,
  signal: AbortSignal,
): TraceAnswerFacts | NotATraceFacts | FailedFacts {
  const common = { ...given, ...(tls !== undefined && { tls }) };
  if (!outcome.ok) {
    const http = head === undefined ? {} : { http: httpOf(head) };
    return { kind: 'failed', ...common, ...http, failure: outcome.failure, ...stoppedOf(signal) };
  }
  const { body: bytes, truncated } = outcome.value;
  const http = httpOf(outcome.value);
  const body = bytes.toString('utf8');
  const found = recogniseTraceAnswer({
    status: http.status,
    headers: http.headers,
    body,
    host: given.host,
    plain: tls === undefined,
  });
  const ray = found.ray === undefined ? {} : { ray: found.ray };
  if (found.answer === 'trace') {
    const { trace, order, duplicates } = found.trace;
    return {
      kind: 'trace',
      ...common,
      http,
      ...ray,
      trace,
      order,
      ...(duplicates.length > 0 && { duplicates }),
      ...(truncated && { truncated }),
    };
  }
  const excerpt = [...body.slice(0, 2 * longestExcerpt)].slice(0, longestExcerpt).join('');
  return {
    kind: 'not-a-trace',
    ...common,
    http,
    ...ray,
    answer: found.answer,
    ...(found.answer === 'cloudflare-error' && { error: found.error }),
    body: excerpt,
    ...((truncated || excerpt.length < body.length) && { truncated: true }),
  };
}

/** Characters. */
const longestExcerpt = 2000;

/** The headers that say who answered and why. Cookies are secrets, and the others say nothing here. */
const telling = [
  'server',
  'cf-ray',
  'cf-mitigated',
  'cf-cache-status',
  'cf-error-type',
  'cf-error-origin',
  'content-type',
  'content-length',
  'location',
  'retry-after',
  'date',
  'age',
  'via',
  'x-cache',
  'www-authenticate',
  'proxy-authenticate',
];

function httpOf({ status, reason, headers }: NonNullable<Got['head']>): HttpFacts {
  const kept = telling.flatMap((name) => {
    const values = [headers[name] ?? []].flat();
    const shown = name === 'location' ? values.map(withoutSecrets) : values;
    return values.length === 0 ? [] : [[name, shown.join(', ').slice(0, 1000)] as const];
  });
  return { status, reason: reason.slice(0, 200), headers: Object.fromEntries(kept) };
}

/** Scheme, host and path of a URL: a login has its tokens and passwords in the rest. */
function withoutSecrets(url: string): string {
  return url.replace(/[?#][\s\S]*$/, '').replace(/^([^/\\]*[/\\]{2})[^/\\]*@/, '$1');
}

/** The times of an attempt, with that of the name resolution before it. */
export function phasesOf({ phases }: Got, resolveMs: number): TraceAnswerFacts['phases'] {
  const { total, ...others } = phases;
  const finished = Object.entries(others).map(([name, ms]) => [name, toMicrosecond(ms)]);
  return {
    resolve: toMicrosecond(resolveMs),
    ...Object.fromEntries(finished),
    total: toMicrosecond(resolveMs + total),
  };
}

/** Why the run ended, where it has. */
export function stoppedOf(signal: AbortSignal): Pick<FailedFacts, 'stopped'> {
  const stop = stopOf(signal);
  return stop === undefined ? {} : { stopped: stop };
}
