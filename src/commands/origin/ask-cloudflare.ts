import { shownHeaders } from '../../decoders/shown-headers.js';
import { recogniseTraceAnswer } from '../../decoders/trace-answer.js';
import { type Got, get } from '../../io/get.js';
import type { HttpHead } from '../../io/request.js';
import { trustedAuthorities } from '../../io/trust.js';
import type { OriginAsked, OriginTarget, PublicPath } from './facts.js';
import type { Address } from './places.js';
import { authoritiesOf } from './standard.js';

/** What Cloudflare answers to everybody who asks for the page, and for the trace of its host. */
export async function askCloudflare(
  to: Address,
  { host, port, scheme, path }: OriginTarget,
  asked: OriginAsked,
  version: string,
  signal: AbortSignal,
): Promise<PublicPath> {
  const trusted = await trustedAuthorities(authoritiesOf(asked), signal);
  if (!trusted.ok) return { address: to.address, failure: trusted.failure };
  const ask = (wanted: string, accept: string) =>
    get(
      {
        to,
        plain: scheme === 'http',
        host,
        port,
        path: wanted,
        headers: { accept, 'user-agent': `rg-diag/${version}` },
        ca: trusted.value.pem,
      },
      signal,
    );
  // Its own errors Cloudflare then tells in a form for programs (error responses @0cc0c37).
  const [page, trace] = await Promise.all([
    ask(path, 'application/problem+json, text/html;q=0.9, */*;q=0.8'),
    ask('/cdn-cgi/trace', '*/*'),
  ]);
  const recognise = ({ outcome }: Got) =>
    outcome.ok
      ? recogniseTraceAnswer({
          status: outcome.value.status,
          headers: flat(outcome.value.headers),
          body: outcome.value.body.toString('utf8'),
          host,
          plain: scheme === 'http',
        })
      : undefined;
  const answer = recognise(page);
  const told = recognise(trace);
  const ray = answer?.ray ?? told?.ray;
  return {
    address: to.address,
    ...(ray !== undefined && { ray }),
    ...(page.head !== undefined && {
      http: {
        status: page.head.status,
        headers: shownHeaders(Object.entries(flat(page.head.headers)).map(([name, value]) => ({ name, value }))),
      },
    }),
    ...(answer?.answer === 'cloudflare-error' && { error: answer.error }),
    ...(told?.answer === 'trace' && { trace: told.trace.trace }),
    ...(!page.outcome.ok && { failure: page.outcome.failure }),
  };
}

function flat(headers: HttpHead['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}
