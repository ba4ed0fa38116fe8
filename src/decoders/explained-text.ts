import { cacheStatusOf } from '../knowledge/cache-statuses.js';
import { directReasonOf } from '../knowledge/direct-reasons.js';
import { edgeHeaderOf } from '../knowledge/edge-headers.js';
import { railgunFormOf } from '../knowledge/railgun-forms.js';
import { disputedName } from '../knowledge/source-conflicts.js';
import { shortened } from '../model/shortened.js';
import { type CfRailgun, cfRailgun } from './cf-railgun.js';
import { cfRay } from './cf-ray.js';
import { type CloudflareError, cloudflareError } from './cloudflare-error.js';
import { headerName, headerValue } from './header-value.js';
import { decodeListenerLine, isOpenEnded } from './listener-log-line.js';
import { listedCodes, type Spelling, spelledCodes, statusesOfCodes } from './spelled-code.js';
import { accessLogError, symptomsIn } from './web-server-line.js';

/** One thing that a text can be read as. `weak`: by its shape alone, where another reading fits better. */
export type Reading = Meaning & { readonly line?: number; readonly weak?: true };

type Meaning =
  /** A 5xx status or a 1xxx code that is listed; `error` is what the page or body around it says. */
  | {
      readonly kind: 'edge-error';
      readonly code: number;
      readonly spelling: Spelling | 'page';
      readonly error?: CloudflareError;
    }
  /** A status with which 1xxx codes come. */
  | { readonly kind: 'http-status'; readonly status: number }
  /** A line of an access log: the status is that of the server that logged it. */
  | { readonly kind: 'access-log'; readonly status: number; readonly method?: string; readonly path?: string }
  | { readonly kind: 'cache-status'; readonly value: string }
  /** A value of Cf-Railgun, or its flags word (form `flags`). */
  | { readonly kind: 'railgun'; readonly value: string; readonly form: CfRailgun['form']; readonly reason?: string }
  | { readonly kind: 'railgun-id'; readonly id: string }
  | { readonly kind: 'railgun-version'; readonly version: string }
  | { readonly kind: 'ray'; readonly id: string; readonly colo?: string }
  /** A line of the log of rg-listener, as it was written. */
  | { readonly kind: 'listener-line'; readonly id: string; readonly text: string; readonly ray?: string }
  /** What another program printed: the id of a symptom. */
  | { readonly kind: 'symptom'; readonly id: string; readonly text: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** A parameter, signal, file or header of which the sources say different things. */
  | { readonly kind: 'disputed'; readonly subject: string };

export interface RecognisedText {
  /** What it can be, the likeliest first; empty where it is nothing that is known. */
  readonly readings: readonly Reading[];
  /** A code that is spelled out and that no source lists. */
  readonly unlisted?: number;
}

/** Longer texts are looked at up to here, longer lines up to there; nobody's error is longer. */
const longestText = 65_536;
const longestLine = 4096;
const mostLines = 1000;
const mostReadings = 12;
const textOfReading = 500;

/** Lines that one line of a log is wrapped into. */
const mostWrapped = 8;

/**
 * Recognises what Cloudflare, Railgun, web servers, curl and browsers say about an error: a code in any spelling, a header,
 * a line of a log, an error page, or the output of curl -i. Never throws; bounded in what it looks at.
 */
export function recogniseText(given: string): RecognisedText {
  const text = given.slice(0, longestText).trim();
  const body = cloudflareError.decode(text);
  if (body.ok) {
    // A page may stand behind the head of the answer.
    const page = body.facts.form === 'html' ? text.search(/<!doctype|<html/i) : 0;
    return { readings: dedupe([...ofBody(body.facts), ...inLines(text.slice(0, page).split(lineEnd))]) };
  }
  const lines = text.split(lineEnd);
  const whole = lines.length === 1 || isWrapped(lines, text) ? listenerReading(text) : undefined;
  if (whole !== undefined) return { readings: [whole, ...rayOf(whole)] };
  return lines.length === 1 ? ofLine(text) : ofLines(lines, text);
}

/**
 * Whether the lines are one of a log, which may have been wrapped where it was pasted from. Lines that say something each
 * are several; the first may be one that goes on, where the whole says more than that.
 */
function isWrapped(lines: readonly string[], text: string): boolean {
  if (lines.length > mostWrapped) return false;
  const [begun, whole] = [decodeListenerLine(lines[0] ?? ''), decodeListenerLine(text)];
  const goesOn = begun !== undefined && isOpenEnded(begun) && whole !== undefined && !isOpenEnded(whole);
  return !lines.slice(goesOn ? 1 : 0).some((line) => readingsOfLine(line).length > 0);
}

/** A body says which code it is about, and may explain one that no source lists. */
function ofBody(error: CloudflareError): Reading[] {
  const { code, rayId } = error;
  const ray: Reading[] = rayId === undefined ? [] : rayReadings(rayId, {});
  return [{ kind: 'edge-error', code, spelling: 'page', error }, ...ray];
}

function ofLine(text: string): RecognisedText {
  const line = text.slice(0, longestLine);
  const readings = readingsOfLine(line);
  const all = dedupe([...readings, ...byShape(line, readings)]);
  const [unlisted] = spelledCodes(line).filter(({ code }) => isUnlisted(code));
  return { readings: all, ...(all.every(({ weak }) => weak) && unlisted !== undefined && { unlisted: unlisted.code }) };
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/;
/** Between the head of an answer and its body; with the mark of curl -v. */
const headEnd = /\r?\n(?:< ?)?\r?\n/;

function ofLines(lines: readonly string[], text: string): RecognisedText {
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 1) return ofLine((filled[0] ?? '').trim());
  const end = headEnd.exec(text);
  if (end !== null) {
    const body = cloudflareError.decode(text.slice(end.index + end[0].length));
    const head = text.slice(0, end.index).split(lineEnd);
    if (body.ok) return { readings: dedupe([...ofBody(body.facts), ...inLines(head)]) };
  }
  const readings = dedupe(inLines(lines));
  if (readings.length > 0) return { readings };
  const codes = lines.slice(0, mostLines).flatMap((line) => spelledCodes(line.trim().slice(0, longestLine)));
  const unlisted = codes.find(({ code, spelling }) => spelling !== 'bare' && code >= 500 && isUnlisted(code));
  return { readings, ...(unlisted !== undefined && { unlisted: unlisted.code }) };
}

/** Within a text only what says what it is: a word or number alone on a line can be anything. */
function inLines(lines: readonly string[]): Reading[] {
  const found: Reading[] = [];
  for (const [index, raw] of lines.slice(0, mostLines).entries()) {
    const line = raw.trim().slice(0, longestLine);
    if (line === '' || isBare(line)) continue;
    found.push(...readingsOfLine(line).map((reading) => ({ ...reading, line: index + 1 })));
    if (found.length > 4 * mostReadings) break;
  }
  return found;
}

function isBare(line: string): boolean {
  return /^[0-9a-z-]{1,20}$/i.test(line);
}

function isUnlisted(code: number): boolean {
  return !listedCodes().has(code) && !statusesOfCodes.includes(code);
}

/** What a line says by itself. */
function readingsOfLine(line: string): Reading[] {
  const listener = listenerReading(line);
  if (listener !== undefined) return [listener, ...rayOf(listener)];
  const access = accessLogError(line);
  if (access !== undefined) return [{ kind: 'access-log', ...access }];
  const railgun = railgunReading(line);
  const symptomsFound = symptomsIn(line).map(
    (id): Reading => ({ kind: 'symptom', id, text: shortened(line, textOfReading) }),
  );
  return [
    ...errorReadings(line),
    ...cacheReadings(line),
    ...symptomsFound,
    ...(railgun === undefined ? [] : [railgun]),
    ...rayReadings(line, {}),
    ...rayInPage(line),
    ...headerReadings(line),
    ...disputedReadings(line),
  ];
}

function errorReadings(line: string): Reading[] {
  return spelledCodes(line).flatMap(({ code, spelling }): Reading[] => {
    if (listedCodes().has(code)) return [{ kind: 'edge-error', code, spelling }];
    return statusesOfCodes.includes(code) ? [{ kind: 'http-status', status: code }] : [];
  });
}

const cacheName = headerName('cf', 'cache', 'status');

function cacheReadings(line: string): Reading[] {
  const { start, end } = headerValue(line, cacheName);
  const row = cacheStatusOf(line.slice(start, end));
  return row === undefined ? [] : [{ kind: 'cache-status', value: row.value }];
}

/** A whole value, with or without the name of the header; a flags word is a matter of shape. */
function railgunReading(line: string): Reading | undefined {
  const decoded = cfRailgun.decode(line);
  if (decoded.ok && decoded.facts.form !== 'flags') {
    const { form, reason } = decoded.facts;
    return { kind: 'railgun', value: shortened(line, textOfReading), form, ...(reason !== undefined && { reason }) };
  }
  const form = railgunFormOf(line.toLowerCase())?.form;
  if (form !== undefined && form !== 'flags') return { kind: 'railgun', value: form, form };
  const known = directReasonOf(line.replace(/^\((.*)\)$/, '$1'));
  if (known === undefined) return undefined;
  return { kind: 'railgun', value: `direct (${known.reason})`, form: 'direct', reason: known.reason };
}

/** What a word can be by its shape: a flags word, a version, the id of a connection. */
function byShape(line: string, better: readonly Reading[]): Reading[] {
  const weak = better.length > 0 ? ({ weak: true } as const) : {};
  const named = /^(?:0x[0-9a-f]{1,4}|flags?[ \t:=]{1,3}(?:0x)?[0-9a-f]{1,4})$/i.test(line);
  const word = line.replace(/^flags?[ \t:=]{1,3}/i, '');
  const isWord = /^[0-9a-f]{1,4}$/i.test(word) && (word.length === 4 || /\d/.test(word));
  // A number like 529 or 1999 is meant as a code.
  const asCode = !named && /^(?:[1-5]\d\d|1\d{3})$/.test(word);
  const found: Reading[] = [];
  if (named || isWord) {
    const meaning: Reading = { kind: 'railgun', value: word, form: 'flags' };
    // Flags words have one, two or four digits.
    if (named || !asCode) found.push({ ...meaning, ...weak });
    else if (word.length === 4) found.push({ ...meaning, weak: true });
  }
  if (!named && /^[0-9a-f]{4}$/i.test(word)) found.push({ kind: 'railgun-version', version: word, weak: true });
  if (/^[0-9a-f]{10}(?:\.\.\.)?$/i.test(word)) found.push({ kind: 'railgun-id', id: word.slice(0, 10), ...weak });
  return found;
}

function rayReadings(text: string, extra: { readonly weak?: true }): Reading[] {
  const decoded = cfRay.decode(text);
  if (!decoded.ok) return [];
  const { id, colo } = decoded.facts;
  return [{ kind: 'ray', id, ...(colo !== undefined && { colo }), ...extra }];
}

/** `Ray ID: 9d1f2c3b4a5e6f70`, as it stands on error pages. */
function rayInPage(line: string): Reading[] {
  const [, ray] = /\bRay ID: {0,3}([0-9a-f]{15,16}(?:-[A-Z]{3})?)(?![0-9a-z])/i.exec(line) ?? [];
  return ray === undefined ? [] : rayReadings(ray, {});
}

function listenerReading(text: string): Reading | undefined {
  const line = decodeListenerLine(text);
  if (line === undefined) return undefined;
  const { id, prefix } = line;
  // By itself it is the first line of an answer, whoever gave it.
  if (id === 'http-502' && prefix.tag === undefined) return undefined;
  return {
    kind: 'listener-line',
    id,
    text: shortened(text, textOfReading),
    ...(prefix.ray !== undefined && { ray: prefix.ray }),
  };
}

function rayOf(reading: Reading): Reading[] {
  return reading.kind === 'listener-line' && reading.ray !== undefined ? rayReadings(reading.ray, {}) : [];
}

/** `name: value`, also as JSON, and as a field of a rule: `name eq "value"`. */
const headerLine = /^(?:[<>] ?)?["']?([a-z][\w.-]{1,40})["']?[ \t]{0,9}(?::|={1,2}|eq(?= ))[ \t]{0,9}(.{0,300})$/i;

function headerReadings(line: string): Reading[] {
  const [, name = '', written = ''] = headerLine.exec(line) ?? [];
  const value = written.replace(/,$/, '').replace(/^(["'])(.*)\1$/, '$2');
  if (name.toLowerCase() === 'cf-error-type' && /^\d{3,5}$/.test(value)) return [];
  const row = edgeHeaderOf(name, value);
  if (row === undefined) return [];
  return [{ kind: 'header', name: row.name, value: shortened(value, 200) }];
}

/** `validate.cert`, `validate.cert = 0`, `SIGUSR2`. */
function disputedReadings(line: string): Reading[] {
  const [, name = ''] = /^([\w./-]{1,40})(?:[ \t]{0,9}[:=].{0,100})?$/.exec(line) ?? [];
  const subject = disputedName(name.replace(/^.*\//, ''));
  return subject === undefined ? [] : [{ kind: 'disputed', subject }];
}

/** The same thing once: of two, the one that says more. Those that only the shape speaks for come last. */
function dedupe(readings: readonly Reading[]): Reading[] {
  const byName = new Map<string, Reading>();
  for (const reading of readings) {
    const name = nameOf(reading);
    const before = byName.get(name);
    if (before === undefined || Object.keys(reading).length > Object.keys(before).length + 1) byName.set(name, reading);
  }
  const codes = [...byName.values()].flatMap((reading) => (reading.kind === 'edge-error' ? [reading.code] : []));
  // A status that only wraps the code in the body says nothing that the code does not say better.
  const hasInner = codes.some((code) => code >= 1000);
  const wraps = (reading: Reading) =>
    reading.kind === 'http-status' || (reading.kind === 'edge-error' && reading.code === 530);
  const all = [...byName.values()].filter((reading) => !hasInner || !wraps(reading));
  return [...all.filter(({ weak }) => !weak), ...all.filter(({ weak }) => weak)].slice(0, mostReadings);
}

function nameOf(reading: Reading): string {
  switch (reading.kind) {
    case 'edge-error':
      return `error ${reading.code}`;
    case 'http-status':
    case 'access-log':
      return `${reading.kind} ${reading.status}`;
    case 'cache-status':
      return `cache ${reading.value}`;
    case 'railgun':
      return `railgun ${reading.value}`;
    case 'railgun-id':
    case 'listener-line':
    case 'symptom':
    case 'ray':
      return `${reading.kind} ${reading.id.toLowerCase()}`;
    case 'railgun-version':
      return 'version';
    case 'header':
      return `header ${reading.name}`;
    case 'disputed':
      return `disputed ${reading.subject}`;
  }
}
