import { sources } from '../../../knowledge/sources.js';
import type { MapFound } from './map-rule.js';

/** What is known of the bytes of a file that editors put in and nobody sees. */
export interface InvisibleBytes {
  readonly file: string;
  /** The JSON pointer to a byte order mark at its beginning. */
  readonly mark?: string;
  /** Lines that end with CR LF or CR. */
  readonly carriageReturns: number;
  readonly isNotUtf8: boolean;
}

/** A byte order mark, ends of lines of Windows, no UTF-8: the same in both files. `part`: what they may become a part of. */
export const invisibleBytes = (part: string) => ({
  means: `The file of the package has none of it, and nothing says that rg-listener reads past it: it may become part of ${part}.`,
  remedy: 'Save it as plain text with the line ends of Unix (LF): sed -i "s/\\r$//" FILE.',
  cites: sources.packageFile,
  well: 'plain text with the line ends of Unix',
});

/** What is found of them in one file, which is at `pointer` in the facts. */
export function* findInvisibleBytes(
  { file, mark, carriageReturns: count, isNotUtf8 }: InvisibleBytes,
  pointer: string,
): Generator<MapFound> {
  const isWarning = { status: 'warn', code: 'malformed' } as const;
  if (mark !== undefined) {
    const edits = [{ file, line: 1, column: 1, length: 1, replacement: '' }];
    yield {
      ...isWarning,
      says: 'the file begins with a byte order mark',
      place: { file, line: 1, column: 1, length: 1 },
      evidence: [mark],
      remedy: 'Save it as UTF-8 without a byte order mark.',
      fix: { says: 'take the byte order mark away', edits },
    };
  }
  if (count > 0) {
    const says = `${count} ${count === 1 ? 'line ends' : 'lines end'} with a carriage return, as on Windows`;
    yield { ...isWarning, says, evidence: [`${pointer}/carriageReturns`] };
  }
  if (isNotUtf8) {
    const remedy = 'Save it as UTF-8, or write only ASCII into it.';
    const says = 'the file is no UTF-8: it was read as ISO 8859-1';
    yield { status: 'note', says, evidence: [`${pointer}/notUtf8`], remedy };
  }
}
