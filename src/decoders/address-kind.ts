import {
  type AddressRange,
  addressRanges,
  embeddingRanges,
  formerCloudflareRanges,
} from '../knowledge/address-ranges.js';
import { addressBytes } from './ip-address.js';

/** Whose an address is, by the published lists. */
export interface AddressKind {
  readonly kind: 'public' | 'cloudflare' | 'private' | 'reserved' | 'placeholder';
  /** The range that says so; absent for a public address that no list has. */
  readonly range?: string;
  /** What an address of the range is, behind "an address": `of a private network`. */
  readonly says?: string;
  /** Set apart for examples: reserved, but nothing that a verdict counts as prohibited. */
  readonly documentation?: true;
  readonly source?: string;
}

/**
 * What kind of address this is; the narrowest range decides. An IPv6 address that stands for one of IPv4 (IPv4-mapped,
 * NAT64) is judged by that; a zone behind it does not count. What is no address is public: no list has it.
 */
export function addressKind(address: string): AddressKind {
  const bytes = addressBytes(address);
  if (bytes === undefined) return { kind: 'public' };
  const judged = embeddingRanges.some(({ range }) => prefixIn(range, bytes) >= 0) ? bytes.subarray(12) : bytes;
  const found = narrowest(judged);
  if (found !== undefined) {
    const { kind, range, says, documentation, source } = found;
    return { kind, range, says, ...(documentation && { documentation }), source };
  }
  const former = formerCloudflareRanges.find(({ range }) => prefixIn(range, judged) >= 0);
  if (former === undefined) return { kind: 'public' };
  return { kind: 'public', range: former.range, says: 'that was Cloudflare’s once', source: former.source };
}

/** Whether an address is in the ranges that Cloudflare lists today. */
export function isCloudflareAddress(address: string): boolean {
  return addressKind(address).kind === 'cloudflare';
}

/**
 * Whether a host is the machine itself, for whoever is on it and for nobody else: 127.0.0.0/8, also IPv4-mapped, ::1 (with or
 * without brackets), or `localhost`. Other names are looked up by nobody here, whatever they begin with.
 */
export function isLoopbackHost(host: string): boolean {
  const bytes = hostBytes(host);
  if (bytes === undefined) return /^localhost\.?$/i.test(host);
  return bytes.length === 4 ? bytes[0] === 127 : bytes.every((byte, at) => byte === (at === 15 ? 1 : 0));
}

/** Whether what is listened on stands for all addresses of the machine: nothing, 0.0.0.0 or ::, however they are spelled. */
export function isEverywhere(host: string | undefined): boolean {
  return host === undefined || hostBytes(host)?.every((byte) => byte === 0) === true;
}

/** The bytes of an address, with or without brackets; of one that is one of IPv4 in other letters (IPv4-mapped), of that. */
export function hostBytes(host: string): Uint8Array | undefined {
  const bytes = addressBytes(host.replace(/^\[(.*)\]$/, '$1'));
  return bytes !== undefined && prefixIn('::ffff:0:0/96', bytes) >= 0 ? bytes.subarray(12) : bytes;
}

function narrowest(bytes: Uint8Array): AddressRange | undefined {
  let found: AddressRange | undefined;
  let longest = -1;
  for (const row of addressRanges) {
    const prefix = prefixIn(row.range, bytes);
    if (prefix <= longest) continue;
    found = row;
    longest = prefix;
  }
  return found;
}

interface Prefix {
  /** Absent: the range is none. */
  readonly base: Uint8Array | undefined;
  readonly bits: number;
}

/** The ranges of the tables, read once: a map may have ten thousands of addresses to be compared with them. */
const prefixes = new Map<string, Prefix>();

function prefixOf(range: string): Prefix {
  const known = prefixes.get(range);
  if (known !== undefined) return known;
  const [base = '', length = ''] = range.split('/');
  const prefix = { base: addressBytes(base), bits: Number(length) };
  prefixes.set(range, prefix);
  return prefix;
}

/** The length of the range's prefix, in bits, where the address is in it; -1 where it is not. */
function prefixIn(range: string, bytes: Uint8Array): number {
  const { base: own, bits } = prefixOf(range);
  if (own === undefined || own.length !== bytes.length) return -1;
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) if (own[at] !== bytes[at]) return -1;
  const rest = bits & 7;
  if (rest === 0) return bits;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((own[whole] ?? 0) & mask) === ((bytes[whole] ?? 0) & mask) ? bits : -1;
}
