import type { SourcePlace } from '../../model/place.js';
import { printable } from '../../model/printable.js';
import { shortened } from '../../model/shortened.js';

/** A `location` of SARIF (3.28): the place in its file, or the target by its name where there is none. */
export function locationOf(place: SourcePlace | undefined, target: string): object {
  if (place === undefined || place.file === '') {
    return { logicalLocations: [{ fullyQualifiedName: shortened(printable(target), 1000) }] };
  }
  const region = regionOf(place);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(place.file) },
      ...(region !== undefined && { region }),
      ...(region !== undefined && place.column !== undefined && contextOf(place)),
    },
  };
}

/**
 * A file as a URI reference: relative as it was given, so that it is found from where the run was started, or `file://`.
 * Bytes that no URI may have are percent-encoded.
 */
export function uriOf(file: string): string {
  const encoded = file
    .split('/')
    // A lone surrogate has no UTF-8; it stands for the same as in a name that was not UTF-8 on the disk.
    .map((part) => encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\ufffd')))
    .filter((part, index) => part !== '.' && (part !== '' || index === 0));
  const path = encoded.join('/');
  return file.startsWith('/') ? `file://${path || '/'}` : path || '.';
}

/** A `region` (3.30); nothing where the place has no line. Absent lengths are points, as in a place. */
function regionOf({ line, column, length = 0, text }: SourcePlace): object | undefined {
  if (!isCount(line)) return undefined;
  if (!isCount(column)) return { startLine: line, ...(text !== undefined && { snippet: { text } }) };
  return { startLine: line, startColumn: column, endColumn: column + (isCount(length) ? length : 0) };
}

/** The whole line around what is meant. */
function contextOf({ line, text }: SourcePlace): object {
  return text === undefined ? {} : { contextRegion: { startLine: line, snippet: { text } } };
}

/** Whether it is a number that a line or column can have. */
export function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0;
}
