/** A file that is made from definitions, committed, and held to them by `node scripts/generate.mjs --check`. */
export interface GeneratedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly content: string;
}
