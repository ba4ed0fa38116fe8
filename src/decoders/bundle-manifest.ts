import type { Failure } from '../model/failure.js';

/** What a bundle says of itself, as far as others rely on it. */
export interface BundleManifest {
  /** Of the rg-diag that made it. */
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly anonymised: boolean;
  /** Every file but the manifest itself. */
  readonly files: readonly ListedFile[];
  /** What the files are, and what is missing. */
  readonly parts: readonly ListedPart[];
}

export interface ListedFile {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal, in small letters. */
  readonly sha256: string;
}

export interface ListedPart {
  readonly file: string;
  readonly kind: string;
  readonly what: string;
  readonly how: string;
}

export const manifestSchema = 'rg-diag-bundle/1';

/** The name of the manifest in its bundle. */
export const manifestName = 'manifest.json';

/** Files and parts that are read: no bundle has nearly as many. */
const mostFiles = 10_000;

/** UTF-16 units that are kept of each word in it. */
const longestWord = 300;

/** Reads the manifest of a bundle, or says why it is none. Never throws. */
export function decodeManifest(text: string): BundleManifest | Failure {
  const manifest = objectOf(text);
  if (manifest === undefined) return malformed('expected a JSON object');
  const { schema, version, at, anonymised, files, parts } = manifest;
  if (schema !== manifestSchema) return malformed(`expected the schema ${manifestSchema}`);
  if (!Array.isArray(files) || files.length > mostFiles) return malformed('expected a list of its files');
  const listed = files.map(fileOf);
  const wrong = listed.indexOf(undefined);
  if (wrong >= 0) return malformed(`file ${wrong + 1} of its list has no name, size or SHA-256 that could be one`);
  const whole = listed.filter((file) => file !== undefined);
  if (new Set(whole.map(({ file }) => file)).size < whole.length) return malformed('a file is listed twice');
  return {
    version: word(version),
    at: word(at),
    anonymised: anonymised === true,
    files: whole,
    parts: (Array.isArray(parts) ? parts : []).slice(0, mostFiles).flatMap(partOf),
  };
}

/**
 * The manifest without what looks like a secret and is none: sizes and sums. What is left is to be looked through like any other
 * file. Nothing where it is no JSON.
 */
export function manifestWithoutSums(text: string): string | undefined {
  const manifest = objectOf(text);
  if (manifest === undefined) return undefined;
  const isSum = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
  return JSON.stringify(manifest, (key, value: unknown) => (key === 'sha256' && isSum(value) ? '' : value), 2);
}

function fileOf(value: unknown): ListedFile | undefined {
  if (!isObject(value)) return undefined;
  const { file, bytes, sha256 } = value;
  if (!isFileName(file) || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256)) return undefined;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return undefined;
  return { file, bytes, sha256: sha256.toLowerCase() };
}

function partOf(value: unknown): ListedPart[] {
  if (!isObject(value) || !isFileName(value['file'])) return [];
  const { file, kind, what, how } = value;
  return [{ file, kind: word(kind), what: word(what), how: word(how) }];
}

/** One in the folder itself: a manifest leads nowhere else. */
function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\0]{1,255}$/.test(name) && name !== '.' && name !== '..';
}

function word(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestWord) : '';
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(detail: string): Failure {
  return { code: 'malformed', step: 'decode', blame: 'us', detail: `${manifestName}: ${detail}` };
}
