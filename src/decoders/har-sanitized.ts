import type { JsonObject } from './har.js';
import { isObject, textOf } from './har.js';
import { bodyBytes, contentText, textContent } from './har-content.js';
import { maskedBody } from './masked-body.js';
import { maskedHeader } from './masked-header.js';
import { maskedAddress, maskedText } from './masked-text.js';
import { type JwtPart, type MaskedIn, type MaskedPlace, Masking } from './masking.js';
import type { SecretForm } from './secret-forms.js';
import { createSecretSearch, type SecretSearch } from './secret-search.js';
import { sensitivityOf } from './sensitive-name.js';

export interface SanitizeOptions {
  /** What of a JSON Web Token is masked; har-sanitizer masks the signature. */
  readonly jwt: JwtPart;
}

export interface SanitizedHar {
  readonly document: JsonObject;
  /** Values that were masked. */
  readonly count: number;
  readonly in: ReadonlyMap<MaskedIn, number>;
  readonly names: ReadonlyMap<string, number>;
  /** The first hundred. */
  readonly places: readonly MaskedPlace[];
  /** Finds what was masked, in any form. */
  readonly search: SecretSearch;
  /** Those that are looked for, and what each is called. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Different values that were masked and can be looked for. */
  readonly searched: number;
  /** Different values that were masked and are too short or too ordinary to be looked for. */
  readonly notSearched: number;
}

/** Nothing that a browser writes is nested so deep; below it all is left out. */
const deepest = 100;

/** Keys whose values say what something is, and never a secret: masked there, the HAR would not be valid any more. */
const structural = new Set([
  'method',
  'httpVersion',
  'startedDateTime',
  'mimeType',
  'encoding',
  'status',
  'version',
  'name',
  'pageref',
  'id',
]);

/**
 * The document of a HAR with its secrets masked: headers, cookies, parameters and bodies, each read as what it is. Then whatever was
 * masked anywhere is masked everywhere else too, in every form. Keys, numbers, order and all other text stay as they are.
 */
export function sanitizeHar(document: JsonObject, { jwt }: SanitizeOptions): SanitizedHar {
  const masking = new Masking(jwt);
  const first = walk(document, '', '', '', masking, 0) as JsonObject;
  for (const address of addressesIn(document)) {
    if (masking.secrets.delete(address)) masking.ordinary.add(address);
  }
  const search = createSecretSearch(masking.secrets);
  const second = masking.secrets.size === 0 ? first : (again(first, '', '', search, masking) as JsonObject);
  return {
    document: second,
    count: masking.count,
    in: masking.countsIn,
    names: masking.names,
    places: masking.places,
    search,
    secrets: masking.secrets,
    searched: masking.secrets.size,
    notSearched: masking.ordinary.size,
  };
}

function walk(value: unknown, pointer: string, key: string, parent: string, masking: Masking, depth: number): unknown {
  masking.pointer = pointer;
  masking.in = placeOf(pointer, key, parent);
  if (typeof value === 'string') return walkString(value, key, masking);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return masking.mask('depth', 'nested too deep', 'weak');
  if (Array.isArray(value)) {
    return changed(
      value,
      value.map((one, index) => walk(one, `${pointer}/${index}`, String(index), key, masking, depth + 1)),
    );
  }
  const own = Object.entries(value as JsonObject).map(([name, one]): [string, unknown] => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const special = member(value as JsonObject, name, key, parent, at, masking);
    return [name, special ?? walk(one, at, name, key === '' || /^\d+$/.test(key) ? parent : key, masking, depth + 1)];
  });
  return own.every(([name, one]) => one === (value as JsonObject)[name]) ? value : Object.fromEntries(own);
}

/** The value of a member that the others beside it explain: the value of a name, the text of a MIME type. */
function member(
  of: JsonObject,
  name: string,
  key: string,
  list: string,
  pointer: string,
  masking: Masking,
): string | undefined {
  const value = of[name];
  if (typeof value !== 'string' || value === '') return undefined;
  masking.pointer = pointer;
  masking.in = placeOf(pointer, name, list);
  if (name === 'value' && typeof of['name'] === 'string') return maskedValue(of['name'], value, list, masking);
  if (name !== 'text' || (key !== 'content' && key !== 'postData')) return undefined;
  masking.in = key === 'postData' ? 'post data' : 'body';
  const mimeType = textOf(of['mimeType']);
  const text = contentText(of, value);
  if (text === undefined) return value;
  const masked = maskedBody(mimeType, text, masking);
  return masked === text ? value : textContent(of, masked);
}

function maskedValue(name: string, value: string, list: string, masking: Masking): string {
  if (list === 'headers') return maskedHeader(name, value, masking);
  const sensitivity = sensitivityOf(name) ?? (list === 'cookies' ? 'cookie' : undefined);
  return sensitivity === undefined ? maskedText(value, masking) : masking.mask(name, value, sensitivity);
}

