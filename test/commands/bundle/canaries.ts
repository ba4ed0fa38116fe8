import { randomBytes } from 'node:crypto';

/** A secret that was planted, and where. */
export interface Canary {
  readonly place: string;
  readonly secret: string;
}

/** Makes secrets that nothing else has in it, each with the place that it was planted in. */
export function createCanaries() {
  const all: Canary[] = [];
  const plant = (place: string, secret: string) => {
    all.push({ place, secret });
    return secret;
  };
  return {
    all: all as readonly Canary[],
    /** A text that looks like a password: letters and digits, and what has to be escaped somewhere. */
    password: (place: string) => plant(place, `Pw${randomBytes(9).toString('hex')}`),
    /** As an activation token: 32 letters and digits. */
    token: (place: string) => plant(place, randomBytes(16).toString('hex')),
    /** With characters that URLs, JSON and HTML write differently. */
    awkward: (place: string) => plant(place, `Aw"k<w&r=d+/${randomBytes(8).toString('hex')}`),
    /** A JSON Web Token, of which the signature is the secret. */
    jwt(place: string) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signature = plant(place, randomBytes(32).toString('base64url'));
      return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1234567890' })}.${signature}`;
    },
    /** A private key, of which each line is a secret. */
    privateKey(place: string) {
      const body = randomBytes(48).toString('base64');
      plant(place, body);
      return `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
    },
  };
}

/** How a secret may be written down, as bytes (ISO 8859-1). */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const utf16 = Buffer.from(secret, 'utf16le');
  // What of the base64 of a longer text is there whatever stands before and behind.
  const inBase64 = (before: number) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  };
  return new Map([
    ['plain', bytes.toString('latin1')],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['HTML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded whole', hex.replace(/../g, '%$&')],
    ['hex', hex],
    ['hex, upper case', hex.toUpperCase()],
    ['UTF-16 LE', utf16.toString('latin1')],
    ['UTF-16 BE', Buffer.from(utf16).swap16().toString('latin1')],
    ...[0, 1, 2].flatMap((before) => {
      const text = inBase64(before);
      const url = text.replaceAll('+', '-').replaceAll('/', '_');
      return [
        [`base64 (${before})`, text],
        [`base64url (${before})`, url],
      ] as const;
    }),
  ]);
}

/** The forms in which a secret is planted that is known from elsewhere, so that no name has to give it away. */
export function everyForm(secret: string): string {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    bytes.toString('base64'),
    Buffer.from(`user:${secret}`).toString('base64'),
    encodeURIComponent(secret),
    bytes.toString('hex').replace(/../g, '%$&'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ];
  return forms.join(' and ');
}

/** Where any of the secrets stands in the bytes, in any form: never the secret itself. */
export function found(canaries: readonly Canary[], name: string, content: Uint8Array | string): string[] {
  const text = Buffer.from(content).toString('latin1');
  return canaries.flatMap(({ place, secret }) =>
    [...formsOf(secret)].flatMap(([form, written]) =>
      text.includes(written) ? [`${place} in ${name} (${form})`] : [],
    ),
  );
}
