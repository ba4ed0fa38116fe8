/** A word for bash and zsh that stands for exactly `text`; left bare where nothing in it is special. */
export function posixQuoted(text: string): string {
  return isBare(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same for fish, in which a backslash is special within single quotes too. */
export function fishQuoted(text: string): string {
  return isBare(text) ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function isBare(text: string): boolean {
  return /^[\w./-]+$/.test(text);
}
