import { utf16View } from './evidence-utf16.js';
import type { SecretForm } from './secret-forms.js';
import type { SecretSearch } from './secret-search.js';
import { decodeText } from './text-encoding.js';

/** Where a secret stands that was to be masked. */
export interface Leak {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What the secret is called. */
  readonly name: string;
  readonly form: SecretForm;
}

/** Leaks that are told. */
const mostLeaks = 20;

/**
 * Looks at the bytes of a file as they are on the disk, in every form: as UTF-8, as ISO 8859-1, and as UTF-16 where they are that.
 * At most `most` leaks, each line and name once. Linear.
 */
export function leaksIn(
  file: string,
  bytes: Uint8Array,
  search: SecretSearch,
  most: number = mostLeaks,
): readonly Leak[] {
  const leaks: Leak[] = [];
  const told = new Set<string>();
  for (const view of viewsOf(bytes)) {
    let line = 1;
    let lineEnd = view.indexOf('\n');
    for (const hit of search.hits(view)) {
      if (leaks.length >= most) break;
      while (lineEnd >= 0 && lineEnd < hit.at) {
        line += 1;
        lineEnd = view.indexOf('\n', lineEnd + 1);
      }
      const key = `${line} ${hit.name}`;
      if (told.has(key)) continue;
      told.add(key);
      leaks.push({ file, line, name: hit.name, form: hit.form });
    }
  }
  return leaks;
}

/** Every way to read the bytes that reads them differently. */
function viewsOf(bytes: Uint8Array): readonly string[] {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const { text } = decodeText(bytes);
  const wide = utf16View(raw);
  return [...new Set([text, raw, ...(wide === undefined ? [] : [wide.text])])];
}
