import { manifestName, manifestWithoutSums } from '../../decoders/bundle-manifest.js';
import { type ChangedLines, changedLines } from '../../decoders/changed-lines.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { redactEvidence } from '../../decoders/evidence-redacted.js';
import { utf16View } from '../../decoders/evidence-utf16.js';
import { sha256 } from '../../decoders/sha256.js';
import { decodeText } from '../../decoders/text-encoding.js';

/** Lines of a file that are named. */
const mostLines = 20;

/** What a file is, and what in it would be masked. */
export interface LookedThrough {
  readonly sha256: string;
  readonly binary?: true;
  readonly unmasked: ChangedLines;
  /** Secret → what it is called: what would be masked. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly notSearched: number;
}

/** Masks a file again: what that changes is secret. */
export function lookThrough(file: string, bytes: Uint8Array): LookedThrough {
  const own = sha256(bytes);
  const { text } = decodeText(bytes);
  if (text.includes('\0') && utf16View(Buffer.from(bytes).toString('latin1')) === undefined) {
    return { sha256: own, binary: true, unmasked: { lines: [], count: 0 }, secrets: new Map(), notSearched: 0 };
  }
  // The sums of the manifest look like secrets, and are none.
  const judged = (file === manifestName ? manifestWithoutSums(text) : undefined) ?? text;
  const again = redactEvidence(evidenceKindOf(file, judged), judged);
  return {
    sha256: own,
    unmasked: changedLines(judged, again.text, mostLines),
    secrets: again.secrets,
    notSearched: again.notSearched,
  };
}
