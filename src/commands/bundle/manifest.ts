import { sha256 } from '../../decoders/sha256.js';
import type { PartFacts } from './facts.js';

/** A file as it is written. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** The file that says what the others are; it is none of those that it lists. */
export const manifestFile = 'manifest.json';

export interface ManifestHead {
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly anonymised: boolean;
}

/** What each file is, how it was made, or why it is missing; and of every file but this one how large it is, with its SHA-256. */
export function manifestText(
  { version, at, anonymised }: ManifestHead,
  parts: readonly PartFacts[],
  files: readonly WrittenFile[],
): string {
  const listed = files.map(({ file, text }) => ({ file, bytes: Buffer.byteLength(text), sha256: sha256(text) }));
  const manifest = { schema: 'rg-diag-bundle/1', version, at, anonymised, parts, files: listed };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
