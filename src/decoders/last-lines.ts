import { decodeLines } from './text-encoding.js';

/** The end of a text that comes in pieces. */
export interface LastLines {
  push(piece: Uint8Array): void;
  /** Whole lines, as text; `cut`: there were more before them. */
  finish(): { readonly text: string; readonly cut: boolean };
}

const lineFeed = 10;

/** Keeps the last lines of a text, `most` bytes of them; memory is bounded by that and the longest piece, however long the text is. */
export function createLastLines(most: number): LastLines {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  let cut = false;
  return {
    push(piece) {
      // The memory of a piece may be used again by whoever read it.
      pieces.push(Uint8Array.from(piece));
      kept += piece.length;
      while (pieces[0] !== undefined && kept - pieces[0].length > most) {
        kept -= pieces[0].length;
        pieces.shift();
        cut = true;
      }
    },
    finish() {
      const all = new Uint8Array(kept);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      cut ||= kept > most;
      if (!cut) return { text: decodeLines(all), cut };
      // The byte before tells whether a line begins there.
      const begins = all.indexOf(lineFeed, Math.max(0, kept - most - 1));
      return { text: begins < 0 ? '' : decodeLines(all.subarray(begins + 1)), cut };
    },
  };
}
