import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { edgeWay, type Scheme } from '../../decoders/edge-way.js';
import { railgunDestination } from '../../decoders/railgun-destination.js';
import type { ListenerSettings } from '../../decoders/railgun-listener-settings.js';
import { bracketed, familyOf } from '../../model/endpoint.js';
import type { VisitedPlace } from './facts.js';
import type { PlanInput, ReadConfiguration } from './plan.js';

/** Where the origin of a host is, as the words of `rg-diag origin` say it. */
export interface OriginPlace {
  readonly words: readonly string[];
  /** Where it connects to, as far as that is known: the first of several. */
  readonly destination?: string;
  /** The servers whose certificate is that of the origin; none: those that the name leads to. */
  readonly servers: readonly string[];
  /** Names that are looked up for it, beside that of the host. */
  readonly names: readonly string[];
  /** The mode in which the edge would meet it. */
  readonly mode: EdgeMode;
  readonly why: string;
  /** Why it cannot be asked. */
  readonly skipped?: string;
}

interface Wanted extends PlanInput {
  readonly place: VisitedPlace;
  /** It was named on the command line. */
  readonly isNamed: boolean;
  readonly read: Extract<ReadConfiguration, { conf: unknown }> | undefined;
  readonly settings: ListenerSettings | undefined;
}

/**
 * For a host that was named: what `--ip` or `--connect-to` say. Otherwise where a line of the map leads, in the way of the edge;
 * where none decides, what DNS says.
 */
export function originPlaceOf(wanted: Wanted): OriginPlace {
  const { asked, place, isNamed } = wanted;
  const { mode } = asked;
  const why = 'named on the command line';
  const { port } = edgeWay(mode, place.scheme, place.port);
  const { connectTo } = asked.network;
  if (isNamed && asked.ip !== undefined) {
    const servers = asked.ip.map((address) => `${bracketed(address)}:${port}`);
    const words = asked.ip.flatMap((address) => ['--ip', address]);
    return { words, servers, names: [], ...first(servers), mode, why: `${why}, with --ip` };
  }
  if (isNamed && connectTo !== undefined) {
    const servers = [`${bracketed(connectTo.host)}:${connectTo.port ?? port}`];
    const words = ['--connect-to', placeText(connectTo.host, connectTo.port)];
    const names = [connectTo.host];
    return { words, servers, names, ...first(servers), mode, why: `${why}, with --connect-to` };
  }
  return byMap(wanted) ?? { words: [], servers: [], names: [], mode, why: isNamed ? why : 'the map names it' };
}

/** Where the map leads; nothing where none of its lines decides. */
function byMap({ asked, target, place, isNamed, read, settings }: Wanted): OriginPlace | undefined {
  const { map } = read ?? {};
  if (read === undefined || settings === undefined || map === undefined) return undefined;
  const { host, port } = place;
  const isInsecure = settings.insecureOrigin.value;
  const spoken: Scheme = isInsecure ? 'http' : place.scheme;
  const { decidedBy } = railgunDestination({ host, port, scheme: spoken, map, originAddress: '' });
  const entry = decidedBy === 'CF-ORIGIN-IP' ? undefined : map.entries.find(({ line }) => line === decidedBy.line);
  if (entry === undefined) return undefined;

  const mode = isInsecure && !target.modeGiven ? plainMode(place) : asked.mode;
  const edge = edgeWay(mode, place.scheme, port);
  // A port of the map is one for what rg-listener speaks: in a mode that speaks something else it means nothing.
  const own = edge.scheme === spoken && entry.target.port !== edge.port ? entry.target.port : undefined;
  const servers = [placeText(entry.target.host, own ?? edge.port)];
  const family = familyOf(entry.target.host);
  const isOther = family !== undefined && asked.network.family !== undefined && family !== asked.network.family;
  const line = `${read.mapFile ?? ''}:${entry.line}`;
  return {
    words:
      family !== undefined && own === undefined
        ? ['--ip', entry.target.host]
        : ['--connect-to', placeText(entry.target.host, own)],
    servers,
    names: [entry.target.host],
    ...first(servers),
    mode,
    why: [
      isNamed ? `named on the command line; ${line}` : line,
      ...(mode === asked.mode ? [] : ['insecure.origin = 1: rg-listener speaks HTTP with it']),
    ].join('; '),
    ...(isOther && { skipped: `${entry.target.host} is no IPv${asked.network.family} address` }),
  };
}

/** The mode in which the edge speaks with the origin as rg-listener does with `insecure.origin`: without TLS. */
function plainMode({ scheme, port }: VisitedPlace): EdgeMode {
  return edgeWay('flexible', scheme, port).scheme === 'http' ? 'flexible' : 'off';
}

function first([destination]: readonly string[]): Pick<OriginPlace, 'destination'> {
  return destination === undefined ? {} : { destination };
}

function placeText(host: string, port: number | undefined): string {
  return `${bracketed(host)}${port === undefined ? '' : `:${port}`}`;
}
