import { printable } from './printable.js';

/** What a shell takes for nothing but itself wherever it stands. */
const plain = /^[\w./][\w./:@%+=,-]*$/;

/** An option that rg-diag wrote itself. */
const option = /^--?[a-z0-9][a-z0-9-]*$/;

/**
 * A word as it is typed into a shell: as it stands, or in quotation marks wherever it could be taken for something else. What
 * could forge a line or hide in one is spelled out (`\n`), and is then not the same word.
 */
export function shellQuoted(word: string): string {
  if (plain.test(word) || option.test(word)) return word;
  return `'${printable(word).replaceAll("'", "'\\''")}'`;
}

/** The line that starts rg-diag with these words. */
export function rgDiagLine(words: readonly string[]): string {
  return ['rg-diag', ...words].map(shellQuoted).join(' ');
}
