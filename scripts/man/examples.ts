import type { Example } from '../../src/commands/command.js';
import { display } from './mdoc.js';
import { type Marks, prose, sentence } from './prose.js';

/** Columns that a display has in a terminal of 80: its own indentation is 11. */
const width = 66;

/** Each example with what it is for. */
export function exampleList(examples: readonly Example[], marks: Marks): string[] {
  return examples.flatMap(({ command, says }, index) => [
    ...(index === 0 ? [] : ['.Pp']),
    ...prose(sentence(says).replace(/\.$/, ':'), marks),
    ...display(shellLines(command)),
  ]);
}

/** A command that is too long for a line, broken after a `|`, or before an option with a backslash. */
function shellLines(command: string): string[] {
  if (command.length <= width) return [command];
  const [first = '', ...rest] = command.split(/(?<= \|) /);
  return [first, ...rest.map((part) => `    ${part}`)].flatMap((line) => brokenAtOptions(line));
}

function brokenAtOptions(line: string): string[] {
  if (line.length <= width) return [line];
  const candidates = [...line.matchAll(/ (?=-)/g)].map(({ index }) => index).filter((index) => index <= width - 2);
  const at = candidates.findLast((index) => !insideQuotes(line, index));
  return at === undefined ? [line] : [`${line.slice(0, at)} \\`, ...brokenAtOptions(`        ${line.slice(at + 1)}`)];
}

function insideQuotes(line: string, index: number): boolean {
  return (line.slice(0, index).match(/"/g)?.length ?? 0) % 2 === 1;
}
