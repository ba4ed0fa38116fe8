import { childrenOf, contentOf, type DerElement, derTags, oidOf } from './der.js';

export interface NameAttribute {
  /** `CN`, or the object identifier of one that has no short name. */
  readonly type: string;
  readonly value: string;
}

export interface DistinguishedName {
  /** As `openssl x509 -subject` orders it (as it is encoded): `C=US, O=Example, CN=www.example.com`. */
  readonly text: string;
  readonly attributes: readonly NameAttribute[];
  /** Equal for names that are the same: upper and lower case, blanks and the kind of string do not count (RFC 5280 §7.1). */
  readonly key: string;
}

/** Short names: RFC 4514, and those that OpenSSL adds. */
const types: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Reads a Name; nothing where it is none. */
export function nameOf(bytes: Uint8Array, element: DerElement): DistinguishedName | undefined {
  if (element.tag !== derTags.sequence) return undefined;
  const sets = childrenOf(bytes, element);
  if (sets === undefined) return undefined;
  const attributes: NameAttribute[] = [];
  const parts: string[] = [];
  for (const set of sets) {
    const pairs = set.tag === derTags.set ? childrenOf(bytes, set) : undefined;
    if (pairs === undefined) return undefined;
    const group: NameAttribute[] = [];
    for (const pair of pairs) {
      const [type, value] = childrenOf(bytes, pair) ?? [];
      const oid = type && oidOf(bytes, type);
      if (oid === undefined || value === undefined) return undefined;
      group.push({ type: types[oid] ?? oid, value: stringOf(bytes, value) });
    }
    attributes.push(...group);
    parts.push(group.map(({ type, value }) => `${type}=${escaped(value)}`).join(' + '));
  }
  const key = attributes
    .map(({ type, value }) => `${type}=${value.trim().replace(/\s+/g, ' ').toLowerCase()}`)
    .join('\0');
  return { text: parts.join(', '), attributes, key };
}

/** A string of any of the kinds that certificates use; what is not valid becomes U+FFFD. */
export function stringOf(bytes: Uint8Array, element: DerElement): string {
  const content = Buffer.from(contentOf(bytes, element));
  const bmpString = 0x1e;
  const universalString = 0x1c;
  const teletexString = 0x14;
  if (element.tag === bmpString) {
    let text = '';
    for (let at = 0; at + 1 < content.length; at += 2) text += String.fromCharCode(content.readUInt16BE(at));
    return text.replace(/\p{Cs}/gu, '\ufffd');
  }
  if (element.tag === universalString) {
    let text = '';
    for (let at = 0; at + 3 < content.length; at += 4) {
      const code = content.readUInt32BE(at);
      text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    return text.replace(/\p{Cs}/gu, '\ufffd');
  }
  return content.toString(element.tag === teletexString ? 'latin1' : 'utf8');
}

/** What separates the parts of a name, made harmless (RFC 4514); everything else stays as it is. */
function escaped(value: string): string {
  return value.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[# ]| $/g, '\\$&');
}
