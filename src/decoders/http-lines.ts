import { ByteCollector, latin1 } from './http-bytes.js';

/** A line without its end; one character for each byte. */
export interface HttpLine {
  readonly text: string;
  /** It ends in LF alone. */
  readonly bareLf: boolean;
}

const lineFeed = 0x0a;

/** What became of some bytes: where those begin that were not taken, and what they have completed. */
export interface Taken {
  readonly next: number;
  readonly line?: HttpLine;
  /** One byte more was taken than there was room for. */
  readonly isTooLong: boolean;
}

/** Cuts what comes in pieces into lines. */
export class LineReader {
  /** A line whose end has not come yet. */
  readonly begun: ByteCollector;

  /** @param most the longest line that any caller has room for, in bytes */
  constructor(most: number) {
    this.begun = new ByteCollector(most + 1);
  }

  /** Takes bytes from `at` to the end of the line, as long as there is room for them, and the one that is too many. */
  take(bytes: Uint8Array, at: number, room: number): Taken {
    const window = bytes.subarray(at, at + room + 1);
    const lf = window.indexOf(lineFeed);
    const length = lf < 0 ? window.length : lf + 1;
    const taken = { next: at + length, isTooLong: length > room };
    if (lf < 0) {
      this.begun.add(window);
      return taken;
    }
    const raw = this.#endedWith(window.subarray(0, lf));
    const bareLf = !raw.endsWith('\r');
    return { ...taken, line: { text: bareLf ? raw : raw.slice(0, -1), bareLf } };
  }

  #endedWith(piece: Uint8Array): string {
    if (this.begun.length === 0) return latin1(piece);
    this.begun.add(piece);
    const text = this.begun.text();
    this.begun.clear();
    return text;
  }
}
