const escapes: Readonly<Record<string, string>> = {
  '\\': '\\e',
  "'": '\\(aq',
  '`': '\\(ga',
  '"': '\\(dq',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text that stands for itself within a line of mdoc. A hyphen may end a line, and may be drawn as one. */
export function escaped(text: string): string {
  return text.replace(/[\\'`"^~]|[^\n\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return escapes[character] ?? `\\[u${code}]`;
  });
}

/** Text to be typed: a hyphen stays the character on the keyboard, and no line ends at it. */
export function literal(text: string): string {
  return escaped(text).replaceAll('-', '\\-');
}

/** A line of text: no macro and no request, whatever it begins with. */
export function textLine(line: string): string {
  return line.startsWith('.') ? `\\&${line}` : line;
}

/** A line that calls a macro. Arguments are escaped already; one that would be called itself, or has blanks, is not. */
export function macro(name: string, ...args: readonly string[]): string {
  return [`.${name}`, ...args].join(' ');
}

/** Words as arguments: none of them is taken for a macro (`.Op`, `.Ar`) or a delimiter. */
export function words(text: string): string {
  return escaped(text)
    .split(/ +/)
    .map((word) => (/^([A-Z][a-z]{1,2}|[.,:;()[\]?!|]+)$/.test(word) ? `\\&${word}` : word))
    .join(' ');
}

/** Lines shown as they are. */
export function display(lines: readonly string[]): string[] {
  return ['.Bd -literal -offset indent', ...lines.map((line) => textLine(literal(line))), '.Ed'];
}

/** A list of terms (a macro call without its dot) and what they are. */
export function definitions(
  items: readonly (readonly [term: string, body: readonly string[]])[],
  width = 'Ds',
): string[] {
  return [`.Bl -tag -width ${width}`, ...items.flatMap(([term, body]) => [`.It ${term}`, ...body]), '.El'];
}
