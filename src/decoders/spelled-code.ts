import { edge5xx } from '../knowledge/edge-5xx.js';
import { codesWithCategory } from '../knowledge/edge-error-categories.js';
import { edgeErrorCodes } from '../knowledge/edge-errors.js';

/** How a code was written: alone, after a word such as error, as a line of HTTP, as a header, by its name. */
export type Spelling = 'bare' | 'words' | 'status-line' | 'header' | 'name';

export interface SpelledCode {
  readonly code: number;
  readonly spelling: Spelling;
}

/** Statuses that answers with a 1xxx code have and that are not errors of the edge by themselves. */
export const statusesOfCodes: readonly number[] = [403, 409, 429];

const bare = /^\d{3,5}$/;
const statusLine = /^(?:[<*] ?)?HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/i;
const header =
  /^(?:[<] ?)?["']?(?:cf-error-type|cf-error-code|error_code|cf\.response\.1xxx_code|:status|status)["']?[ \t]{0,9}(?::|=|eq)[ \t]{0,9}["']?(\d{3,5})["']?,?$/i;
const words =
  /(?:^|[^a-z])(?:error|err|http|status|cloudflare|code)(?:[ \t]{1,3}(?:error|status|code|page|is|was)){0,3}[ \t]{0,3}[:=#(]?[ \t]{0,3}(\d{3,5})(?![\d.,]*\d|[a-z_])/gi;
/** The title of an error page: `example.com | 522: Connection timed out`, `522: Connection timed out`. */
const title = /(?:^|\| )(\d{3}): [a-z]/i;
/** In the middle of a sentence only what comes with the word error. */
const trailing = /(?:^|[^a-z\d])(\d{3,4})[ \t]{1,3}errors?(?![a-z])/i;

let listed: ReadonlySet<number> | undefined;

/** Every code that some source says something about: 5xx, 1xxx, and those of which only the category is known. */
export function listedCodes(): ReadonlySet<number> {
  listed ??= new Set([...edge5xx.map(({ code }) => code), ...edgeErrorCodes(), ...codesWithCategory()]);
  return listed;
}

/**
 * The codes that a line spells out, listed or not, in the order in which they stand there; nothing where it is about
 * something else. To be given lines of bounded length.
 */
export function spelledCodes(line: string): SpelledCode[] {
  const text = line.trim();
  if (bare.test(text)) return [{ code: Number(text), spelling: 'bare' }];
  const [, status] = statusLine.exec(text) ?? [];
  if (status !== undefined) return [{ code: Number(status), spelling: 'status-line' }];
  const [, value] = header.exec(text) ?? [];
  if (value !== undefined) return [{ code: Number(value), spelling: 'header' }];
  const named = byName(text);
  if (named !== undefined) return [{ code: named, spelling: 'name' }];
  const [, titled] = title.exec(text) ?? [];
  const found = [...text.matchAll(words)].map(([, code]) => Number(code));
  const [, before] = trailing.exec(text) ?? [];
  const codes = [
    ...(titled === undefined ? [] : [Number(titled)]),
    ...found,
    ...(before === undefined ? [] : [Number(before)]),
  ];
  return [...new Set(codes)].filter(isInRange).map((code) => ({ code, spelling: 'words' }));
}

/** Nobody means one of these by a number that stands in a sentence. */
function isInRange(code: number): boolean {
  return (code >= 500 && code < 600) || (code >= 1000 && code < 2000) || statusesOfCodes.includes(code);
}

/** `Web server is down`, `connection_timeout`: the title of a page, or the name in the JSON of an error. */
function byName(text: string): number | undefined {
  const name = text
    .toLowerCase()
    .replace(/^error:? {1,3}/, '')
    .replaceAll('_', ' ')
    .replace(/[.!]$/, '');
  if (name === 'connection timeout') return 522;
  if (name === 'rate limited') return 1015;
  return edge5xx.find((row) => row.title.toLowerCase() === name)?.code;
}

/** The listed code that is nearest, the smaller one of two. */
export function nearestCode(code: number): number {
  let nearest = 500;
  for (const candidate of listedCodes()) {
    const [a, b] = [Math.abs(candidate - code), Math.abs(nearest - code)];
    if (a < b || (a === b && candidate < nearest)) nearest = candidate;
  }
  return nearest;
}
