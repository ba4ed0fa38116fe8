import { shortestSecret } from './secret-forms.js';
import type { Sensitivity } from './sensitive-name.js';

/** Where in a HAR something was masked. */
export type MaskedIn = 'header' | 'cookie' | 'query' | 'post data' | 'body' | 'address' | 'other';

export interface MaskedPlace {
  /** JSON pointer into the HAR: of the string, a part of which may be meant. */
  readonly pointer: string;
  readonly name: string;
  readonly in: MaskedIn;
}

/** UTF-16 units of a name that are shown. */
const longestName = 40;

/** Places that are kept. */
const mostPlaces = 100;

/** Different names that are counted. */
const mostNames = 10_000;

/** What of a JWT is masked: its signature, without which it opens nothing, or all of it. */
export type JwtPart = 'signature' | 'whole';

/** Masks values, and remembers where, and which: to look for them everywhere else. */
export class Masking {
  readonly jwt: JwtPart;
  /** The first hundred: there may be millions. */
  readonly places: MaskedPlace[] = [];
  count = 0;
  /** What was masked is in → how often. */
  readonly countsIn = new Map<MaskedIn, number>();
  /** What was masked is called → how often. */
  readonly names = new Map<string, number>();
  /** Secret → what it is called. */
  readonly secrets = new Map<string, string>();
  /** Different masked values that are not looked for elsewhere: so short or so ordinary that they are found everywhere. */
  readonly ordinary = new Set<string>();
  /** Where the walk through the HAR is. */
  pointer = '';
  in: MaskedIn = 'other';

  constructor(jwt: JwtPart) {
    this.jwt = jwt;
  }

  /** What stands in the place of a value. An empty value, and one that is masked already, stays. */
  mask(name: string, value: string, sensitivity: Sensitivity | 'cookie', shown = value): string {
    if (value === '' || isMasked(value)) return shown;
    const label = this.note(name);
    this.remember(label, value, sensitivity);
    return `[${label} redacted]`;
  }

  /** The same for a value that is as any word is: it is not looked for elsewhere, where it would be in the way of every sentence. */
  maskHere(name: string, value: string): string {
    this.ordinary.add(value);
    return `[${this.note(name)} redacted]`;
  }

  /** Notes that something was masked here; returns what it is called. */
  note(name: string): string {
    // What is no plain name may hold a value itself, and must not break up what it stands in.
    const plain = name.replace(/[[\]]/g, ' ').trim();
    const looksSecret = plain.length >= 32 && /\d/.test(plain) && /[A-Za-z0-9]{12}/.test(plain);
    const isPlain = plain.length <= longestName && /^[\p{L}\p{N} ._$-]+$/u.test(plain);
    const label = isPlain && !looksSecret ? plain : 'value';
    this.count += 1;
    this.countsIn.set(this.in, (this.countsIn.get(this.in) ?? 0) + 1);
    if (this.names.has(label) || this.names.size < mostNames) this.names.set(label, (this.names.get(label) ?? 0) + 1);
    if (this.places.length < mostPlaces) this.places.push({ pointer: this.pointer, name: label, in: this.in });
    return label;
  }

  remember(label: string, value: string, sensitivity: Sensitivity | 'cookie'): void {
    // A token, of which header and payload may be seen: only its signature opens anything.
    const jwt = this.jwt === 'signature' ? jwtParts(value) : undefined;
    const secrets = jwt === undefined ? [value, urlDecoded(value)] : [jwt.signature];
    for (const secret of new Set(secrets)) {
      if (isTelling(secret, sensitivity)) {
        if (!this.secrets.has(secret)) this.secrets.set(secret, label);
      } else this.ordinary.add(secret);
    }
  }
}

/** `[token redacted]`: what this, and har-sanitizer, leave in the place of a value. */
export function isMasked(value: string): boolean {
  return value.length <= longestName + 20 && /^\[[^[\]]+ redacted\]$/.test(urlDecoded(value));
}

/** The same text with percent signs resolved; as it is where they are none. */
export function urlDecoded(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Where a text is a JSON Web Token as a whole. */
function jwtParts(text: string): { readonly signature: string } | undefined {
  const [header = '', payload = '', ...rest] = text.split('.');
  const signature = rest.join('.');
  return header.startsWith('ey') && payload.startsWith('ey') && signature !== '' ? { signature } : undefined;
}

/**
 * Whether to find this elsewhere tells anything. `en-US`, `true` or `google` are everywhere; what has letters and digits mixed, or is
 * long, is not. What goes by the name of a password counts even where it is a word.
 */
function isTelling(value: string, sensitivity: Sensitivity | 'cookie'): boolean {
  if (Buffer.byteLength(value) < shortestSecret || isMasked(value)) return false;
  if (/^[\d.:,\s/-]*$/.test(value)) return value.replace(/\D/g, '').length >= 10;
  // The address of a page.
  if (/^[a-z][\w+.-]*:\/\/[^?#@]*$/i.test(value)) return false;
  if (sensitivity === 'strong') return !/^(?:undefined|password|passwd|bearer|secret)$/i.test(value);
  return (
    (/\d/.test(value) && /[a-z]/i.test(value)) || /@/.test(value) || /^[a-z]{16,}$/i.test(value) || value.length >= 40
  );
}
