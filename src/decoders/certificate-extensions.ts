import { childrenOf, contentOf, type DerElement, derTags, elementAt, hexOf, oidOf } from './der.js';
import { nameOf } from './distinguished-name.js';
import { addressText } from './ip-address.js';

/** One name of a subject alternative name, or of a name constraint. */
export interface GeneralName {
  readonly kind: 'dns' | 'ip' | 'email' | 'URI' | 'dirName' | 'other';
  readonly text: string;
  /** An address, or an address and its mask in a constraint. */
  readonly bytes?: Uint8Array;
}

/** The extensions of a certificate that say what it is good for. Defaults stand for those that are absent. */
export interface Extensions {
  readonly san: readonly GeneralName[];
  readonly isCa: boolean;
  /** How many authorities may follow. */
  readonly pathLength?: number;
  /** Whether key usage allows to sign certificates; true where there is no key usage. */
  readonly maySignCertificates: boolean;
  /** Object identifiers of extended key usage; absent: anything. */
  readonly purposes?: readonly string[];
  readonly subjectKeyId?: Uint8Array;
  readonly authorityKeyId?: Uint8Array;
  /** The issuer and the serial number of the issuer's own certificate, where the authority key id has them. */
  readonly authorityIssuer?: string;
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly crlUrls: readonly string[];
  readonly mustStaple: boolean;
  readonly permitted?: readonly GeneralName[];
  readonly excluded?: readonly GeneralName[];
  /** Critical ones that nobody here understands: who does not understand one has to refuse the certificate. */
  readonly unknownCritical: readonly string[];
  /** Whether there is no extension at all, as in certificates of version 1. */
  readonly none: boolean;
}

/** Where reading stopped, and what was expected there. */
export interface ExtensionsProblem {
  readonly needed: string;
  readonly at: number;
}

type Draft = { -readonly [Key in keyof Extensions]: Extensions[Key] };
type Reader = (bytes: Uint8Array, value: DerElement, draft: Draft) => boolean;

const readers: Readonly<Record<string, Reader>> = {
  '2.5.29.14': (bytes, value, draft) => {
    draft.subjectKeyId = contentOf(bytes, value);
    return value.tag === derTags.octetString;
  },
  '2.5.29.15': (bytes, value, draft) => {
    // Bit 5 of a BIT STRING, behind the count of unused bits.
    draft.maySignCertificates = ((bytes[value.content + 1] ?? 0) & 0x04) !== 0 && value.end > value.content + 1;
    return value.tag === derTags.bitString;
  },
  '2.5.29.17': (bytes, value, draft) => {
    draft.san = generalNamesOf(bytes, value) ?? [];
    return value.tag === derTags.sequence && generalNamesOf(bytes, value) !== undefined;
  },
  '2.5.29.19': readBasicConstraints,
  '2.5.29.30': readNameConstraints,
  '2.5.29.31': readCrlPoints,
  '2.5.29.35': readAuthorityKeyId,
  '2.5.29.37': (bytes, value, draft) => {
    const purposes = childrenOf(bytes, value)?.map((purpose) => oidOf(bytes, purpose) ?? '');
    draft.purposes = purposes ?? [];
    return purposes !== undefined;
  },
  '1.3.6.1.5.5.7.1.1': readAuthorityAccess,
  '1.3.6.1.5.5.7.1.24': (bytes, value, draft) => {
    // TLS feature 5 is status_request.
    const features = childrenOf(bytes, value);
    draft.mustStaple = features?.some((feature) => hexOf(contentOf(bytes, feature)) === '05') ?? false;
    return features !== undefined;
  },
};

/** Critical extensions that OpenSSL accepts and that are of no concern here: policies and their constraints, issuer alternative names. */
const harmless: readonly string[] = [
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.54',
  '2.5.29.18',
  '1.3.6.1.5.5.7.1.14',
];

/** Reads the extensions of a certificate (`[3]`, absent in one of version 1). */
export function extensionsOf(bytes: Uint8Array, holder: DerElement | undefined): Extensions | ExtensionsProblem {
  const unknownCritical: string[] = [];
  const draft: Draft = {
    san: [],
    isCa: false,
    maySignCertificates: true,
    ocspUrls: [],
    issuerUrls: [],
    crlUrls: [],
    mustStaple: false,
    unknownCritical,
    none: holder === undefined,
  };
  if (holder === undefined) return draft;
  const list = elementAt(bytes, holder.content, holder.end);
  const extensions = list?.tag === derTags.sequence ? childrenOf(bytes, list) : undefined;
  if (extensions === undefined) return { needed: 'a list of extensions', at: holder.content };
  for (const extension of extensions) {
    const [oidElement, ...rest] = childrenOf(bytes, extension) ?? [];
    const oid = oidElement && oidOf(bytes, oidElement);
    const critical = rest[0]?.tag === derTags.boolean ? rest.shift() : undefined;
    const value = rest[0];
    if (oid === undefined || value?.tag !== derTags.octetString) {
      return { needed: 'an extension', at: extension.start };
    }
    const read = readers[oid];
    const inner = elementAt(bytes, value.content, value.end);
    if (read !== undefined && (inner === undefined || !read(bytes, inner, draft))) {
      return { needed: `a readable extension ${oid}`, at: value.content };
    }
    const isCritical = critical !== undefined && bytes[critical.content] !== 0;
    if (read === undefined && isCritical && !harmless.includes(oid)) unknownCritical.push(oid);
  }
  return draft;
}

