import { type EdgeWay, edgeWay, schemeOfPort } from '../../decoders/edge-way.js';
import { listenerSettings } from '../../decoders/railgun-listener-settings.js';
import type { NatEntry } from '../../decoders/railgun-nat.js';
import { bracketed, familyOf } from '../../model/endpoint.js';
import { usualConnectTimeout } from '../../model/network.js';
import { fileWord, networkWords, optionWords, trustWords } from '../../model/option-words.js';
import type { DoctorAsked, VisitedPlace } from './facts.js';
import type { CheckDraft, Plan, PlanInput, ReadConfiguration } from './plan.js';
import { type OriginPlace, originPlaceOf } from './plan-origin.js';
import { uncheckedLines } from './plan-unchecked.js';

type Read = Extract<ReadConfiguration, { conf: unknown }>;

/** The checks of each host that was named, then of each that the map names; and which lines of the map have none. */
export function checksOfHosts(
  input: PlanInput,
  most: number,
): { readonly drafts: readonly CheckDraft[]; readonly unchecked: Plan['unchecked'] } {
  const { target, configuration } = input;
  const read = configuration !== undefined && 'conf' in configuration ? configuration : undefined;
  const settings = read && listenerSettings(read.conf);
  const named = target.places.map((place) => ({ place, named: true }));
  const keys = new Set(target.places.map(keyOf));
  const mapped: { place: VisitedPlace; named: boolean }[] = [];
  const leftOut: NatEntry[] = [];
  for (const entry of read?.map?.entries ?? []) {
    if (entry.isDefault || entry.isWildcard) continue;
    const place = placeOfEntry(entry);
    const key = keyOf(place);
    if (keys.has(key)) continue;
    keys.add(key);
    if (keys.size > most) leftOut.push(entry);
    else mapped.push({ place, named: false });
  }
  const traced = new Set<string>();
  const drafts = [...named, ...mapped].flatMap(({ place, named: isNamed }) => {
    const origin = originPlaceOf({ ...input, place, isNamed, read, settings });
    const isTraced = traced.has(place.host);
    traced.add(place.host);
    return [
      originCheck(input, place, origin, read),
      ...certificateCheck(input, place, origin),
      // What has no name, Cloudflare does not serve.
      ...(isTraced || familyOf(place.host) !== undefined ? [] : [traceCheck(input, place, origin)]),
    ];
  });
  return { drafts, unchecked: uncheckedLines(read?.map, leftOut, most) };
}

/** Of a line without a port, the page over HTTPS; of one with a port, what visitors speak on it. */
function placeOfEntry({ name, port }: NatEntry): VisitedPlace {
  const scheme = port === undefined ? 'https' : schemeOfPort(port);
  const place = { scheme, host: name, port: port ?? 443, path: '/' } as const;
  return { ...place, shown: urlOf(place) };
}

function keyOf({ scheme, host, port }: VisitedPlace): string {
  return `${scheme}://${host}:${port}`;
}

/** As short as it can be: the host alone for its page over HTTPS. */
function urlOf({ scheme, host, port, path }: Omit<VisitedPlace, 'shown'>): string {
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  const authority = `${bracketed(host)}${isUsual ? '' : `:${port}`}`;
  if (scheme === 'https' && isUsual && path === '/') return authority;
  return `${scheme}://${authority}${path === '/' ? '' : path}`;
}

function originCheck(
  { asked }: PlanInput,
  place: VisitedPlace,
  { words, names, destination, mode, why, skipped }: OriginPlace,
  read: Read | undefined,
): CheckDraft {
  return {
    kind: 'origin',
    name: `origin of ${place.shown}`,
    subject: { host: place.host, ...(destination !== undefined && { destination }) },
    command: 'origin',
    words: [
      'origin',
      urlOf(place),
      ...words,
      ...(mode === 'strict' ? [] : ['--mode', mode]),
      ...(asked.edgeProfile === '2026' ? [] : ['--edge-profile', asked.edgeProfile]),
      ...optionWords('read-timeout', asked.readTimeout),
      ...optionWords('railgun', read && fileWord(read.path)),
      ...networkWords(asked.network, [place.host, ...names]),
      ...trustWords(asked),
    ],
    why,
    ...(skipped !== undefined && { skipped }),
  };
}

/** Where the edge speaks TLS with the origin. */
function certificateCheck({ asked }: PlanInput, place: VisitedPlace, origin: OriginPlace): CheckDraft[] {
  const way: EdgeWay = edgeWay(origin.mode, place.scheme, place.port);
  if (way.scheme !== 'https') return [];
  const { host } = place;
  const own = `${bracketed(host)}:${way.port}`;
  const servers = origin.servers.length === 0 ? [own] : origin.servers;
  return [
    {
      kind: 'certificate',
      name: `certificate of ${servers.join(', ')}${servers[0] === own ? '' : ` for ${host}`}`,
      subject: { host, destination: servers[0] ?? own },
      command: 'cert',
      words: [
        'cert',
        ...servers,
        ...(servers[0] === own ? [] : ['--servername', host]),
        ...networkWords(asked.network, [host, ...origin.names]),
        ...handshakeWords(asked, servers),
        ...trustWords(asked),
      ],
      why: origin.why,
      ...(origin.skipped !== undefined && { skipped: origin.skipped }),
    },
  ];
}

/** Seconds for name servers, and for all of a certificate that is no waiting. */
const [namesSeconds, roomSeconds] = [10, 2];
/** Seconds that `rg-diag cert` has without being told. */
const usualSeconds = 30;

/**
 * A handshake has the time of a connection, as it has for the origin, or that of an answer where only that is known; `rg-diag cert` knows no
 * limit for it but that of the whole run.
 */
function handshakeWords(
  { network: { connectTimeout }, readTimeout }: DoctorAsked,
  servers: readonly string[],
): string[] {
  const handshake = connectTimeout ?? readTimeout;
  if (handshake === undefined) return [];
  const isNamed = servers.some((server) => familyOf(hostIn(server)) === undefined);
  const seconds =
    Math.ceil((connectTimeout ?? usualConnectTimeout) + handshake) + roomSeconds + (isNamed ? namesSeconds : 0);
  return seconds < usualSeconds ? optionWords('timeout', seconds) : [];
}

/** Without port and brackets. */
function hostIn(server: string): string {
  return server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function traceCheck({ asked }: PlanInput, place: VisitedPlace, { why }: OriginPlace): CheckDraft {
  const { scheme, host, port } = place;
  const url = scheme === 'http' ? urlOf({ scheme, host, port, path: '/' }) : `${host}${port === 443 ? '' : `:${port}`}`;
  return {
    kind: 'trace',
    name: `trace of ${host}`,
    subject: { host },
    command: 'trace',
    words: ['trace', url, ...networkWords(asked.network, [host]), ...trustWords(asked)],
    why,
  };
}
