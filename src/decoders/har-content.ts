import { type JsonObject, textOf } from './har.js';

/** The bytes of a body that is in base64 (`encoding`); nothing where it is not. */
export function bodyBytes(of: JsonObject): Buffer | undefined {
  if (textOf(of['encoding']).toLowerCase() !== 'base64') return undefined;
  return Buffer.from(textOf(of['text']), 'base64');
}

/** A body as text: decoded where it is in base64; nothing where it is no text then. */
export function contentText(of: JsonObject, text: string): string | undefined {
  const bytes = bodyBytes(of);
  if (bytes === undefined) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // ISO 8859-1 and its kin: every byte is a character. What is declared to be no text is not looked into.
    const isText = /^text\/|[/+](?:json|xml|javascript)|urlencoded/i.test(textOf(of['mimeType']));
    return isText ? bytes.toString('latin1') : undefined;
  }
}

/** A body as it is to be written down: in base64 where it was. */
export function textContent(of: JsonObject, text: string): string {
  const bytes = bodyBytes(of);
  if (bytes === undefined) return text;
  const wasUtf8 = bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8'));
  return Buffer.from(text, wasUtf8 ? 'utf8' : 'latin1').toString('base64');
}
