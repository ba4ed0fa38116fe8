import { isTellingEvidence } from './evidence-names.js';
import { joinedHex, joinedLines } from './joined-lines.js';
import { createNeedleTable, type Needle, type NeedleTable } from './needle-table.js';
import { formsOfSecret, type SecretForm, shortestSecret } from './secret-forms.js';
import { type EscapeKind, nextEscape, type Reading, undoneEscapes } from './undone-escapes.js';

export interface SecretHit {
  /** Offset in UTF-16 units. */
  readonly at: number;
  readonly end: number;
  readonly form: SecretForm;
  /** What the secret is called. */
  readonly name: string;
}

export interface SecretSearch {
  /** The first hit. */
  find(text: string): SecretHit | undefined;
  /** All hits by where they begin; one may begin in another. */
  hits(text: string): Iterable<SecretHit>;
  /** The text with `[name redacted]` in the place of every hit: `find` finds none of them any more. */
  masked(text: string): string;
}

/** UTF-16 units of a needle: what is longer is looked for by its beginning, which is as telling. */
const longestNeedle = 256;

/** Units of a text that are read at once, and how far what begins in them may reach beyond. */
const chunkUnits = 1 << 16;
const overlap = 1 << 13;

/** JSON in a URL in JSON …: below this nobody looks. */
const deepest = 4;

/** Units of the beginning of a secret, and its share, from which on it gives the secret away where the rest was cut off. */
const shortestBeginning = 12;
const leastShare = 0.5;

/** Units of what is left of a secret where a mask took the rest. */
const shortestRest = 8;

interface Tables {
  /** Every form as it is written. */
  readonly written: NeedleTable;
  /** Those that may have escapes in them, as `undoneEscapes` reads them. */
  readonly undone: NeedleTable;
  readonly hex: NeedleTable;
}

/**
 * Secrets that a set of files tells by itself and that are looked for in all of them: each has dozens of forms, which take memory. A
 * log may have another in every line; those stand nowhere else.
 */
export const mostSecretsFound = 3000;

/**
 * Looks for many secrets in every form at once: each form as it is written; with any of its characters escaped, and those escapes
 * escaped; parted by line ends; in rows of hexadecimal digits; and cut off by an ellipsis. Linear in the text, whatever the number of
 * secrets.
 */
export function createSecretSearch(secrets: ReadonlyMap<string, string>): SecretSearch {
  const tables = tablesOf(secrets);
  const isIdle = tables.written.longest === 0;
  // No secret is called by another one.
  const unnamed = new Set(
    isIdle ? [] : namesIn(secrets).filter((name) => hitsIn(markOf(name), tables).next().done !== true),
  );
  const hits = function* (text: string): Generator<SecretHit> {
    if (isIdle) return;
    for (const hit of hitsIn(text, tables)) yield unnamed.has(hit.name) ? { ...hit, name: 'value' } : hit;
  };
  // The same text is asked for again and again while a file is masked.
  let clean = '';
  const find = (text: string): SecretHit | undefined => {
    if (text === clean) return undefined;
    for (const hit of hits(text)) return hit;
    if (text.length >= longestNeedle) clean = text;
    return undefined;
  };
  const masked = (text: string): string => {
    if (text === clean) return text;
    const parts: string[] = [];
    let from = 0;
    for (const hit of hits(text)) {
      if (hit.end <= from) continue;
      if (hit.at >= from) parts.push(text.slice(from, hit.at), markOf(hit.name));
      from = hit.end;
      // Where a secret is only the beginning of another, or of what was looked for, the rest goes too.
      const rest = hit.end - hit.at >= longestNeedle ? /[\w+/=%.~-]/ : /[\w=-]/;
      while (from < text.length && rest.test(text.charAt(from))) from += 1;
    }
    return from === 0 ? text : parts.join('') + text.slice(from);
  };
  return { find, hits, masked };
}

function* hitsIn(text: string, tables: Tables): Generator<SecretHit> {
  if (text.length < shortestSecret) return;
  for (let from = 0; from < text.length; from += chunkUnits) {
    const found = hitsOfChunk(text, from, tables);
    if (found.length > 1) found.sort((a, b) => a.at - b.at || b.end - a.end);
    yield* found;
  }
}

function namesIn(secrets: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(secrets.values())];
}

/** What stands in the place of a secret. */
function markOf(name: string): string {
  return `[${name} redacted]`;
}

function hitsOfChunk(text: string, from: number, tables: Tables): SecretHit[] {
  const hits: SecretHit[] = [];
  const to = Math.min(text.length, from + chunkUnits);
  const add = ({ form, name }: Needle, at: number, end: number) => {
    if (at < to) hits.push({ at, end, form, name });
  };
  eachFound(tables.written, text, from, to, add);
  const chunk = from === 0 && text.length <= chunkUnits ? text : text.slice(from, to + overlap);
  for (const kind of ['marked', 'quoted-printable'] as const) {
    for (const { start, end } of windowsOf(chunk, kind, tables.undone.longest)) {
      let reading = undoneEscapes(chunk, start, end, kind);
      for (let depth = 1; ; depth += 1) {
        const { text: said, origin } = reading;
        eachFound(tables.undone, said, 0, said.length, (needle, at, end) => {
          const start = from + origin(at);
          const stop = from + origin(end);
          const isPlain = needle.form === 'plain' || needle.form === 'bytes';
          add(isPlain ? { ...needle, form: escapedForm(text.slice(start, stop)) } : needle, start, stop);
        });
        if (depth === deepest || !hasEscape(said)) break;
        reading = within(reading, undoneEscapes(said, 0, said.length, 'marked'));
      }
    }
  }
  for (const { text: said, origin, isAcross } of joinedLines(chunk, tables.written.longest))
    eachFound(tables.written, said, 0, said.length, (needle, at, end) => {
      if (isAcross(at, end)) add(needle, from + origin(at), from + origin(end - 1) + 1);
    });
  for (const { text: said, origin } of joinedHex(chunk))
    eachFound(tables.hex, said, 0, said.length, (needle, at, end) =>
      add(needle, from + origin(at), from + origin(end - 1) + 1),
    );
  return hits;
}

