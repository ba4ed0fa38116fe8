const escapes = /\\(?:([rnt0\\])|x([0-9a-f]{2}))/gi;

const letters: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' };

/** What is wrong with the escapes of a text, as a sentence without a full stop; nothing where all are known. */
export function escapeProblem(text: string): string | undefined {
  const rest = /\\.{0,3}/su.exec(text.replace(escapes, ''))?.[0];
  return rest === undefined ? undefined : `'${rest}' is none of the escapes \\r \\n \\t \\0 \\xNN \\\\`;
}

/** The bytes that a text with escapes stands for; what is not escaped goes as UTF-8. */
export function bytesOf(text: string): Buffer {
  const parts: Buffer[] = [];
  let done = 0;
  for (const match of text.matchAll(escapes)) {
    const [whole, letter, hex] = match;
    parts.push(Buffer.from(text.slice(done, match.index)));
    parts.push(hex === undefined ? Buffer.from(letters[letter ?? ''] ?? '') : Buffer.from(hex, 'hex'));
    done = match.index + whole.length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(done))]);
}
