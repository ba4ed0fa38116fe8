/** Where the value of a header stands in a text that a person pasted: offsets in UTF-16 units. */
export interface HeaderValue {
  readonly start: number;
  readonly end: number;
}

const blank = ' \t\r\n';
const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };

/**
 * Finds the value in `Name: value`, `"name": "value",` (JSON), `name="value"` (logfmt), `http_name=value` (nginx) or the bare
 * value, with blanks around it and one pair of quotes around the whole or around the value.
 *
 * @param name matches the name with what precedes the value, from the offset it is asked for (sticky flag): see `headerName`
 */
export function headerValue(text: string, name: RegExp): HeaderValue {
  let value = unquoted(text, trimmed(text, { start: 0, end: text.length }));
  name.lastIndex = value.start;
  if (!name.test(text) || name.lastIndex > value.end) return value;
  value = trimmed(text, { start: name.lastIndex, end: value.end });
  // A fragment of JSON or YAML ends with a comma.
  if (value.end > value.start && text[value.end - 1] === ',') {
    value = trimmed(text, { start: value.start, end: value.end - 1 });
  }
  return unquoted(text, value);
}

/**
 * The pattern for `headerValue`: the name in any case, `-` or `_` between its words, nginx's prefixes, the `<` or `>` of
 * `curl -v`, quotes around the name, then `:` or `=`.
 */
export function headerName(...words: readonly string[]): RegExp {
  const name = words.join('[-_]');
  return new RegExp(`(?:[<>][ \\t]*)?["'“‘]?(?:(?:sent_|upstream_)?http_)?${name}["'”’]?[ \\t]*[:=]`, 'iy');
}

function trimmed(text: string, { start, end }: HeaderValue): HeaderValue {
  let first = start;
  let last = end;
  while (first < last && blank.includes(text.charAt(first))) first += 1;
  while (last > first && blank.includes(text.charAt(last - 1))) last -= 1;
  return { start: first, end: last };
}

/** Without one pair of quotes, where the first is not closed before the last. */
function unquoted(text: string, { start, end }: HeaderValue): HeaderValue {
  const closing = quotes[text.charAt(start)];
  if (closing === undefined || end - start < 2 || text.indexOf(closing, start + 1) !== end - 1) return { start, end };
  return trimmed(text, { start: start + 1, end: end - 1 });
}

/** The word at `at`, for a message about what was there: cut after 40 units. */
export function foundAt(text: string, at: number, end: number): string {
  if (at >= end) return 'the end';
  if (blank.includes(text.charAt(at))) return 'too many blanks';
  let last = at;
  while (last < end && last - at < 40 && !blank.includes(text.charAt(last))) last += 1;
  const cut = last < end && !blank.includes(text.charAt(last)) ? '…' : '';
  return `“${text.slice(at, last)}${cut}”`;
}
