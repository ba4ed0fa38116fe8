import { codesOf1xxx, edge1xxxOf } from './edge-1xxx.js';
import { edge5xx, edge5xxOf } from './edge-5xx.js';
import { edgeErrorResponseOf } from './edge-error-categories.js';

/** An error that Cloudflare's edge answers with itself: a 5xx status, or a 1xxx code in the body of the answer. */
export interface EdgeError {
  readonly code: number;
  /** What happened, without a full stop. */
  readonly cause: string;
  /** What to do about it, a sentence. */
  readonly remedy: string;
  readonly source: string;
}

/** No page explains these two: they have a name, and a time after which to try again. */
const named: Readonly<Record<number, string>> = {
  1038: 'the limit of HTTP headers',
  1205: 'too many redirects',
};

/** What an error of the edge means, in a line; nothing where no source says so. */
export function edgeErrorOf(code: number): EdgeError | undefined {
  const row = edge5xxOf(code) ?? edge1xxxOf(code);
  if (row !== undefined) {
    const { cause, remedy, source } = row;
    return { code, cause, remedy, source };
  }
  const cause = Object.hasOwn(named, code) ? named[code] : undefined;
  if (cause === undefined) return undefined;
  const { retryAfter, source } = edgeErrorResponseOf(code);
  return { code, cause, remedy: `Try again after ${retryAfter} s.`, source };
}

/** Every code that `edgeErrorOf` knows, ascending. */
export function edgeErrorCodes(): number[] {
  return [...edge5xx.map(({ code }) => code), ...codesOf1xxx(), ...Object.keys(named).map(Number)].sort(
    (a, b) => a - b,
  );
}
