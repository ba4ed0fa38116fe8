/** One element of DER: its tag, and where its content lies in the bytes. */
export interface DerElement {
  /** The identifier byte, class and form included: 0x30 is a SEQUENCE. */
  readonly tag: number;
  /** Where the identifier byte is. */
  readonly start: number;
  /** The first byte of the content. */
  readonly content: number;
  /** The first byte after it. */
  readonly end: number;
}

export const derTags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The element at an offset, or nothing where there is none that ends by `end`. Lengths up to four bytes. */
export function elementAt(bytes: Uint8Array, at: number, end: number): DerElement | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of several bytes do not occur in certificates.
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) return undefined;
  let content = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    // 0x80 is the indefinite length, which DER does not have.
    if (count === 0 || count > 4 || content + count > end) return undefined;
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[content + index] ?? 0);
    content += count;
  }
  const after = content + length;
  return after > end ? undefined : { tag, start: at, content, end: after };
}

/** The elements that fill the content of one; nothing where they do not fill it exactly. */
export function childrenOf(bytes: Uint8Array, { content, end }: DerElement): DerElement[] | undefined {
  const children: DerElement[] = [];
  for (let at = content; at < end; ) {
    const child = elementAt(bytes, at, end);
    if (child === undefined) return undefined;
    children.push(child);
    at = child.end;
  }
  return children;
}

export function contentOf(bytes: Uint8Array, { content, end }: DerElement): Uint8Array {
  return bytes.subarray(content, end);
}

/** An object identifier with dots: `1.2.840.113549.1.1.11`. Nothing where it is none. */
export function oidOf(bytes: Uint8Array, { tag, content, end }: DerElement): string | undefined {
  // Longer ones are nothing that anybody assigned.
  if (tag !== derTags.oid || end === content || end - content > 64 || (bytes[end - 1] ?? 0) >= 0x80) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (let at = content; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...others].join('.');
}

/** UTCTime or GeneralizedTime as RFC 3339 in UTC (`2026-11-21T00:00:00Z`); nothing where it is no time. */
export function timeOf(bytes: Uint8Array, element: DerElement): string | undefined {
  if (element.end - element.content > 15) return undefined;
  const text = String.fromCharCode(...contentOf(bytes, element));
  const isShort = element.tag === derTags.utcTime;
  if (!isShort && element.tag !== derTags.generalizedTime) return undefined;
  const parts = (isShort ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(
    text,
  );
  if (parts === null) return undefined;
  const [, written = '', month, day, hour, minute, second] = parts;
  // RFC 5280: two digits mean 1950 to 2049.
  const year = isShort ? `${Number(written) < 50 ? '20' : '19'}${written}` : written;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const instant = new Date(time);
  // The 31st of June would be the 1st of July.
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== time.slice(0, 10) ? undefined : time;
}

/** Upper-case hexadecimal digits, with what is wanted between the bytes. */
export function hexOf(bytes: Uint8Array, between = ''): string {
  let hex = '';
  for (const byte of bytes) hex += `${hex === '' ? '' : between}${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  return hex.toUpperCase();
}
