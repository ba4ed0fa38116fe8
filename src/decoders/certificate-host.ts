import type { Certificate } from './certificate.js';
import type { GeneralName } from './certificate-extensions.js';
import { addressBytes } from './ip-address.js';

/** How a certificate stands to the name or address that a client asked for. */
export interface HostMatch {
  /** A subject alternative name carries it, or there is none of them and the common name does. */
  readonly matches: boolean;
  /** Only the common name carries it: OpenSSL accepts that where there is no DNS name beside it, browsers and Go do not. */
  readonly commonNameOnly: boolean;
  /** The names of the kind that was asked for, as they count: what the certificate is valid for. */
  readonly validFor: readonly string[];
}

/**
 * Judges a name as OpenSSL's X509_check_host does with X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS (`w*.example.com` is for no
 * name), an address as X509_check_ip does (RFC 6125, RFC 9525).
 */
export function hostMatch({ extensions, subject }: Certificate, host: string): HostMatch {
  const address = addressBytes(host);
  if (address !== undefined) {
    const addresses = extensions.san.filter(({ kind }) => kind === 'ip');
    const matches = addresses.some(({ bytes }) => bytes !== undefined && sameBytes(bytes, address));
    return { matches, commonNameOnly: false, validFor: addresses.map(({ text }) => text) };
  }
  const name = host.toLowerCase().replace(/\.$/, '');
  const names = extensions.san.filter(({ kind }) => kind === 'dns').map(({ text }) => text);
  const inSan = names.some((pattern) => matchesPattern(pattern, name));
  const commonNames = subject.attributes.filter(({ type }) => type === 'CN').map(({ value }) => value);
  const inCommonName = commonNames.some((pattern) => matchesPattern(pattern, name));
  return {
    matches: inSan || (names.length === 0 && inCommonName),
    commonNameOnly: !inSan && inCommonName,
    validFor: names.length > 0 ? names : commonNames,
  };
}

/** A wildcard stands for the whole of the first label, and there are two labels behind it at least. */
function matchesPattern(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase().replace(/\.$/, '');
  if (wanted === '') return false;
  if (!wanted.startsWith('*.')) return wanted === name;
  const rest = wanted.slice(1);
  const dot = name.indexOf('.');
  return dot > 0 && rest.indexOf('.', 1) > 0 && !rest.includes('*') && name.slice(dot) === rest;
}

/**
 * The first name that the name constraints of an authority forbid (RFC 5280 §4.2.1.10): DNS names and addresses of the
 * subject alternative name, and the common name where there is no DNS name.
 */
export function forbiddenName(authority: Certificate, { extensions, subject }: Certificate): string | undefined {
  const { permitted = [], excluded = [] } = authority.extensions;
  if (permitted.length === 0 && excluded.length === 0) return undefined;
  const isDnsName = /^[a-z0-9_*-]+(\.[a-z0-9_-]+)+$/i;
  const hasDns = extensions.san.some(({ kind }) => kind === 'dns');
  const commonNames = subject.attributes
    .filter(({ type, value }) => !hasDns && type === 'CN' && isDnsName.test(value))
    .map(({ value }): GeneralName => ({ kind: 'dns', text: value }));
  const names = [...extensions.san.filter(({ kind }) => kind === 'dns' || kind === 'ip'), ...commonNames];
  const found = names.find((name) => {
    const ofKind = permitted.filter(({ kind }) => kind === name.kind);
    const isPermitted = ofKind.length === 0 || ofKind.some((base) => isWithin(base, name));
    return !isPermitted || excluded.some((base) => base.kind === name.kind && isWithin(base, name));
  });
  return found?.text;
}

function isWithin(base: GeneralName, name: GeneralName): boolean {
  if (base.kind === 'ip') {
    const { bytes: range = new Uint8Array(0) } = base;
    const { bytes: address = new Uint8Array(0) } = name;
    const length = address.length;
    return (
      range.length === length * 2 &&
      address.every((byte, index) => ((byte ^ (range[index] ?? 0)) & (range[length + index] ?? 0)) === 0)
    );
  }
  const text = name.text.toLowerCase();
  const domain = base.text.toLowerCase();
  if (domain === '') return true;
  if (domain.startsWith('.')) return text.endsWith(domain);
  return text === domain || text.endsWith(`.${domain}`);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