function walkString(value: string, key: string, masking: Masking): string {
  const sensitivity = structural.has(key) ? undefined : sensitivityOf(key);
  if (sensitivity !== undefined) return masking.mask(key, value, sensitivity);
  return /^(?:url|redirectURL|documentURL)$/.test(key)
    ? maskedText(maskedAddress(value, masking), masking)
    : maskedText(value, masking);
}

function placeOf(pointer: string, key: string, parent: string): MaskedIn {
  if (parent === 'headers') return 'header';
  if (parent === 'cookies') return 'cookie';
  if (parent === 'queryString') return 'query';
  if (parent === 'params' || pointer.includes('/postData/')) return 'post data';
  if (/^(?:url|redirectURL|documentURL)$/.test(key)) return 'address';
  return pointer.includes('/content/') ? 'body' : 'other';
}

/** What was masked somewhere, masked where it stands else. */
function again(value: unknown, pointer: string, key: string, search: SecretSearch, masking: Masking): unknown {
  if (typeof value === 'string') {
    if (structural.has(key)) return value;
    const shown = search.masked(value);
    if (shown !== value) note(pointer, search.find(value)?.name, masking);
    return shown;
  }
  if (Array.isArray(value)) {
    return changed(
      value,
      value.map((one, index) => again(one, `${pointer}/${index}`, '', search, masking)),
    );
  }
  if (!isObject(value)) return value;
  const own = Object.entries(value).map(([name, one]): [string, unknown] => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const body = name === 'text' ? encodedAgain(value, search) : undefined;
    if (body !== undefined) {
      note(at, body.name, masking);
      return [name, body.text];
    }
    return [name, again(one, at, name, search, masking)];
  });
  return own.every(([name, one]) => one === value[name]) ? value : Object.fromEntries(own);
}

/** The base64 of a body in which a secret stands; nothing where none does. A body that is no text is left out as a whole. */
function encodedAgain(
  of: JsonObject,
  search: SecretSearch,
): { readonly text: string; readonly name: string } | undefined {
  const bytes = bodyBytes(of);
  if (bytes === undefined) return undefined;
  const text = contentText(of, textOf(of['text']));
  const hit = search.find(bytes.toString('latin1')) ?? (text === undefined ? undefined : search.find(text));
  if (hit === undefined) return undefined;
  const masked = text === undefined || text.includes('\0') ? undefined : search.masked(text);
  const shown = masked === undefined || masked === text ? '[body redacted]' : masked;
  return { text: textContent(of, shown), name: hit.name };
}

function note(pointer: string, name: string | undefined, masking: Masking): void {
  masking.pointer = pointer;
  masking.in = placeOf(pointer, pointer.split('/').at(-1) ?? '', '');
  masking.note(name ?? 'value');
}

/** The list itself where none of it has changed. */
function changed(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((one, index) => one === before[index]) ? before : after;
}

/** Hosts and addresses that were asked for: known to whoever has the HAR, and in it everywhere. */
function addressesIn(document: JsonObject): ReadonlySet<string> {
  const log = document['log'];
  const entries: readonly unknown[] = isObject(log) && Array.isArray(log['entries']) ? log['entries'] : [];
  const addresses = new Set<string>();
  for (const entry of entries) {
    const request = isObject(entry) ? entry['request'] : undefined;
    const url = isObject(request) ? textOf(request['url']) : '';
    const [, scheme = '', authority = '', path = ''] = /^([a-z][\w+.-]*):\/\/([^/?#@\s]+)([^?#\s]*)/i.exec(url) ?? [];
    for (const address of [authority, `${scheme}://${authority}`, `${scheme}://${authority}${path}`, path])
      addresses.add(address);
    addresses.add(authority.replace(/:\d+$/, ''));
  }
  return addresses;
}

export interface SecretLeft {
  /** JSON pointer to the string, or the object whose key it is; secrets in it are masked. */
  readonly pointer: string;
  readonly name: string;
  readonly form: SecretForm;
}

const mostLeft = 20;

/** Where in a document something stands that was to be masked, in strings, keys and bodies in base64: at most twenty places. */
export function secretsLeft(document: unknown, search: SecretSearch): readonly SecretLeft[] {
  const left: SecretLeft[] = [];
  const look = (text: string, pointer: string) => {
    const hit = search.find(text);
    if (hit === undefined || left.length >= mostLeft) return;
    left.push({ pointer: search.masked(pointer), name: hit.name, form: hit.form });
  };
  const pending: [value: unknown, pointer: string][] = [[document, '']];
  for (let next = pending.pop(); next !== undefined && left.length < mostLeft; next = pending.pop()) {
    const [value, pointer] = next;
    if (typeof value === 'string') look(value, pointer);
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value)) {
      const bytes = bodyBytes(value);
      if (bytes !== undefined) {
        look(bytes.toString('latin1'), `${pointer}/text`);
        look(bytes.toString('utf8'), `${pointer}/text`);
      }
    }
    for (const [name, one] of Object.entries(value)) {
      if (isObject(value)) look(name, pointer);
      pending.push([one, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`]);
    }
  }
  return left;
}
