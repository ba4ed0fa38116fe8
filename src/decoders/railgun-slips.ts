/** A part of a value that was never meant to be one. */
export type Slip = 'semicolon' | 'comment' | 'quotation-marks';

/** Slips may be inside of each other; nobody makes more of them in one line. */
const mostLayers = 4;

/**
 * A value without slips that are a part of it and never meant so: a comment behind it, a semicolon at its end, quotation marks
 * around it, also where these are inside of each other.
 */
export function bareValueOf(value: string): string {
  const comment = commentIn(value);
  let bare = (comment === undefined ? value : value.slice(0, comment)).trimEnd();
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const text = bare.endsWith(';') ? bare.slice(0, -1).trimEnd() : bare;
    const inner = (isQuoted(text) ? text.slice(1, -1) : text).trim();
    if (inner === bare) break;
    bare = inner;
  }
  return bare;
}

/** The slips that `bareValueOf` takes away, in the order of the value; a semicolon in a comment is none. */
export function slipsIn(value: string): Slip[] {
  const comment = commentIn(value);
  const text = (comment === undefined ? value : value.slice(0, comment)).trimEnd();
  const bare = text.endsWith(';') ? text.slice(0, -1).trimEnd() : text;
  return [
    ...(isQuoted(bare) ? (['quotation-marks'] as const) : []),
    ...(bare === text ? [] : (['semicolon'] as const)),
    ...(comment === undefined ? [] : (['comment'] as const)),
  ];
}

/** Where what is meant as a comment begins in a value, with its `#` behind a blank; nothing where there is none. */
export function commentIn(value: string): number | undefined {
  const before = value.search(/[ \t]#/);
  return before < 0 ? undefined : before + 1;
}

/** Whether a value stands in quotation marks: there is no quoting, so they are part of it. */
export function isQuoted(value: string): boolean {
  const [first] = value;
  return value.length >= 2 && (first === '"' || first === "'") && value.endsWith(first);
}
