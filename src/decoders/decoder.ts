import type { Failure } from '../model/failure.js';

/** One part of the input that a decoder recognised, by offset in UTF-16 units: `end` is the first one after it. */
export interface DecodedField {
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What a decoder returns: every field that it managed to read and, where it stopped, a failure that says what was
 * needed and what was there. `at` is the offset (UTF-16 units) at which it stopped.
 */
export type Decoded<Facts> =
  | { readonly ok: true; readonly facts: Facts; readonly fields: readonly DecodedField[] }
  | {
      readonly ok: false;
      readonly facts: Partial<Facts>;
      readonly fields: readonly DecodedField[];
      readonly failure: Failure;
      /** The field that was being read. */
      readonly field: string;
      readonly at: number;
    };

/**
 * A decoder turns text into facts. It never throws, never reads past the end, needs no clock and no network, and its
 * cost is linear in the length of its input.
 */
export interface Decoder<Facts> {
  /** The name of the format, kebab-case; the file has the same name. */
  readonly id: string;
  /** What the format is, one sentence. */
  readonly reads: string;
  decode(text: string): Decoded<Facts>;
}
