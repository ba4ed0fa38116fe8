import { cfRailgun } from './cf-railgun.js';
import { cfRay } from './cf-ray.js';
import { isObject, type JsonObject, objectsIn, textOf } from './har.js';
import { maskedAddress, maskedText } from './masked-text.js';
import { Masking } from './masking.js';

/** The phases of an entry, in the order in which they come; `ssl` is a part of `connect`. */
export const harPhases = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'] as const;

export type HarPhase = (typeof harPhases)[number];

/** One request and its answer, as far as it tells about Cloudflare, Railgun and the origin. No query, cookie or body. */
export interface HarEntry {
  /** Position in `log.entries`, from 0. */
  readonly index: number;
  readonly method: string;
  /** Without login, query and fragment. */
  readonly url: string;
  /** 0: there was no answer. */
  readonly status: number;
  /** RFC 3339, as it was written. */
  readonly at?: string;
  /** Milliseconds in all. */
  readonly ms: number;
  /** Milliseconds; what did not happen is absent. */
  readonly phases: Readonly<Partial<Record<HarPhase, number>>>;
  /** The id of the ray. */
  readonly ray?: string;
  /** The data centre. */
  readonly colo?: string;
  /** Upper case. */
  readonly cacheStatus?: string;
  readonly railgun?: { readonly form: string; readonly reason?: string; readonly ratioPercent?: number };
  /** Cloudflare answered, or passed the answer on. */
  readonly throughCloudflare: boolean;
  /** What the browser says went wrong: `net::ERR_CONNECTION_RESET`. */
  readonly error?: string;
  /** Bytes of the body, inflated. */
  readonly bytes?: number;
}

const longestUrl = 300;
const longestWord = 80;

/** Reads an entry of a HAR, of whatever version; what is missing or of another type is left out. Never throws. */
export function harEntry(entry: JsonObject, index: number): HarEntry {
  const request = isObject(entry['request']) ? entry['request'] : {};
  const response = isObject(entry['response']) ? entry['response'] : {};
  const content = isObject(response['content']) ? response['content'] : {};
  const headers = headersOf(response);
  const ray = cfRay.decode(headers.get('cf-ray') ?? '').facts;
  const railgun = railgunOf(headers.get('cf-railgun'));
  const cacheStatus = word(headers.get('cf-cache-status'))?.toUpperCase();
  const error = word(textOf(response['_error']) || textOf(entry['_error']));
  const bytes = milliseconds(content['size']);
  const at = word(textOf(entry['startedDateTime']));
  return {
    index,
    method: word(textOf(request['method'])) ?? '?',
    url: shownUrl(textOf(request['url'])),
    status: statusOf(response['status']),
    ...(at !== undefined && !Number.isNaN(Date.parse(at)) && { at }),
    ms: milliseconds(entry['time']) ?? 0,
    phases: phasesOf(entry['timings']),
    ...(ray.id !== undefined && { ray: ray.id }),
    ...(ray.colo !== undefined && { colo: ray.colo }),
    ...(cacheStatus !== undefined && { cacheStatus }),
    ...(railgun !== undefined && { railgun }),
    throughCloudflare: ray.id !== undefined || /^cloudflare/i.test(headers.get('server') ?? ''),
    ...(error !== undefined && { error }),
    ...(bytes !== undefined && { bytes }),
  };
}

/** By name in lower case: the first of each. */
function headersOf(response: JsonObject): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const { name, value } of objectsIn(response['headers'])) {
    const key = textOf(name).toLowerCase();
    if (!headers.has(key)) headers.set(key, textOf(value));
  }
  return headers;
}

function railgunOf(value: string | undefined): HarEntry['railgun'] {
  if (value === undefined) return undefined;
  const { form, reason, ratioPercent } = cfRailgun.decode(value).facts;
  return {
    form: form ?? 'malformed',
    ...(reason !== undefined && { reason }),
    ...(ratioPercent !== undefined && { ratioPercent }),
  };
}

function phasesOf(timings: unknown): HarEntry['phases'] {
  if (!isObject(timings)) return {};
  const phases = harPhases.flatMap((phase): [HarPhase, number][] => {
    const ms = milliseconds(timings[phase]);
    return ms === undefined ? [] : [[phase, ms]];
  });
  return Object.fromEntries(phases);
}

/** Below 0 it means that it did not happen, or is not known. */
function milliseconds(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Number(value.toFixed(3)) : undefined;
}

function statusOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 999 ? value : 0;
}

function shownUrl(url: string): string {
  const bare = url.replace(/[?#][\s\S]*$/, '');
  // What a data: URL holds is no address.
  if (/^data:/i.test(bare)) return 'data:';
  const masking = new Masking('whole');
  const short = bare.slice(0, longestUrl).replace(/^([^/]*:\/\/)[^/]*@/, '$1');
  return maskedText(maskedAddress(short, masking), masking);
}

function word(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text.slice(0, longestWord);
}
