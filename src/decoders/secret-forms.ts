/** How a secret may be written down. */
export type SecretForm = 'plain' | 'escaped' | 'URL-encoded' | 'base64' | 'hex' | 'UTF-16' | 'bytes';

/** UTF-8 bytes of a secret below which nothing is looked for: so short a text is found everywhere. */
export const shortestSecret = 6;

/** Every form of a secret that is looked for, the plain one first. Each is at least `shortestSecret` units long. */
export function formsOfSecret(secret: string): readonly { readonly form: SecretForm; readonly text: string }[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const encoded = urlEncoded(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  const once = inBase64(bytes);
  const forms: { form: SecretForm; text: string }[] = [
    { form: 'plain', text: secret },
    // As it stands in the bytes of a body that is no text.
    { form: 'bytes', text: bytes.toString('latin1') },
    { form: 'escaped', text: JSON.stringify(secret).slice(1, -1) },
    { form: 'escaped', text: htmlEscaped(secret) },
    // As SQL and comma-separated values write quotation marks.
    { form: 'escaped', text: secret.replaceAll('"', '""').replaceAll("'", "''") },
    { form: 'URL-encoded', text: encoded },
    { form: 'URL-encoded', text: encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) },
    { form: 'URL-encoded', text: encoded.replaceAll('%20', '+') },
    { form: 'URL-encoded', text: secret.replaceAll(' ', '+') },
    { form: 'URL-encoded', text: hex.replace(/../g, '%$&') },
    { form: 'URL-encoded', text: hex.toUpperCase().replace(/../g, '%$&') },
    { form: 'hex', text: hex },
    { form: 'hex', text: hex.toUpperCase() },
    // Little endian and big endian are the same but for where the first byte lies.
    { form: 'UTF-16', text: utf16.toString('latin1') },
    { form: 'UTF-16', text: Buffer.from(utf16).swap16().toString('latin1') },
    ...once.map((text) => ({ form: 'base64' as const, text })),
    // What was in base64 already.
    ...once
      .filter((text) => text.length >= shortestSecret)
      .flatMap((text) => inBase64(Buffer.from(text)))
      .map((text) => ({ form: 'base64' as const, text })),
  ];
  const seen = new Set<string>();
  return forms.filter(({ text }) => {
    if (text.length < shortestSecret || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** In base64, by how many bytes stand before it, in both alphabets. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = base64At(bytes, before);
    return /[+/]/.test(text) ? [text, text.replaceAll('+', '-').replaceAll('/', '_')] : [text];
  });
}

/** What of the base64 of a longer text depends on these bytes alone, where so many bytes (modulo 3) come before them. */
function base64At(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const whole = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((before * 8) / 6), whole);
}

function urlEncoded(text: string): string {
  // encodeURIComponent throws for half a character.
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function htmlEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
