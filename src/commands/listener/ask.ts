import { listenPlaceOf } from '../../decoders/railgun-listener-settings.js';
import { endpointOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { ListenerAsked, ListenerPlace, ListenerTarget, StatisticsPlace } from './facts.js';

/** The port of a listener that names none. */
const wanPort = 2408;

/** What is asked of which listeners: those of --config first, then the hosts. */
export function ask(given: Given): Answer<ListenerAsked, ListenerTarget> | UsageProblem {
  const { args, targets: lines, options } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  const configs = (options['config'] as readonly string[] | undefined) ?? [];
  const places: ListenerPlace[] = configs.map((path) => ({ kind: 'config', text: path, path }));
  for (const text of args) {
    const place = placeOf(text);
    if ('problem' in place) {
      return { problem: place.problem, hint: 'A HOST is host, host:port or [address]:port of a listener.' };
    }
    places.push(place);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const place = placeOf(line);
    if ('problem' in place) {
      const failure: Failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: place.problem };
      unreadable.push({ label: line, failure });
    } else places.push(place);
  }
  if (places.length === 0 && options['targets'] === undefined) {
    places.push({ kind: 'config', text: packageConf, path: packageConf });
  }
  const problem = filesProblem(asked, places, options['targets']);
  if (problem !== undefined) return problem;
  const withStats = statisticsOf(asked.stats ?? [], places);
  if ('problem' in withStats) return withStats;
  return { asked, targets: withStats.length === 0 ? [] : [{ places: withStats }], unreadable };
}

function placeOf(text: string): ListenerPlace | UsageProblem {
  const endpoint = endpointOf(text);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: `'${text}' is a unix socket: rg-listener listens on TCP` };
  return { kind: 'host', text, host: endpoint.host, port: endpoint.port ?? wanPort };
}

function askedOf({ options, network }: Given): ListenerAsked | UsageProblem {
  const number = (name: string) => options[name] as number | undefined;
  const text = (name: string) => options[name] as string | undefined;
  const [watch, count, pidFile, panicLog] = [number('watch'), number('count'), text('pid-file'), text('panic-log')];
  const stats = options['stats'] as readonly string[] | undefined;
  if (count !== undefined && watch === undefined) {
    return { problem: '--count needs --watch', hint: `As in --watch 60 --count ${count}.` };
  }
  return {
    network,
    readTimeout: number('read-timeout') ?? 5,
    ...(watch !== undefined && { watch }),
    ...(count !== undefined && { count }),
    ...(stats !== undefined && { stats }),
    ...(pidFile !== undefined && { pidFile }),
    ...(panicLog !== undefined && { panicLog }),
  };
}

/** The files of one listener can only be those of the one that runs on this machine. */
function filesProblem(
  { pidFile, panicLog }: ListenerAsked,
  places: readonly ListenerPlace[],
  targets: unknown,
): UsageProblem | undefined {
  const local = places.filter(({ kind }) => kind === 'config').length;
  const option = pidFile !== undefined ? '--pid-file' : panicLog !== undefined ? '--panic-log' : undefined;
  if (option !== undefined && local !== 1) {
    const problem = `${option} is a file of one listener on this machine`;
    return local === 0
      ? { problem: `${problem}, and none is looked at`, hint: 'Name its railgun.conf: --config FILE.' }
      : { problem: `${problem}, and ${local} are looked at`, hint: 'Give one --config.' };
  }
  const inputs = places.filter((place) => place.kind === 'config' && place.path === '-').length;
  if (inputs + (targets === '-' ? 1 : 0) > 1) return { problem: 'standard input can be read only once' };
  return undefined;
}

/** The places with where the statistics of each are. */
function statisticsOf(texts: readonly string[], places: readonly ListenerPlace[]): ListenerPlace[] | UsageProblem {
  const given: StatisticsPlace[] = [];
  for (const text of texts) {
    const place = statisticsPlaceOf(text);
    if (place === undefined) {
      const problem = `--stats '${text}' is neither ADDR:PORT nor :PORT`;
      return { problem, hint: 'As in --stats 127.0.0.1:24088.' };
    }
    given.push(place);
  }
  const [first] = given;
  if (first === undefined) return [...places];
  // A host of its own would be that of one listener only.
  if (given.length === 1 && (first.host === undefined || places.length === 1)) {
    return places.map((place) => ({ ...place, stats: first }));
  }
  if (given.length !== places.length) {
    const problem = `--stats was given ${given.length === 1 ? 'once' : `${given.length} times`} for ${places.length} listeners`;
    return { problem, hint: 'Give one for each, or one :PORT for all.' };
  }
  return places.map((place, index) => ({ ...place, stats: given[index] ?? first }));
}

function statisticsPlaceOf(text: string): StatisticsPlace | undefined {
  return text.startsWith('-') ? undefined : listenPlaceOf(text);
}
