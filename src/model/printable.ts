/**
 * Everything that can move a cursor, forge a line, turn text around or hide in it on a reader's screen: control
 * characters (C0, DEL, C1), format characters (bidirectional controls, zero-width ones, tags), line and paragraph
 * separators, lone surrogates, and letters that are drawn as nothing. Variation selectors may stay: emoji need them.
 */
const unsafe =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2065\u3164\uffa0\ufff0-\ufff8\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]/gu;

/** Most text is this, and telling so is far cheaper than looking each character up. */
const ordinary = /^[\x20-\x7e]*$/;
const ordinaryLines = /^[\n\x20-\x7e]*$/;

/**
 * Text from outside, made safe for a terminal or a line: each unsafe character becomes `\n`, `\t`, `\x1b`, `\u202e` or
 * `\u{e0041}`. For reading: a backslash that was there before stays as it is.
 */
export function printable(text: string): string {
  return ordinary.test(text) ? text : text.replace(unsafe, escapeOf);
}

/**
 * JSON that is safe to print: JSON's own escapes leave DEL, C1 and bidirectional controls raw, and some readers of
 * lines end one at U+0085 or U+2028. What it parses back to is the same.
 */
export function printableJson(value: unknown, indent?: number): string {
  // A value that JSON has no word for (undefined, a function) is nothing.
  const json = JSON.stringify(value, undefined, indent) ?? 'null';
  // A raw line feed is always an indent's own: those in strings are escaped.
  if (ordinaryLines.test(json)) return json;
  return json.replace(unsafe, (character) => (character === '\n' ? character : jsonEscapeOf(character)));
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

function jsonEscapeOf(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
    .join('');
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
