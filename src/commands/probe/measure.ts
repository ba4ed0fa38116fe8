import { stopOf } from '../../io/deadline.js';
import { resolve } from '../../io/resolve.js';
import { serviceOf } from '../../io/services.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Destination } from '../../model/network.js';
import { addressLabel, type Reach, reachOf, shareOf } from '../../model/reach.js';
import type { Stop } from '../../model/stop.js';
import type { MeasureContext, Observation } from '../command.js';
import { type Attempting, attempt } from './attempt.js';
import type { Attempt, Counts, PortAttempt, ProbeAsked, ProbeFacts, ProbeTarget } from './facts.js';
import { bytesOf } from './payload.js';
import { countsOf } from './state.js';

type IpDestination = Extract<Destination, { kind: 'ip' }>;
type PortsTarget = Extract<ProbeTarget, { kind: 'ports' }>;

/** What was seen of one target: of a unix socket, or of the ports of a host, one observation for each address. */
export async function* measure(
  target: ProbeTarget,
  asked: ProbeAsked,
  context: MeasureContext,
): AsyncIterable<Observation<ProbeFacts>> {
  const attempting: Attempting = {
    asked,
    signal: context.signal,
    ...(target.kind === 'ports' && familyOf(target.host) === undefined && { servername: target.host }),
    ...(asked.send !== undefined && { send: bytesOf(asked.send) }),
    ...(asked.expect !== undefined && { expect: bytesOf(asked.expect) }),
  };
  if (target.kind === 'ports') {
    yield* measurePorts(target, attempting, context);
    return;
  }
  const tried = await attemptAll([{ kind: 'unix', path: target.path }], attempting, context);
  const attempts = tried.results.filter((result) => result !== undefined);
  const counts = countsOf(attempts, 1);
  yield { facts: { kind: 'unix', asked, path: target.path, attempts, counts, ...stoppedOf(tried) } };
}

async function* measurePorts(
  target: PortsTarget,
  attempting: Attempting,
  context: MeasureContext,
): AsyncIterable<Observation<ProbeFacts>> {
  const { asked, signal } = attempting;
  const { host } = target;
  const { byAddress, failures } = await destinationsOf(target, asked, signal);
  for (const failure of failures) {
    const stopped = stopOf(signal);
    yield { facts: { kind: 'unresolved', asked, host, failure, ...(stopped && { stopped }) } };
  }
  const startedAt = performance.now();
  const seen = await Promise.all(
    [...byAddress].map(async ([address, destinations]) => {
      const tried = await attemptAll(destinations, attempting, context);
      const attempts = tried.results.flatMap((result, index): PortAttempt[] => {
        const { port = 0 } = destinations[index] ?? {};
        return result === undefined ? [] : [portAttempt(address, port, asked.protocol, result)];
      });
      return { address, attempts, counts: countsOf(attempts, destinations.length), ...stoppedOf(tried) };
    }),
  );
  const isName = familyOf(host) === undefined;
  const share = shareOf({
    host,
    network: asked.network,
    seen: seen.map(({ address, attempts, counts }) => ({ address, reach: reachOfPorts(attempts, counts) })),
  });
  for (const facts of seen) {
    yield {
      facts: { kind: 'ports', asked, ...(isName && { host }), ...share, ...facts },
      label: addressLabel(target.label, host, facts.address),
      startedAt,
    };
  }
}

/** Dead is an address of which every port that was asked for has failed by itself. */
function reachOfPorts(attempts: readonly Attempt[], { open, untried }: Counts): Reach {
  if (open > 0) return 'works';
  const isKnown = untried === 0 && attempts.every(({ failure }) => failure && reachOf(failure) === 'dead');
  return isKnown ? 'dead' : 'unknown';
}

function portAttempt(address: string, port: number, protocol: PortAttempt['protocol'], result: Attempt): PortAttempt {
  const service = serviceOf(port, protocol);
  return { address, port, protocol, ...(service !== undefined && { service }), ...result };
}

interface Destinations {
  readonly byAddress: ReadonlyMap<string, readonly IpDestination[]>;
  readonly failures: readonly Failure[];
}

/** The addresses of a host with the ports to try there: `--resolve` may name other addresses for some of the ports. */
async function destinationsOf(
  { host, ports }: PortsTarget,
  asked: ProbeAsked,
  signal: AbortSignal,
): Promise<Destinations> {
  const { network } = asked;
  const isGiven = (port: number) =>
    network.resolve?.some((row) => row.port === (network.connectTo?.port ?? port)) === true;
  const answers = new Map<number, Awaited<ReturnType<typeof resolve>>>();
  const byAddress = new Map<string, IpDestination[]>();
  const failures: Failure[] = [];
  for (const port of ports) {
    const key = isGiven(port) ? port : 0;
    let resolved = answers.get(key);
    if (resolved === undefined) {
      resolved = await resolve(host, port, network, signal);
      answers.set(key, resolved);
      if (!resolved.ok) failures.push(resolved.failure);
    }
    for (const destination of resolved.ok ? resolved.value.destinations : []) {
      const list = byAddress.get(destination.address);
      const own = { ...destination, port: network.connectTo?.port ?? port };
      if (list === undefined) byAddress.set(destination.address, [own]);
      else list.push(own);
    }
  }
  return { byAddress, failures };
}

interface Tried {
  /** In the order of the destinations; nothing for those that were not tried. */
  readonly results: readonly (Attempt | undefined)[];
  /** Whether the run ended before all attempts did. */
  readonly isCut: boolean;
  readonly stop: Stop | undefined;
}

/** Attempts to begin with; more are begun while all that are under way only wait. */
const firstAttempts = 64;

/** Milliseconds between two looks at how many came back. */
const look = 10;

const usualStack = Error.stackTraceLimit;

/** An attempt at every destination, as many at once as the run allows. */
async function attemptAll(
  destinations: readonly Destination[],
  attempting: Attempting,
  { turn, concurrency, progress, signal }: MeasureContext,
): Promise<Tried> {
  const results: (Attempt | undefined)[] = new Array(destinations.length);
  const queue = destinations.entries();
  let done = 0;
  let isCut = false;
  const runner = async () => {
    for (const [index, destination] of queue) {
      results[index] = await turn(() => attempt(destination, attempting));
      if (signal.aborted) isCut = true;
      if (++done % 100 === 0) progress(`${done} of ${destinations.length} ports`);
    }
  };
  const most = Math.min(concurrency, destinations.length);
  const runners = Array.from({ length: Math.min(most, firstAttempts) }, runner);
  let before = 0;
  // Where answers come at once, a thousand connections at a time only cost memory, and a network its queues.
  const growth = setInterval(() => {
    const idle = done - before < runners.length;
    before = done;
    for (let more = idle ? Math.min(runners.length, most - runners.length) : 0; more > 0; more--)
      runners.push(runner());
  }, look);
  // Nobody reads the stacks of ten thousand refusals, and writing them down takes a fifth of the time.
  if (destinations.length > firstAttempts) Error.stackTraceLimit = 0;
  try {
    // The list grows meanwhile; the first to end does so when nothing is left to begin.
    for (const run of runners) await run;
  } finally {
    Error.stackTraceLimit = usualStack;
    clearInterval(growth);
  }
  return { results, isCut, stop: stopOf(signal) };
}

function stoppedOf({ isCut, stop }: Tried): { readonly stopped?: Stop } {
  return isCut && stop !== undefined ? { stopped: stop } : {};
}
