import { directReasonOf } from '../knowledge/direct-reasons.js';

/** The reason of a `direct` value in a log. */
export interface SeenReason {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** A source lists it. */
  readonly published: boolean;
}

/** Remembers the last few reasons by their bytes: a log repeats them, and making their text again costs more than all else. */
export class ReasonCache {
  readonly #window: Uint8Array;
  readonly #seen: SeenReason[] = [];

  constructor(window: Uint8Array) {
    this.#window = window;
  }

  /** The reason at window[start, end). */
  find(start: number, end: number): SeenReason {
    for (const reason of this.#seen) {
      if (this.#isAt(reason.bytes, start, end)) return reason;
    }
    const bytes = this.#window.slice(start, end);
    const text = Buffer.from(bytes).toString('latin1');
    const reason = { bytes, text, published: directReasonOf(text) !== undefined };
    this.#seen.unshift(reason);
    if (this.#seen.length > 8) this.#seen.pop();
    return reason;
  }

  #isAt(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes.length !== end - start) return false;
    for (let i = 0; i < bytes.length; i += 1) {
      if (bytes[i] !== this.#window[start + i]) return false;
    }
    return true;
  }
}
