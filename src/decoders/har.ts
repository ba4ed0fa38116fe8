import type { Failure } from '../model/failure.js';
import { shortened } from '../model/shortened.js';
import { decodeText } from './text-encoding.js';

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A HAR as it was parsed: everything that is in it, known to HAR 1.2 or not. */
export interface Har {
  readonly document: JsonObject;
  readonly log: JsonObject;
  /** Of `log.entries`: those that are objects. */
  readonly entries: readonly JsonObject[];
  /** Of `log.version`: `1.2`, `1.1`; empty where there is none. */
  readonly version: string;
  /** `Chrome 131.0`: of `log.creator`, or `log.browser`. */
  readonly creator: string;
}

/** UTF-16 units of what is quoted. */
const longestName = 80;

/** Reads a HAR: whatever version, with and without a byte order mark. What is no HAR is a failure that says what is missing. */
export function decodeHar(bytes: Uint8Array): Har | Failure {
  const { text, encoding } = decodeText(bytes);
  if (encoding !== 'utf8') return malformed('it is not UTF-8');
  const json = text.replace(/^\ufeff/, '');
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    // What the parser quotes of the text may be secret.
    const { message } = error as Error;
    const place = /position (\d+)/.exec(message)?.[1];
    if (/end of JSON/.test(message) || Number(place) >= json.trimEnd().length)
      return malformed('it is no JSON: it is cut off');
    return malformed(`it is no JSON${place === undefined ? '' : `, from character ${place} on`}`);
  }
  if (!isObject(document)) return malformed('it is JSON, but no object');
  const log = document['log'];
  if (!isObject(log)) return malformed('it is JSON without an object “log”, so it is no HAR');
  const entries = log['entries'];
  if (!Array.isArray(entries)) return malformed('“log” has no list “entries”');
  const version = shortened(textOf(log['version']), longestName);
  const creator = isObject(log['creator']) ? log['creator'] : isObject(log['browser']) ? log['browser'] : {};
  const named = [textOf(creator['name']), textOf(creator['version'])].filter((part) => part !== '').join(' ');
  return { document, log, entries: entries.filter(isObject), version, creator: shortened(named, longestName) };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The elements of a list that are objects; of anything else none. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function malformed(detail: string): Failure {
  return { code: 'malformed', step: 'decode', blame: 'us', detail };
}
