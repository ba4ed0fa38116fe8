import { authorityOf, edgeRequest } from '../../decoders/edge-request.js';
import { isStrict, type Scheme } from '../../decoders/edge-way.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { railgunDestination } from '../../decoders/railgun-destination.js';
import { notMapFailure } from '../../decoders/railgun-file-kind.js';
import { type ListenerSettings, listenerSettings } from '../../decoders/railgun-listener-settings.js';
import { decodeRailgunNat, type RailgunNat } from '../../decoders/railgun-nat.js';
import { lookAtFile } from '../../io/file-look.js';
import { readBytes } from '../../io/read-bytes.js';
import { resolve } from '../../io/resolve.js';
import { bracketed } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import { listenerRefusal } from './anew.js';
import { httpFactsOf } from './answered.js';
import type { OriginAsked, OriginTarget, RailgunFacts } from './facts.js';
import { givenOf } from './given.js';
import { look } from './look.js';
import type { Security } from './secure.js';
import { authoritiesOf, standardOf } from './standard.js';

/** Bytes: both files are written by hand. */
const longestConf = 4_000_000;

/** Bytes of headers that rg-listener takes: nobody has published a limit. */
const noLimit = 1024 * 1024;

/** Fetches the page as rg-listener does, with its two files; `originAddress` is what the edge would hand it (CF-ORIGIN-IP). */
export async function lookAsListener(
  target: OriginTarget,
  scheme: Scheme,
  asked: OriginAsked,
  originAddress: string,
  context: MeasureContext,
): Promise<RailgunFacts> {
  const conf = await confOf(asked.railgun ?? '', context.signal);
  if ('code' in conf) return { stages: [], failure: conf };
  const { settings, map, mapFile } = conf;
  const insecureOrigin = settings.insecureOrigin.value;
  const used: Scheme = insecureOrigin ? 'http' : scheme;
  const { host, port } = target;
  const destination = railgunDestination({ host, port, scheme: used, map, originAddress });
  const { decidedBy, portLost, notes } = destination;
  const withheld = asked.headerFile === undefined ? undefined : whyWithheld(settings, scheme, asked);
  const said = [
    ...notes,
    ...settings.problems.map(({ line, says }) => `line ${line}: ${says}`),
    ...(withheld === undefined ? [] : [`the headers of --header-file were not sent: ${withheld}`]),
  ];
  const facts: Omit<RailgunFacts, 'stages'> = {
    destination: `${bracketed(destination.host)}:${destination.port}`,
    decidedBy: decidedBy === 'CF-ORIGIN-IP' ? decidedBy : { file: mapFile ?? '', ...decidedBy },
    ...(portLost !== undefined && { portLost }),
    ...(said.length > 0 && { notes: said }),
    validateCert: settings.validateCert.value,
    insecureOrigin,
    lanTimeoutSeconds: settings.lanTimeoutSeconds.value,
  };
  const resolved = await resolve(destination.host, destination.port, { ...familyOf(asked) }, context.signal);
  if (!resolved.ok) return { ...facts, stages: [{ stage: 'dns', status: 'fail', failure: resolved.failure }] };
  const [to] = resolved.value.destinations;
  if (to === undefined) return { ...facts, stages: [] };
  const standard = used === 'http' ? undefined : await standardOf(asked, bundleOf(settings, asked), context.signal);
  if (standard !== undefined && 'code' in standard) return { ...facts, stages: [], failure: standard };
  const files = await givenOf(asked, context.signal);
  if ('code' in files) return { ...facts, stages: [], failure: files };

  const security: Security | undefined = standard && {
    options: {},
    standard,
    now: context.now(),
    badCertificate: settings.validateCert.value ? 'fail' : 'warn',
    refusal: (chain) =>
      settings.validateCert.value ? listenerRefusal(chain, host, facts.destination ?? '') : undefined,
  };
  const seconds = settings.lanTimeoutSeconds.value;
  const looked = await look(
    to,
    {
      scheme: used,
      host,
      request: edgeRequest({
        method: asked.method,
        path: target.path,
        authority: authorityOf(target),
        scheme: target.scheme,
        userAgent: `rg-diag/${context.version}`,
        extra: withheld === undefined ? files.headers : [],
      }),
      connectSeconds: seconds,
      times: { ackSeconds: seconds, readSeconds: seconds },
      headerLimit: noLimit,
      ...(security !== undefined && { security }),
      view: { scheme: used, mode: 'full', host, port: target.port, visitorScheme: target.scheme, path: target.path },
    },
    context.signal,
  );
  const how = decidedBy === 'CF-ORIGIN-IP' ? 'CF-ORIGIN-IP' : `line ${decidedBy.line} of ${mapFile ?? 'map.file'}`;
  const dns: StageSeen = { stage: 'dns', status: 'pass', says: `${facts.destination}, by ${how}` };
  const { tls, answered } = looked;
  return {
    ...facts,
    stages: [dns, ...looked.stages],
    ...(tls !== undefined && { tls }),
    ...(answered?.response !== undefined && { http: httpFactsOf(answered.response) }),
  };
}

/** Why headers of the user, which may be secret, do not go this way: the edge itself would not have sent them so. */
function whyWithheld(
  { insecureOrigin, validateCert }: ListenerSettings,
  scheme: Scheme,
  { mode }: OriginAsked,
): string | undefined {
  if (scheme === 'http') return undefined;
  if (insecureOrigin.value) return 'insecure.origin = 1 would send them in the clear';
  if (isStrict(mode) && !validateCert.value) return 'validate.cert = 0 would send them to whoever answers';
  return undefined;
}

interface Conf {
  readonly settings: ListenerSettings;
  readonly map?: RailgunNat;
  readonly mapFile?: string;
}

async function confOf(path: string, signal: AbortSignal): Promise<Conf | Failure> {
  const text = await textOf(path, signal);
  if (typeof text !== 'string') return text;
  const settings = listenerSettings(decodeRailgunConf(text));
  const mapFile = settings.mapFile.value;
  if (mapFile === undefined) return { settings };
  const look = lookAtFile(mapFile);
  const isOdd = look.ok && !look.value.regular;
  const map = isOdd ? notRegular(mapFile) : await textOf(mapFile, signal);
  if (typeof map !== 'string') return { ...map, detail: `map.file of ${path}: ${map.detail}` };
  const failure = notMapFailure(map, mapFile);
  if (failure !== undefined) return { ...failure, detail: `map.file of ${path}: ${failure.detail}` };
  return { settings, map: decodeRailgunNat(map), mapFile };
}

/** Of a FIFO that a setting names nobody knows when somebody writes to it. */
function notRegular(path: string): Failure {
  return { code: 'not-a-file', step: 'input', blame: 'us', detail: `${path} is no regular file` };
}

async function textOf(path: string, signal: AbortSignal): Promise<string | Failure> {
  const read = await readBytes(path, longestConf, signal);
  if (!read.ok) return read.failure;
  if (read.value.includes(0)) return { code: 'malformed', step: 'input', blame: 'us', detail: `${path} is no text` };
  return read.value.toString('utf8');
}

/** The authorities of ca.bundle; without it those of the system, and so of the user. */
function bundleOf({ caBundle }: ListenerSettings, asked: OriginAsked) {
  return caBundle.value === undefined ? authoritiesOf(asked) : { caFile: caBundle.value };
}

function familyOf({ network }: OriginAsked) {
  return network.family === undefined ? {} : { family: network.family };
}
