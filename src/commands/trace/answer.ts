import { headersOfAnswerer, shownHeaders } from '../../decoders/shown-headers.js';
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

function httpOf({ status, reason, headers }: NonNullable<Got['head']>): HttpFacts {
  const list = Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => ({ name, value })),
  );
  return { status, reason: reason.slice(0, 200), headers: shownHeaders(list, headersOfAnswerer) };
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
