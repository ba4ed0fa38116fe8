import { columnsOf, cutAt } from './columns.js';

/** Folds a text into lines of at most `width` columns, at blanks where there are some, within a word where not. */
export function wrapped(text: string, width: number): string[] {
  const room = Math.max(width, 1);
  if (columnsOf(text) <= room) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [, gap = '', word = ''] of text.matchAll(/( *)([^ ]+)/g)) {
    const columns = columnsOf(word);
    if (used > 0 && used + gap.length + columns <= room) {
      line += gap + word;
      used += gap.length + columns;
      continue;
    }
    if (used > 0) lines.push(line);
    let [head, tail] = cutAt(word, room);
    while (tail !== '') {
      lines.push(head);
      [head, tail] = cutAt(tail, room);
    }
    line = head;
    used = columnsOf(head);
  }
  return [...lines, line];
}
