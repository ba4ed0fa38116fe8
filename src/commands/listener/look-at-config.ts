import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { listenPlaceOf, serviceSettings } from '../../decoders/railgun-listener-settings.js';
import { stopOf } from '../../io/deadline.js';
import type { Limits } from '../../io/limits.js';
import { readText } from '../../io/read-text.js';
import { familyOf } from '../../model/endpoint.js';
import type { Destination } from '../../model/network.js';
import { packageConf } from '../../model/package-files.js';
import type { MeasureContext } from '../command.js';
import type {
  ConfigFacts,
  FailedFacts,
  ListenerAsked,
  ListenerPlace,
  SeenFacts,
  StatisticsFacts,
  WanFacts,
} from './facts.js';
import { panicLogAt } from './panic-log.js';
import { pidFileAt, processesNamed, socketsOn } from './processes.js';
import { askForStatistics } from './statistics.js';
import { knock } from './wan.js';

type ConfigPlace = Extract<ListenerPlace, { kind: 'config' }>;

/** Both ways to this machine itself. */
const loopback = ['127.0.0.1', '::1'] as const;

/** One look at the listener of a railgun.conf: each part by itself, whatever became of the others. */
export async function lookAtConfig(
  place: ConfigPlace,
  asked: ListenerAsked,
  { signal, now }: MeasureContext,
): Promise<SeenFacts | FailedFacts> {
  const read = await readText(place.path, signal);
  if (!read.ok) {
    const stopped = stopOf(signal);
    const byDefault = place.path === packageConf && { byDefault: true as const };
    return {
      kind: 'failed',
      asked,
      path: place.path,
      ...byDefault,
      failure: read.failure,
      ...(stopped && { stopped }),
    };
  }
  const config = configOf(place.path, read.value, asked);
  const limits: Limits = { seconds: asked.readTimeout, signal };
  const pidFile = pidFileAt(config.pidFile);
  const pid = pidFile.state === 'read' ? [pidFile.pid] : [];
  const processes = processesNamed();
  const known = processes.state === 'seen' ? processes.processes.map((process) => process.pid) : [];
  const [wan, statistics] = await Promise.all([
    wanOf(config, asked, now, limits),
    statisticsOf(place, config, asked, now, limits),
  ]);
  const stopped = stopOf(signal);
  return {
    kind: 'listener',
    asked,
    observedAt: new Date(now()).toISOString(),
    local: {
      config,
      pidFile,
      processes,
      sockets: socketsOn(config.wanPort, [...pid, ...known]),
      panicLog: panicLogAt(config.panicLog),
    },
    wan,
    statistics,
    ...(stopped && { stopped }),
  };
}

function configOf(path: string, text: string, asked: ListenerAsked): ConfigFacts {
  const { problems, ...settings } = serviceSettings(decodeRailgunConf(text));
  const { wanIp, wanPort, wanTls, certFile, statsEnabled, statsListen, statsInterval } = settings;
  const pidFile = asked.pidFile ?? settings.pidFile.value;
  const panicLog = asked.panicLog ?? settings.stderrFile.value;
  return {
    path,
    ...(wanIp.value !== undefined && { wanIp: wanIp.value }),
    wanPort: wanPort.value,
    wanTls: wanTls.value,
    ...(certFile.value !== undefined && { certFile: certFile.value }),
    statsEnabled: statsEnabled.value,
    ...(statsListen.value !== undefined && { statsListen: statsListen.value }),
    statsInterval: statsInterval.value,
    ...(pidFile !== undefined && { pidFile }),
    ...(panicLog !== undefined && { panicLog }),
    problems,
  };
}

async function wanOf(
  { wanIp, wanPort, wanTls }: ConfigFacts,
  asked: ListenerAsked,
  now: () => number,
  limits: Limits,
): Promise<WanFacts> {
  const destinations = reachable(wanIp).flatMap((address): Destination[] => {
    const family = familyOf(address);
    const wanted = asked.network.family ?? family;
    return family === undefined || family !== wanted ? [] : [{ kind: 'ip', address, family, port: wanPort }];
  });
  const attempts = await Promise.all(destinations.map((to) => knock(to, wanTls, asked, now, limits)));
  return { port: wanPort, tls: wanTls, attempts };
}

/** What to connect to where a program listens on this address: on all of them means on loopback too. */
function reachable(address: string | undefined): readonly string[] {
  if (address === undefined || address === '::') return loopback;
  return address === '0.0.0.0' ? [loopback[0]] : [address];
}

async function statisticsOf(
  { stats }: ConfigPlace,
  { statsEnabled, statsListen, wanIp }: ConfigFacts,
  asked: ListenerAsked,
  now: () => number,
  limits: Limits,
): Promise<StatisticsFacts> {
  if (stats === undefined && !statsEnabled) return { state: 'skipped', why: 'disabled' };
  const listen = stats ?? (statsListen === undefined ? undefined : listenPlaceOf(statsListen));
  if (listen === undefined) return { state: 'skipped', why: 'no-address' };
  // A port alone in --stats is on the listener itself, one in stats.listen on every address.
  const own = stats === undefined ? undefined : wanIp;
  const hosts = listen.host === undefined ? [...(own === undefined ? [] : [own]), ...loopback] : reachable(listen.host);
  return askForStatistics({ hosts, port: listen.port }, asked, now, limits);
}
