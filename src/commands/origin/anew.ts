import type { ChainFacts } from '../../decoders/chain-facts.js';
import type { EdgeVerdict, Undetermined } from '../../decoders/edge-verdict.js';
import { type ListenerVerdict, listenerVerdict } from '../../decoders/listener-verdict.js';
import { isVerdict, otherModes, refusal } from '../../decoders/other-modes.js';
import { listenerTlsOf } from '../../decoders/rg-listener-tls.js';
import type { Failure, FailureCode } from '../../model/failure.js';
import { shareOf } from '../../model/reach.js';
import type { OriginAddress, OriginAttempt, RailgunFacts, SeenFacts } from './facts.js';
import { isNameUnjudged, isProxied, judgementOf, visitorScheme, waySeenOf } from './verdict.js';
import { reachOf, worstOf } from './worst.js';

/**
 * The facts with every opinion in them formed, by today's rows and from what was seen: for the first time where they have just
 * been measured, and anew where they were saved, by another version perhaps, or edited since. Pure; what it has made stays the same when it is made again.
 */
export function judgedAnew(facts: SeenFacts): SeenFacts {
  const addresses = facts.addresses.map((address) => ({
    ...address,
    attempts: address.attempts.map((attempt) => attemptAnew(attempt, facts)),
  }));
  const attempts = addresses.flatMap((address) => address.attempts);
  const worst = attempts.length === 0 ? undefined : worstOf(attempts);
  // Who answered for a name that leads to Cloudflare is a fact, and no opinion.
  const view = worst === undefined || isProxied(facts) ? attemptAnew(attemptOnTop(facts), facts) : worst;
  const decisive = worst && placeIn(addresses, worst);
  const { stages, tls, http, edge, undetermined } = view;
  const { asked, host, port, plain, railgun } = facts;
  return {
    ...withoutOpinions(facts),
    stages,
    ...(edge !== undefined && { edge }),
    ...(undetermined !== undefined && { undetermined }),
    ...(tls !== undefined && { tls }),
    ...(http !== undefined && { http }),
    ...(decisive !== undefined && { decisive }),
    addresses,
    ...(asked.repeat > 1 && attempts.length > 1 && { failing: failingOf(attempts) }),
    ...shareOf({
      host,
      network: asked.network,
      seen: addresses.map(({ address, attempts: own }) => ({ address, reach: reachOf(own) })),
    }),
    otherModes: otherModes({
      mode: asked.mode,
      seen: waySeenOf(view, facts),
      scheme: visitorScheme(facts),
      port,
      ...(plain !== undefined && { plain }),
      profile: asked.edgeProfile,
      nameUnjudged: isNameUnjudged(facts),
    }),
    ...(railgun !== undefined && { railgun: railgunAnew(railgun, facts) }),
  };
}

/** Without what is concluded from the rest. */
function withoutOpinions({
  edge: _edge,
  undetermined: _undetermined,
  tls: _tls,
  http: _http,
  decisive: _decisive,
  failing: _failing,
  share: _share,
  ...seen
}: SeenFacts) {
  return seen;
}

function attemptOnTop({ observedAt: at, stages, tls, http }: SeenFacts): OriginAttempt {
  return { at, stages, ...(tls !== undefined && { tls }), ...(http !== undefined && { http }) };
}

function attemptAnew(attempt: OriginAttempt, facts: SeenFacts): OriginAttempt {
  const { edge: _edge, undetermined: _undetermined, ...seen } = attempt;
  return { ...seen, stages: waySeenOf(attempt, facts).stages, ...verdictOf(judgementOf(attempt, facts)) };
}

function verdictOf(judgement: EdgeVerdict | Undetermined): Pick<OriginAttempt, 'edge' | 'undetermined'> {
  return isVerdict(judgement) ? { edge: judgement } : { undetermined: judgement };
}

function placeIn(addresses: readonly OriginAddress[], wanted: OriginAttempt): SeenFacts['decisive'] {
  for (const [address, { attempts }] of addresses.entries()) {
    const attempt = attempts.indexOf(wanted);
    if (attempt >= 0) return { address, attempt };
  }
  return undefined;
}

function failingOf(attempts: readonly OriginAttempt[]): NonNullable<SeenFacts['failing']> {
  return { attempts: attempts.length, failed: attempts.filter(({ edge }) => edge?.code !== null).length };
}

/** What rg-listener makes of it, from what was seen on its way. */
function railgunAnew(railgun: RailgunFacts & ListenerVerdict, { host, asked, scheme }: SeenFacts): RailgunFacts {
  const {
    code: _code,
    otherCode: _otherCode,
    logLine: _logLine,
    stage: _stage,
    blame: _blame,
    why: _why,
    ...seen
  } = railgun;
  // Nothing was seen where its configuration cannot be used.
  if (seen.failure !== undefined) return seen;
  const { tls, http, destination = '', validateCert = true, insecureOrigin = false } = seen;
  const chain = tls?.chain;
  const stages = chain === undefined || !validateCert ? seen.stages : withCertificate(seen, host);
  const verdict = listenerVerdict({
    stages,
    tls: scheme === 'https' && !insecureOrigin,
    destination,
    host,
    ...(chain !== undefined && { chain }),
    validateCert,
    ...(http !== undefined && { status: http.status }),
    ...(asked.railgunVersion !== undefined && { version: asked.railgunVersion }),
  });
  return { ...seen, stages, ...verdict };
}

/** What rg-listener refuses, and the edge does not: a name in the common name only, and Cloudflare's Origin CA. */
const refusedByGoOnly: readonly FailureCode[] = ['hostname-mismatch', 'origin-ca-unchecked'];

/** Why rg-listener refuses a certificate; `host`: the name in the request, `destination`: where it connects to. */
export function listenerRefusal(chain: ChainFacts, host: string, destination: string): Failure | undefined {
  if (listenerTlsOf({ host, destination, chain }).validateCert1 === null) return undefined;
  const ofGo = chain.defectDetails.find(({ code }) => refusedByGoOnly.includes(code));
  const { code, detail } = refusal(chain) ?? ofGo ?? unlisted;
  return { code, step: 'tls', blame: 'target', detail };
}

const unlisted = {
  code: 'untrusted-issuer',
  detail: 'the certificate is of an authority that ca.bundle does not have',
} as const;

/** The stages with the certificate judged as rg-listener does with validate.cert = 1. */
function withCertificate({ stages, tls, destination = '' }: RailgunFacts, host: string): RailgunFacts['stages'] {
  const chain = tls?.chain;
  const isBefore = stages.some(({ stage, status }) => stage === 'tls' && status === 'fail');
  if (chain === undefined || isBefore) return stages;
  const failure = listenerRefusal(chain, host, destination);
  return stages.map((seen) => {
    if (seen.stage !== 'certificate') return seen;
    if (failure !== undefined) return { stage: 'certificate', status: 'fail', failure };
    return seen.status === 'pass' ? seen : { stage: 'certificate', status: 'pass', says: 'rg-listener accepts it' };
  });
}
