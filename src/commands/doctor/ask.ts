import { profileOf } from '../../decoders/edge-timers.js';
import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { instantOf } from '../../decoders/instant.js';
import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { listenerSettings } from '../../decoders/railgun-listener-settings.js';
import { familyOf } from '../../model/endpoint.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { CheckKind, DoctorAsked, DoctorTarget, VisitedPlace } from './facts.js';
import { mostHosts } from './plan.js';
import { placeOf } from './visited-place.js';

const hint = 'As in rg-diag doctor www.example.com --ip 203.0.113.7.';

/** What is asked of this machine and of which hosts: they are one report. */
export function ask(given: Given): Answer<DoctorAsked, DoctorTarget> | UsageProblem {
  const { args, options } = given;
  if (args.length > mostHosts) {
    return { problem: `${args.length} hosts were given, and one run checks at most ${mostHosts}` };
  }
  const places: VisitedPlace[] = [];
  for (const text of args) {
    const place = placeOf(text);
    if ('problem' in place) return place;
    places.push(place);
  }
  const hosts = places.map(({ shown }) => shown);
  const asked = askedOf(given, hosts);
  if ('problem' in asked) return asked;
  return { asked, targets: [{ hosts, places, modeGiven: options['mode'] !== undefined }] };
}

/**
 * Seconds that a run may take: the timers of the edge added up, or what replaces them, for one origin, at least those of rg-listener,
 * and as much again as everything else needs. Origins that are asked at the same time wait at the same time.
 */
export function timeoutFor(options: Given['options']): number {
  const { connectSeconds, readSeconds } = profileOf(profileIn(options));
  const connect = (options['connect-timeout'] as number | undefined) ?? connectSeconds;
  const read = (options['read-timeout'] as number | undefined) ?? readSeconds;
  const addresses = (options['ip'] as readonly string[] | undefined)?.length ?? 1;
  // The request is acknowledged, or not, within the time for the answer. A handshake and name servers have time of their own.
  const edge = (connect * 2 + read + namesSeconds) * Math.ceil(addresses / addressesAtOnce);
  return Math.max(edge, listenerSeconds) + roomSeconds;
}

/** Seconds for name servers: what the system gives them, about. */
const namesSeconds = 10;
/** Seconds that rg-listener may wait for an origin with its usual `lan.timeout`: for a connection, a handshake and an answer. */
const listenerSeconds = 3 * listenerSettings(decodeRailgunConf('')).lanTimeoutSeconds.value + namesSeconds;
/** Addresses that rg-diag origin asks at once. */
const addressesAtOnce = 16;
/** Seconds for checks that have to wait for a turn, as most commands have for one run. */
const roomSeconds = 30;

function profileIn(options: Given['options']): DoctorAsked['edgeProfile'] {
  return (options['edge-profile'] as DoctorAsked['edgeProfile'] | undefined) ?? '2026';
}

function askedOf({ options, network }: Given, hosts: readonly string[]): DoctorAsked | UsageProblem {
  const text = (option: string) => options[option] as string | undefined;
  const texts = (option: string) => options[option] as readonly string[] | undefined;
  const since = text('since') ?? '24h';
  const problem =
    originProblem(texts('ip'), network, hosts) ??
    sinceProblem(since, options['now'] as number | undefined) ??
    fileProblem('config', text('config')) ??
    texts('log')
      ?.map((path) => fileProblem('log', path))
      .find((found) => found !== undefined);
  if (problem !== undefined) return problem;
  const [config, caFile, logs, addCa] = [text('config'), text('ca-file'), texts('log'), texts('add-ca')];
  const [ip, skip] = [texts('ip'), texts('skip') as readonly CheckKind[] | undefined];
  const [readTimeout, timeout] = [options['read-timeout'], options['timeout']] as (number | undefined)[];
  return {
    network,
    hosts,
    ...(config !== undefined && { config }),
    ...(ip !== undefined && { ip: [...new Set(ip.map(bare))] }),
    mode: (text('mode') as EdgeMode | undefined) ?? 'strict',
    ...(text('mode') !== undefined && { modeGiven: true }),
    edgeProfile: profileIn(options),
    ...(readTimeout !== undefined && { readTimeout }),
    ...(logs !== undefined && { logs: [...new Set(logs)] }),
    since,
    ...(caFile !== undefined && { caFile }),
    ...(addCa !== undefined && { addCa }),
    ...(skip !== undefined && { skip: [...new Set(skip)] }),
    ...(timeout !== undefined && { timeout }),
    ...(options['dry-run'] === true && { dryRun: true }),
  };
}

/** Where the origin of the hosts is, which is said at most once, and of some host. */
function originProblem(
  ip: readonly string[] | undefined,
  { connectTo, family }: DoctorAsked['network'],
  hosts: readonly string[],
): UsageProblem | undefined {
  const wrong = ip?.find((text) => familyOf(bare(text)) === undefined);
  if (wrong !== undefined) {
    return {
      problem: `--ip ${wrong}: not an address`,
      hint: 'An address with a port, or a name, is given as --connect-to ADDR[:PORT].',
    };
  }
  if (ip !== undefined && connectTo !== undefined) {
    return { problem: '--ip and --connect-to exclude each other: both say where the origin of HOST is' };
  }
  const other = ip?.find((text) => family !== undefined && familyOf(bare(text)) !== family);
  if (other !== undefined) {
    return { problem: `--ip ${other} is no IPv${family} address, and -${family} allows no other` };
  }
  if (hosts.length > 0) return undefined;
  if (ip !== undefined) return { problem: '--ip says where the origin of HOST is, and no HOST was given', hint };
  return connectTo && { problem: '--connect-to says where the origin of HOST is, and no HOST was given', hint };
}

function sinceProblem(since: string, now: number | undefined): UsageProblem | undefined {
  if (instantOf(since, now ?? 0) !== undefined) return undefined;
  return {
    problem: `--since ${since} is no time`,
    hint: 'Write 2026-11-20T12:00:00Z, "2026-11-20 12:00", 12:00, 15m, 2h, 3d, today or yesterday.',
  };
}

/** What runs other commands has no standard input to give to them. */
function fileProblem(option: 'config' | 'log', path: string | undefined): UsageProblem | undefined {
  if (path === '') return { problem: `--${option} is empty` };
  if (path !== '-') return undefined;
  const alone = option === 'log' ? 'rg-diag logs -' : 'rg-diag config check -';
  return { problem: `--${option} needs a file, not standard input`, hint: `Alone it can be read: ${alone}.` };
}

function bare(address: string): string {
  return address.replace(/^\[(.*)\]$/, '$1');
}