/** What is there as a whole, and beginnings that were cut off. */
function eachFound(
  table: NeedleTable,
  text: string,
  from: number,
  to: number,
  found: (needle: Needle, at: number, end: number) => void,
): void {
  let cutOffAt: ((at: number) => number | undefined) | undefined;
  table.scan(text, from, to, (needle, at, isBeginning) => {
    const end = at + needle.text.length;
    if (isBeginning) cutOffAt ??= createCuts(text);
    const stop = isBeginning ? cutOffAt?.(end) : end;
    if (stop !== undefined) found(needle, at, stop);
  });
}

interface Window {
  readonly start: number;
  readonly end: number;
}

/** Where a text has escapes, and what is around them. */
function windowsOf(text: string, kind: EscapeKind, reach: number): readonly Window[] {
  const windows: { start: number; end: number }[] = [];
  for (let at = nextEscape(text, 0, kind); at < text.length; at = nextEscape(text, at + 1, kind)) {
    const last = windows.at(-1);
    const end = Math.min(text.length, at + reach * 2);
    if (last !== undefined && at - reach <= last.end) last.end = end;
    else windows.push({ start: Math.max(0, at - reach), end });
  }
  return windows;
}

function hasEscape(text: string): boolean {
  return nextEscape(text, 0, 'marked') < text.length;
}

/** A reading of a reading. */
function within(outer: Reading, inner: Reading): Reading {
  return { text: inner.text, origin: (at) => outer.origin(inner.origin(at)) };
}

function escapedForm(written: string): SecretForm {
  return /%[\da-f]{2}/i.test(written) ? 'URL-encoded' : 'escaped';
}

/** Where the words of a text end with an ellipsis: as it is, in three dots, or in the bytes of UTF-8. Asked from the beginning on. */
function createCuts(text: string): (at: number) => number | undefined {
  const ends = /[\s"'<>…]|\.{3}|\xe2\x80\xa6/g;
  let from = 0;
  let end = -1;
  let isCut = false;
  return (at) => {
    if (at < from || at > end) {
      ends.lastIndex = at;
      const found = ends.exec(text);
      from = at;
      end = found?.index ?? text.length;
      isCut = found !== null && /^(?:…|\.{3}|\xe2)/.test(found[0]);
    }
    return isCut && end - at <= longestNeedle ? end : undefined;
  };
}

function tablesOf(secrets: ReadonlyMap<string, string>): Tables {
  const written: Needle[] = [];
  const undone: Needle[] = [];
  const hex: Needle[] = [];
  const beginnings: Needle[] = [];
  const undoneBeginnings: Needle[] = [];
  const undo = (needle: Needle) =>
    undoneForms(needle.text).flatMap((text): Needle[] =>
      text === needle.text ? [needle] : text.length < shortestSecret ? [] : [{ ...needle, text }],
    );
  for (const [secret, name] of secrets) {
    for (const { form, text } of formsOfSecret(secret)) {
      const needle: Needle = { text: text.slice(0, longestNeedle), form, name };
      written.push(needle);
      if (form === 'hex' && !/[A-F]/.test(text)) hex.push(needle);
      if (form === 'plain' || form === 'bytes' || form === 'base64') undone.push(...undo(needle));
    }
    for (const text of restsOf(secret)) written.push({ text, form: 'plain', name });
    const units = Math.max(shortestBeginning, Math.ceil(Math.min(secret.length, longestNeedle) * leastShare));
    if (secret.length <= units) continue;
    const beginning: Needle = { text: secret.slice(0, units), form: 'plain', name };
    beginnings.push(beginning);
    undoneBeginnings.push(...undo(beginning));
  }
  return {
    written: createNeedleTable(written, beginnings),
    undone: createNeedleTable(undone, undoneBeginnings),
    hex: createNeedleTable(hex),
  };
}

/** A secret as `undoneEscapes` leaves it, which may take something in the secret itself for an escape. */
function undoneForms(secret: string): readonly string[] {
  // Nothing in it is an escape, or begins one.
  if (!/[\\%&+]/.test(secret)) return [secret];
  const forms = new Set([secret.replaceAll('\\', '').replaceAll('+', ' ')]);
  let text = secret;
  for (let depth = 1; depth <= deepest; depth += 1) {
    text = undoneEscapes(text, 0, text.length, 'marked').text;
    forms.add(text);
  }
  return [...forms];
}

/** What is left where a part of a secret was masked for its shape: a long run of letters and digits. */
function restsOf(secret: string): readonly string[] {
  return secret
    .split(/[0-9A-Za-z]{20,}/)
    .map((rest) => rest.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(
      (rest) =>
        rest.length >= shortestRest &&
        rest.length < secret.length &&
        /\d/.test(rest) &&
        /[a-z]/i.test(rest) &&
        isTellingEvidence(rest),
    );
}
