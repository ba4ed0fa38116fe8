import type { SafeFix, SourceEdit, SourcePlace } from '../../model/place.js';
import { isCount, uriOf } from './location.js';
import { message, sentence } from './message.js';

/**
 * A `fix` of SARIF (3.55); nothing where one of its edits cannot be said for sure: half a fix is none.
 */
export function fixOf({ says, edits }: SafeFix, place: SourcePlace | undefined): object | undefined {
  const changes = new Map<string, object[]>();
  for (const edit of edits) {
    const deletedRegion = regionOf(edit, place);
    if (deletedRegion === undefined) return undefined;
    const replacements = changes.get(edit.file) ?? [];
    replacements.push({ deletedRegion, insertedContent: { text: edit.replacement } });
    changes.set(edit.file, replacements);
  }
  if (changes.size === 0) return undefined;
  return {
    description: message(sentence(says)),
    artifactChanges: [...changes].map(([file, replacements]) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements,
    })),
  };
}

/** An edit may go over the end of its line, a region may not: then it ends where the next line begins. */
function regionOf({ file, line, column, length, replacement }: SourceEdit, place: SourcePlace | undefined) {
  if (file === '' || !isCount(line) || !isCount(column) || !(length === 0 || isCount(length))) return undefined;
  const within = { startLine: line, startColumn: column, endColumn: column + length };
  const text = place?.file === file && place.line === line ? place.text : undefined;
  // How long the line is nobody says, and this may be all of it.
  if (text === undefined) return column === 1 && length > 0 && replacement === '' ? undefined : within;
  const beyond = column - 1 + length - text.length;
  if (beyond <= 0) return within;
  // One line end, CR LF at the most.
  return beyond > 2 ? undefined : { startLine: line, startColumn: column, endLine: line + 1, endColumn: 1 };
}
