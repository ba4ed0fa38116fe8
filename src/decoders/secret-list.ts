/** The secrets of a list. */
export interface SecretList {
  /** Secret → what it is called: `secret 3` for that of line 3. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** A list of secrets, one a line. Blanks at the ends of a line do not count, and neither do empty lines. */
export function decodeSecretList(text: string): SecretList {
  const secrets = new Map<string, string>();
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const secret = line.trim();
    if (secret !== '' && !secrets.has(secret)) secrets.set(secret, `secret ${index + 1}`);
  }
  return { secrets };
}
