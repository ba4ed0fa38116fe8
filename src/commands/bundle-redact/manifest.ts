import { manifestSchema } from '../../decoders/bundle-manifest.js';
import { sha256 } from '../../decoders/sha256.js';
import type { LeftOut } from './facts.js';
import type { MaskedFile } from './mask.js';

interface ManifestHead {
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly anonymised: boolean;
}

/** The manifest of the new folder: what each file is, how much was masked in it, and what was left out. */
export function manifestText(
  { version, at, anonymised }: ManifestHead,
  masked: readonly MaskedFile[],
  leftOut: readonly LeftOut[],
): string {
  const files = masked.map(({ file, bytes }) => ({ file, bytes: bytes.length, sha256: sha256(bytes) }));
  const parts = [
    ...masked.map(({ file, masked: count, part }) => ({
      ...(part !== undefined && part.kind !== '' && { kind: part.kind }),
      file,
      what: part?.what ?? 'a file of the folder',
      how: part === undefined ? 'masked' : `${part.how}; masked again`,
      state: { state: 'collected', masked: count },
    })),
    ...leftOut.map(({ file, why }) => ({
      file,
      what: 'a file of the folder',
      how: 'left out',
      state: { state: 'missing', why },
    })),
  ];
  return `${JSON.stringify({ schema: manifestSchema, version, at, anonymised, parts, files }, undefined, 2)}\n`;
}
