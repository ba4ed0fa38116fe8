import { decodeRailgunNat, type NatProblem } from '../../../decoders/railgun-nat.js';
import { isQuoted } from '../../../decoders/railgun-slips.js';
import { sources } from '../../../knowledge/sources.js';
import type { SafeFix } from '../../../model/place.js';
import { type MapAt, mapPlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Whether every line of the map is name=target, with names, addresses and ports that can be ones. */
export const mapLine = mapRule({
  id: 'map-line',
  means:
    'A line is HOST = ADDRESS, HOST:PORT = ADDRESS:PORT or default = ADDRESS, a comment, or blank: this one does nothing that can be known.',
  remedy: 'Write HOST = ADDRESS, or put a # before the line.',
  cites: `${sources.railgunProblems}; ${sources.railgunBalancers}`,
  well: 'every line of the map can be read',
  *find(at) {
    for (const [index, problem] of at.map.problems.entries()) {
      const { line, column, says } = problem;
      if (isDefaultWithPort(at, problem)) continue;
      const fix = fixOf(at, problem);
      yield {
        status: 'fail',
        code: 'invalid-value',
        says,
        evidence: [`${at.pointer}/problems/${index}`],
        place: mapPlace(at, line, { column }),
        ...(fix !== undefined && { fix }),
      };
    }
  },
});

/** `default:8080 = …`, which another rule is about. */
export function isDefaultWithPort({ map }: MapAt, { line, column, code }: NatProblem): boolean {
  if (code !== 'bad-port') return false;
  return /^default\s*:\s*[0-9]{1,5}\s*=/i.test(map.lines[line - 1]?.slice(column - 1) ?? '');
}

/** A semicolon and quotation marks are taken away where an address or a name is left. */
function fixOf({ map }: MapAt, { line, column, code }: NatProblem): SafeFix | undefined {
  if (code !== 'bad-target') return undefined;
  const text = map.lines[line - 1] ?? '';
  const value = text.slice(column - 1).trimEnd();
  const isEnded = value.endsWith(';');
  const replacement = withoutMarks(isEnded ? value.slice(0, -1).trimEnd() : value);
  // What is not shown is not there to be put right.
  if (replacement === value || replacement.includes('*')) return undefined;
  const { entries } = decodeRailgunNat(`a.example = ${replacement}`);
  if (entries.length === 0) return undefined;
  const edits = [{ file: map.path, line, column, length: value.length, replacement }];
  return { says: isEnded ? 'take the semicolon away' : 'take the quotation marks away', edits };
}

function withoutMarks(value: string): string {
  return isQuoted(value) ? value.slice(1, -1) : value;
}
