/**
 * How many columns of a terminal a text takes, as wcwidth(3) and terminals count: combining marks none, East Asian wide
 * characters and emoji two. For printable text: controls and zero-width characters have been escaped.
 */
export function columnsOf(text: string): number {
  if (ordinary.test(text)) return text.length;
  let columns = 0;
  let before = '';
  for (const character of text) {
    columns += advance(character, before);
    before = character;
  }
  return columns;
}

/** Cuts a text in two, the first part as long as fits the columns (but never empty), between what a reader sees as one. */
export function cutAt(text: string, columns: number): [head: string, tail: string] {
  let used = 0;
  let offset = 0;
  let begin = 0;
  let before = '';
  for (const character of text) {
    const joined = joins(character, before);
    if (!joined) begin = offset;
    used += advance(character, before);
    if (used > columns && begin > 0) return [text.slice(0, begin), text.slice(begin)];
    offset += character.length;
    // The third regional indicator in a row begins another flag.
    before = joined && regionalIndicator.test(character) ? '' : character;
  }
  return [text, ''];
}

/** The blanks that bring a text to a number of columns. */
export function blanks(text: string, columns: number): string {
  return ' '.repeat(Math.max(columns - columnsOf(text), 0));
}

/** The text, or as much of it as fits the columns and a `…`. */
export function clipped(text: string, columns: number): string {
  return columnsOf(text) <= columns ? text : `${cutAt(text, columns - 1)[0]}…`;
}

/**
 * How many columns string-width 4, by which cli-table3 pads, counts too many: of the marks that stand on the letter
 * before them it knows those up to U+036F.
 */
export function miscounted(text: string): number {
  return ordinary.test(text) ? 0 : (text.match(marksBeyondLatin)?.length ?? 0);
}

const ordinary = /^[\x20-\x7e]*$/;

const marksBeyondLatin = /(?![\u0300-\u036f\ufe0f])[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/gu;

/** Nonspacing and enclosing marks, and the Hangul vowels and finals that join the consonant before them. */
const joining = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/u;

/** East_Asian_Width wide and fullwidth, which has no property of its own in regular expressions (Unicode 15). */
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

const regionalIndicator = /\p{Regional_Indicator}/u;

/** Whether a character belongs to the one before it, so that no line may end between them. */
function joins(character: string, before: string): boolean {
  if (before === '' || ordinary.test(character)) return false;
  if (regionalIndicator.test(character)) return regionalIndicator.test(before);
  return character === '\ufe0f' || advance(character, before) === 0;
}

/** The columns that a character adds to a text that ends in `before`, one code point each. */
export function advance(character: string, before: string): number {
  if (ordinary.test(character)) return 1;
  // Asks for the picture instead of the sign, and pictures are wide.
  if (character === '\ufe0f') return /\p{Emoji}/u.test(before) && !wide.test(before) ? 1 : 0;
  if (joining.test(character)) return 0;
  if (/\p{Emoji_Modifier}/u.test(character) && /\p{Emoji_Modifier_Base}/u.test(before)) return 0;
  // Two of them are one flag, which is wide.
  if (regionalIndicator.test(character)) return 1;
  return wide.test(character) ? 2 : 1;
}