function readBasicConstraints(bytes: Uint8Array, value: DerElement, draft: Draft): boolean {
  const parts = childrenOf(bytes, value);
  if (value.tag !== derTags.sequence || parts === undefined) return false;
  const [first] = parts;
  draft.isCa = first?.tag === derTags.boolean && bytes[first.content] !== 0;
  const length = parts.find(({ tag }) => tag === derTags.integer);
  // A constraint of more than 255 authorities is none.
  if (length !== undefined && length.end - length.content === 1) draft.pathLength = bytes[length.content] ?? 0;
  return true;
}

function readNameConstraints(bytes: Uint8Array, value: DerElement, draft: Draft): boolean {
  const parts = childrenOf(bytes, value);
  if (parts === undefined) return false;
  for (const part of parts) {
    const trees = childrenOf(bytes, part)?.map((tree) => elementAt(bytes, tree.content, tree.end));
    const names = trees?.flatMap((base) => (base === undefined ? [] : [generalNameOf(bytes, base)]));
    if (part.tag === 0xa0) draft.permitted = names ?? [];
    if (part.tag === 0xa1) draft.excluded = names ?? [];
  }
  return true;
}

function readAuthorityKeyId(bytes: Uint8Array, value: DerElement, draft: Draft): boolean {
  const parts = childrenOf(bytes, value);
  const keyId = parts?.find(({ tag }) => tag === 0x80);
  if (keyId !== undefined) draft.authorityKeyId = contentOf(bytes, keyId);
  const issuer = parts?.find(({ tag }) => tag === 0xa1);
  const directory = issuer && elementAt(bytes, issuer.content, issuer.end);
  const name = directory?.tag === 0xa4 ? elementAt(bytes, directory.content, directory.end) : undefined;
  const key = name && nameOf(bytes, name)?.key;
  if (key !== undefined) draft.authorityIssuer = key;
  return parts !== undefined;
}

function readAuthorityAccess(bytes: Uint8Array, value: DerElement, draft: Draft): boolean {
  const descriptions = childrenOf(bytes, value);
  const urls = (method: string) =>
    (descriptions ?? []).flatMap((description) => {
      const [oidElement, location] = childrenOf(bytes, description) ?? [];
      if (oidElement === undefined || location === undefined || oidOf(bytes, oidElement) !== method) return [];
      return location.tag === uriTag ? [generalNameOf(bytes, location).text] : [];
    });
  draft.ocspUrls = urls('1.3.6.1.5.5.7.48.1');
  draft.issuerUrls = urls('1.3.6.1.5.5.7.48.2');
  return descriptions !== undefined;
}

function readCrlPoints(bytes: Uint8Array, value: DerElement, draft: Draft): boolean {
  const points = childrenOf(bytes, value);
  draft.crlUrls = (points ?? []).flatMap((point) => {
    // DistributionPoint → [0] DistributionPointName → [0] fullName
    const name = childrenOf(bytes, point)?.find(({ tag }) => tag === 0xa0);
    const full = name && elementAt(bytes, name.content, name.end);
    const names = full?.tag === 0xa0 ? (generalNamesOf(bytes, full) ?? []) : [];
    return names.filter(({ kind }) => kind === 'URI').map(({ text }) => text);
  });
  return points !== undefined;
}

const uriTag = 0x86;

function generalNamesOf(bytes: Uint8Array, list: DerElement): GeneralName[] | undefined {
  return childrenOf(bytes, list)?.map((name) => generalNameOf(bytes, name));
}

function generalNameOf(bytes: Uint8Array, element: DerElement): GeneralName {
  const content = contentOf(bytes, element);
  const text = () => Buffer.from(content).toString('utf8');
  switch (element.tag) {
    case 0x81:
      return { kind: 'email', text: text() };
    case 0x82:
      return { kind: 'dns', text: text() };
    case uriTag:
      return { kind: 'URI', text: text() };
    case 0x87:
      return { kind: 'ip', text: addressText(content), bytes: content };
    case 0xa4: {
      const inner = elementAt(bytes, element.content, element.end);
      return { kind: 'dirName', text: (inner && nameOf(bytes, inner)?.text) ?? '' };
    }
    default:
      return { kind: 'other', text: hexOf(content.subarray(0, 64)) };
  }
}
