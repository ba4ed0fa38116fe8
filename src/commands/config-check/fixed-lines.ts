import type { Block } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import type { ConfigFacts } from './facts.js';

type Edit = NonNullable<ConfigFacts['fixed']>['edits'][number];

/** A line that `--fix` changed, as it was counted before, and what was done there. */
export interface FixedLine {
  readonly file: string;
  readonly line: number;
  readonly did: readonly string[];
}

/** Lines that are shown one by one, and named in a sentence. */
const mostShown = 100;
const fewNamed = 10;

/** What each rule does, in the words of a report; what a value became says the edit itself. */
const words: Readonly<Record<string, string>> = {
  'config-check/semicolon': 'semicolon taken away',
  'config-check/quotation-marks': 'quotation marks taken away',
  'config-check/encoding': 'byte order mark taken away',
  'config-check/map-encoding': 'byte order mark taken away',
  'config-check/duplicate-key': 'line taken out: an earlier one says the same',
  'config-check/map-duplicate': 'line taken out: an earlier one says the same',
};

/** Line by line what `--fix` did, file by file. */
export function fixedLines({ fixed }: ConfigFacts): FixedLine[] {
  const files = new Map<string, Map<number, Set<string>>>();
  for (const edit of fixed?.edits ?? []) {
    const lines = files.get(edit.file) ?? new Map<number, Set<string>>();
    files.set(edit.file, lines);
    const line = lineOf(edit);
    lines.set(line, (lines.get(line) ?? new Set()).add(whatOf(edit)));
  }
  return [...files].flatMap(([file, lines]) =>
    [...lines].sort(([a], [b]) => a - b).map(([line, did]) => ({ file, line, did: [...did] })),
  );
}

/** A line of a map goes with the end of the one before it, where its edit begins. */
function lineOf({ rule, line }: Edit): number {
  return rule === 'config-check/map-duplicate' ? line + 1 : line;
}

function whatOf({ rule, replacement }: Edit): string {
  return words[rule] ?? (rule === 'config-check/map-line' ? `the target is ${replacement} now` : 'changed');
}

/** `/etc/railgun/railgun.conf: lines 2, 3 and 12 more` */
export function fixedPlaces(facts: ConfigFacts): string {
  const files = new Map<string, number[]>();
  for (const { file, line } of fixedLines(facts)) files.set(file, [...(files.get(file) ?? []), line]);
  const texts = [...files].map(([file, lines]) => {
    const more = lines.length > fewNamed ? ` and ${grouped(lines.length - fewNamed)} more` : '';
    return `${file}: ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, fewNamed).join(', ')}${more}`;
  });
  const more = texts.length > fewNamed ? `; and ${grouped(texts.length - fewNamed)} more files` : '';
  return `${texts.slice(0, fewNamed).join('; ')}${more}`;
}

/** The table of what `--fix` did; nothing where it did nothing. */
export function fixedBlocks(facts: ConfigFacts): Block[] {
  const lines = fixedLines(facts);
  if (lines.length === 0) return [];
  const rows = lines.slice(0, mostShown).map(({ file, line, did }) => [`${file}:${line}`, did.join(', ')]);
  if (lines.length > mostShown) rows.push([`${grouped(lines.length - mostShown)} more lines`, '']);
  const columns = [
    { title: 'Put right', align: 'left' as const },
    { title: 'What was done', align: 'left' as const },
  ];
  return [{ kind: 'table', columns, rows }];
}
