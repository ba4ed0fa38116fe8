/** A text, and how it was written down. */
export interface DecodedText {
  readonly text: string;
  /** `latin1`: it is no UTF-8, and each byte counts as the character of that number. */
  readonly encoding: 'utf8' | 'latin1';
}

/** Reads bytes as UTF-8 or, where they are none, as ISO 8859-1: either way nothing is lost, not even a byte order mark. */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: 'utf8' };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1' };
  }
}

/**
 * Reads what many have written into, a log: UTF-8, and each line that is none as ISO 8859-1. One byte of one line spoils no other; what
 * it was written down as is not known any more.
 */
export function decodeLines(bytes: Uint8Array): string {
  const { text, encoding } = decodeText(bytes);
  if (encoding === 'utf8') return text;
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at) + 1 || bytes.length;
    lines.push(decodeText(bytes.subarray(at, end)).text);
    at = end;
  }
  return lines.join('');
}

/** The bytes of a text that `decodeText` has read; nothing where the encoding has no room for what was put in. */
export function encodeText({ text, encoding }: DecodedText): Uint8Array | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
