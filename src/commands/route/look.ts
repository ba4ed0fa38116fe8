import { isCloudflareAddress } from '../../decoders/address-kind.js';
import { decodeMtr } from '../../decoders/mtr.js';
import { routeEnd } from '../../decoders/route-end.js';
import type { Route } from '../../decoders/route-hops.js';
import { decodeTracepath } from '../../decoders/tracepath.js';
import { decodeTraceroute } from '../../decoders/traceroute.js';
import { stopOf } from '../../io/deadline.js';
import { findProgram, type ProgramOutcome, runProgram } from '../../io/spawn.js';
import { toMicrosecond } from '../../model/duration.js';
import type { Failure } from '../../model/failure.js';
import type { Destination } from '../../model/network.js';
import type { HopFacts, RouteAsked, TriedWay, WayFacts } from './facts.js';
import { type Found, misleading, type toolbox } from './toolbox.js';
import { argumentsOf, lacksHelper, lacksPrivilege, secondsFor, type Way, waysOf } from './ways.js';

type To = Extract<Destination, { kind: 'ip' }>;

/** What one program saw. */
export type Looked = Pick<
  WayFacts,
  | 'tool'
  | 'protocol'
  | 'command'
  | 'tried'
  | 'hops'
  | 'reached'
  | 'turnedBackBy'
  | 'loop'
  | 'pmtu'
  | 'cut'
  | 'ms'
  | 'output'
>;

export interface Blind {
  readonly failure: Failure;
  readonly tried: readonly TriedWay[];
}

interface Looking {
  readonly signal: AbortSignal;
  readonly find: ReturnType<typeof toolbox>;
}

/** Characters of a program's output that are kept. */
const mostOutput = 65_536;

/** Tries one way after the other until a program tells something about the route. */
export async function lookAlong(to: To, asked: RouteAsked, { signal, find }: Looking): Promise<Looked | Blind> {
  const tried: TriedWay[] = [];
  for (const way of waysOf(asked)) {
    if (signal.aborted) break;
    // Whatever mtr sends, it needs the same sockets; and what is not there is looked for once.
    if (tried.some((row) => row.tool === way.tool && isForGood(row))) continue;
    const found = await find(way.tool);
    const ran = found === undefined ? notFound(way) : await run(way, found, { to, asked, signal });
    if ('code' in ran) tried.push({ ...way, failure: ran });
    else return { ...ran, tried };
  }
  return { failure: failureOf(tried, signal), tried };
}

/** Whether the program cannot be of use whatever it sends: it is not there, it hangs, or it is mtr without its helper. */
function isForGood({ tool, failure }: TriedWay): boolean {
  return failure.code === 'program-not-found' || failure.code === 'timeout' || (tool === 'mtr' && lacksHelper(failure));
}

function notFound({ tool }: Way): Failure {
  const detail = `${tool} is in no folder of PATH`;
  return { code: 'program-not-found', step: 'spawn', blame: 'us', detail };
}

interface Running {
  readonly to: To;
  readonly asked: RouteAsked;
  readonly signal: AbortSignal;
}

async function run(way: Way, found: Found, { to, asked, signal }: Running): Promise<Omit<Looked, 'tried'> | Failure> {
  const { tool, protocol } = way;
  const { path, version, flavour } = found;
  const words = argumentsOf(way, { asked, address: to.address, port: to.port, flavour });
  if (words === undefined) {
    const detail = `${path} has no probes of ${protocol.toUpperCase()} over IPv${to.family}${version === undefined ? '' : ` (${version})`}`;
    return { code: 'protocol-unavailable', step: 'spawn', blame: 'us', detail };
  }
  const [program = path, ...args] = lineByLine(way, [path, ...words]);
  const limits = { seconds: secondsFor(way, { asked, flavour }), signal };
  const ran = await runProgram({ path: program, name: path, args, limits, without: misleading });
  const cut = ran.ok ? undefined : ran.failure;
  const { hops, pmtu } = decoded(way, ran, asked);
  // A program that was ended has shown something; one that gave up by itself has not.
  if (cut?.code === 'program-failed' || hops.length === 0) return refusal(path, ran);
  const { hops: seen, reachedAt, turnedBackBy, loop } = routeEnd(hops, to.address);
  return {
    tool: { name: tool, path, ...(version !== undefined && { version }) },
    protocol,
    command: [program, ...args],
    hops: seen.map(withOwners),
    reached: reachedAt !== undefined,
    ...(turnedBackBy !== undefined && { turnedBackBy }),
    ...(loop !== undefined && { loop }),
    ...(pmtu !== undefined && { pmtu }),
    ...(cut !== undefined && { cut }),
    ms: toMicrosecond(ran.ms),
    output: ran.partial.stdout.slice(0, mostOutput),
  };
}

/** tracepath keeps what it prints to itself until it ends, unless stdbuf (of GNU coreutils) is there to prevent it. */
function lineByLine({ tool }: Way, words: readonly string[]): readonly string[] {
  const stdbuf = tool === 'tracepath' ? findProgram('stdbuf') : undefined;
  return stdbuf === undefined ? words : [stdbuf, '-oL', ...words];
}

function decoded({ tool }: Way, { ok, partial: { stdout } }: ProgramOutcome, { queries }: RouteAsked): Route {
  switch (tool) {
    case 'mtr':
      return decodeMtr(stdout, { queries, cut: !ok });
    case 'traceroute':
      return decodeTraceroute(stdout);
    case 'tracepath':
      return decodeTracepath(stdout);
  }
}

/** Why a program has shown nothing. */
function refusal(path: string, ran: ProgramOutcome): Failure {
  if (ran.ok) {
    const detail = `${path} printed nothing that is a route`;
    return { code: 'malformed', step: 'decode', blame: 'us', detail };
  }
  const { failure, partial } = ran;
  const isForbidden = failure.code === 'program-failed' && lacksPrivilege(partial.stderr);
  return isForbidden ? { ...failure, code: 'permission-denied' } : failure;
}

function withOwners(hop: Route['hops'][number]): HopFacts {
  const hosts = hop.hosts.map((host) =>
    isCloudflareAddress(host.address) ? { ...host, cloudflare: true as const } : host,
  );
  return { ...hop, hosts };
}

/** What stands for all of the ways: the last that failed where a program was there, else that there is none. */
function failureOf(tried: readonly TriedWay[], signal: AbortSignal): Failure {
  const last = tried.findLast(({ failure }) => failure.code !== 'program-not-found');
  if (last !== undefined) return last.failure;
  if (tried.length === 0 || signal.aborted) {
    const { code, detail } = stopOf(signal) ?? { code: 'interrupted', detail: 'the run has ended' };
    return { code, step: 'spawn', blame: 'us', detail: `no program could look: ${detail}`, byRun: true };
  }
  const names = [...new Set(tried.map(({ tool }) => tool))];
  const detail =
    names.length === 1 ? `${names[0]} is in no folder of PATH` : `none of ${names.join(', ')} is in a folder of PATH`;
  return { code: 'program-not-found', step: 'spawn', blame: 'us', detail };
}
