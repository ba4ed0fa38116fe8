/** Columns of the ticket. */
const width = 100;

/**
 * A text as lines of at most 100 columns: the first one behind `first`, the others behind as many blanks. A word that is longer than a
 * line goes on in the next one. Linear in the text.
 */
export function wrappedLines(first: string, text: string): string[] {
  const room = Math.max(width - first.length, 20);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((whole) => piecesOf(whole, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each, index) => `${index === 0 ? first : ' '.repeat(first.length)}${each}`.trimEnd());
}

function piecesOf(word: string, room: number): string[] {
  const characters = [...word];
  if (word.length <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of characters) {
    if (piece.length + character.length > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
