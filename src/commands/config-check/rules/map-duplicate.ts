import type { NatEntry } from '../../../decoders/railgun-nat.js';
import { isSameHost } from '../../../decoders/railgun-target.js';
import { bracketed } from '../../../model/endpoint.js';
import type { SafeFix } from '../../../model/place.js';
import { type EntryAt, type MapAt, sidePlace } from '../map-reading.js';
import { mapRule } from './map-rule.js';

/** Whether every host, every host and port, and default are there once. */
export const mapDuplicate = mapRule({
  id: 'map-duplicate',
  means: 'Which of the lines rg-listener goes by is documented nowhere; rg-diag takes the last one.',
  remedy: 'Keep one of the lines.',
  cites: '',
  well: 'every name is there once',
  *find(at) {
    const last = new Map<string, EntryAt>();
    const { problems } = at.map;
    // How many lines that cannot be read come before; both lists go down the file.
    let passed = 0;
    for (const each of at.entries) {
      const { entry, pointer } = each;
      const name = nameText(entry);
      while ((problems[passed]?.line ?? entry.line) < entry.line) passed += 1;
      const before = last.get(name);
      last.set(name, each);
      if (before === undefined) continue;
      const found = { evidence: [pointer, before.pointer], place: sidePlace(at, entry, 'key') };
      if (leadsElsewhere(entry, before.entry)) {
        const says = `${name} is in line ${before.entry.line} too, and leads elsewhere there`;
        yield { status: 'warn', code: 'conflicting-settings', says, ...found };
        continue;
      }
      // One between them may be for the same, once it is put right: then it would be the last.
      const isBetween = (problems[passed - 1]?.line ?? 0) > before.entry.line;
      const fix = isBetween ? undefined : fixOf(at, entry, before.entry);
      const says = `${name} is in line ${before.entry.line} too, with the same target`;
      yield { status: 'warn', code: 'duplicate-key', says, ...found, ...(fix !== undefined && { fix }) };
    }
  },
});

/** `example.com:2083` */
function nameText({ name, port }: NatEntry): string {
  return port === undefined ? name : `${bracketed(name)}:${port}`;
}

function leadsElsewhere({ target: one }: NatEntry, { target: other }: NatEntry): boolean {
  return one.port !== other.port || !isSameHost(one.host, other.host);
}

/** The line goes, with the end of the one before it, so that the last line of a file is none that is special. */
function fixOf({ map }: MapAt, { line }: NatEntry, before: NatEntry): SafeFix | undefined {
  const text = map.lines[line - 1] ?? '';
  // Ends of two characters would have to be told from those of one.
  if (text.trim() !== map.lines[before.line - 1]?.trim() || map.carriageReturns > 0) return undefined;
  const column = (map.lines[line - 2]?.length ?? 0) + 1;
  const edits = [{ file: map.path, line: line - 1, column, length: text.length + 1, replacement: '' }];
  return { says: 'take this line out', edits };
}
