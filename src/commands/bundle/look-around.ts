import { instantOf } from '../../decoders/instant.js';
import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { notMapFailure } from '../../decoders/railgun-file-kind.js';
import { namedFilesOf } from '../../decoders/railgun-files.js';
import { decodeRailgunNat } from '../../decoders/railgun-nat.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { lookAtSource, readFileEnd, rotatedFiles } from '../../io/file-end.js';
import { findProgram } from '../../io/spawn.js';
import { packageConf, packageMap } from '../../model/package-files.js';
import type { MeasureContext } from '../command.js';
import { checksSeen } from './checks-seen.js';
import { doctorWords } from './doctor-words.js';
import type { BundleAsked, BundleTarget } from './facts.js';
import type { Inventory, MappedHost, SourceSeen } from './inventory.js';
import { leftOut } from './left-out.js';

/** Where things are unless a setting or the user says otherwise. */
const usual = {
  memcached: ['/etc/memcached.conf', '/etc/sysconfig/memcached'],
  panicLog: '/var/log/railgun/panic.log',
  logs: ['/var/log/syslog', '/var/log/messages'],
} as const;

/** Bytes of a file of settings that are read for what they name. */
const longestConf = 1_000_000;
/** Seconds that making a list of checks may take: nobody is contacted. */
const listSeconds = 20;

/**
 * What there is to take: the status of files, what the files of rg-listener name, and what doctor would check. Nobody is contacted, and
 * nothing is changed.
 */
export async function lookAround(
  { places, hosts, modeGiven }: BundleTarget,
  asked: BundleAsked,
  { signal, now, run }: Pick<MeasureContext, 'signal' | 'now' | 'run'>,
): Promise<Inventory> {
  const at = now();
  const conf = await seen(asked.config ?? packageConf, asked.config !== undefined);
  const named = conf.state === 'there' ? await namedIn(conf.path, signal) : {};
  const map = await seen(named.map ?? packageMap, named.map !== undefined);
  const since = instantOf(asked.since, at) ?? 0;
  const words = doctorWords({ hosts, modeGiven }, asked);
  const isWanted = leftOut('checks', asked) === undefined;
  const checks = isWanted
    ? checksSeen(await run([...words, '--dry-run'], { seconds: listSeconds, signal }))
    : undefined;
  const all = async (paths: readonly string[] = []) => Promise.all(paths.map((path) => seen(path, true)));
  return {
    now: at,
    isRoot: process.getuid?.() === 0,
    places,
    modeGiven,
    conf,
    map,
    mapped: map.state === 'there' ? await mappedIn(map.path, signal) : [],
    panicLog: await seen(named.panicLog ?? usual.panicLog, false),
    memcached: await Promise.all(usual.memcached.map((path) => seen(path, false))),
    logs: asked.logs === undefined ? await usualLogs(since) : await all(asked.logs),
    hasJournal: findProgram('journalctl') !== undefined,
    originLogs: await all(asked.originLogs),
    hars: await all(asked.hars),
    ...(checks !== undefined && { checks }),
  };
}

async function seen(path: string, named: boolean): Promise<SourceSeen> {
  const look = await lookAtSource(path);
  if (look.ok) return { path, named, state: 'there', bytes: look.value.bytes, modifiedAt: look.value.modifiedAt };
  if (look.failure.code === 'file-not-found') return { path, named, state: 'not-there' };
  return { path, named, state: 'unreadable', failure: look.failure };
}

/** The log of the system with those that were rotated, as far as they reach back; the oldest first. */
async function usualLogs(since: number): Promise<SourceSeen[]> {
  const files = await Promise.all(usual.logs.flatMap(rotatedFiles).map((path) => seen(path, false)));
  // What cannot be read may be what is wanted; what was written to last before is not.
  const wanted = files.filter(
    (file) => file.state === 'unreadable' || (file.state === 'there' && file.modifiedAt >= since),
  );
  return wanted.reverse();
}

async function namedIn(path: string, signal: AbortSignal): Promise<{ map?: string; panicLog?: string }> {
  const text = await textOf(path, signal);
  if (text === undefined) return {};
  const files = namedFilesOf(decodeRailgunConf(text));
  const [map, panicLog] = ['map.file', 'stderr.file'].map((name) => files.find(({ key }) => key === name)?.path);
  return {
    ...(map !== undefined && { map: fromHere(map) }),
    ...(panicLog !== undefined && { panicLog: fromHere(panicLog) }),
  };
}

/** No path that stands in a file means standard input. */
function fromHere(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}

async function mappedIn(path: string, signal: AbortSignal): Promise<MappedHost[]> {
  const text = (await textOf(path, signal)) ?? '';
  // Its keys are no hosts.
  if (notMapFailure(text, path) !== undefined) return [];
  return decodeRailgunNat(text)
    .entries.filter(({ isDefault, isWildcard }) => !isDefault && !isWildcard)
    .map(({ name, port: own, target: { host, port = own } }) => ({
      host: name,
      origin: host,
      ...(port !== undefined && { port }),
    }));
}

async function textOf(path: string, signal: AbortSignal): Promise<string | undefined> {
  const read = await readFileEnd(path, longestConf, signal);
  return read.ok ? decodeText(read.value.bytes).text : undefined;
}
