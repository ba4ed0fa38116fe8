import { addressKind } from './address-kind.js';
import type { AnonymisedName } from './anonymised.js';
import { isTellingEvidence } from './evidence-names.js';
import { addressBytes, addressText } from './ip-address.js';

/** Which label stands for a name or an address; nothing where it stays. */
export interface AnonymousLabels {
  /** `text` is an address, in any spelling. */
  address(text: string): string | undefined;
  /** Of a known name, and of one that is in a known domain. */
  name(text: string): string | undefined;
  /** Of a name that stands where a log has its machine. */
  machine(text: string): string | undefined;
  /** Labels of dotted names that end with one of these may come up. */
  readonly hasDomains: boolean;
  readonly map: () => readonly AnonymisedName[];
  /** The same, but nothing new is given a label, and only what has one is asked for; addresses count always. */
  asking(): AnonymousLabels;
}

/** Domains that stay whoever names them: they say nothing about anybody. */
const everybodys = /(?:^|\.)(?:cloudflare\.com|cloudflare\.net|port2408\.net)$/;

/** Domains that are not taken for somebody's because a name is in them. */
const shared =
  /^(?:example\.(?:com|net|org)|(?:co|com|net|org|gov|edu|ac|or|ne|go|gob|nom|gv|ltd|plc|me|sch)\.[a-z]{2}|in-addr\.arpa|ip6\.arpa|github\.io|amazonaws\.com|googleusercontent\.com)$/;

/** Names of machines that are replaced only where a log has its machine. */
const commonMachines = /^(?:www\d?|web|mail|host|proxy|server|app|main|node|origin|railgun|test|prod|vps|api|db)$/;

export function createAnonymousLabels(names: readonly string[]): AnonymousLabels {
  const known = new Set<string>();
  const machines = new Set<string>();
  const domains = new Set<string>();
  for (const given of names) {
    const name = plainName(given);
    if (name === '' || isAddress(name) || everybodys.test(name) || isLocal(name)) continue;
    if (name.includes('.')) {
      known.add(name);
      domains.add(domainOf(name));
    } else if (commonMachines.test(name) || name.length < 3 || (name.length >= 6 && !isTellingEvidence(name)))
      machines.add(name);
    else known.add(name);
  }
  // A domain within another one that is known needs no label of its own.
  for (const one of domains)
    if (suffixesOf(one).some((parent) => parent !== one && domains.has(parent))) domains.delete(one);
  const labels = new Map<string, AnonymisedName>();
  const counts = { name: 0, domain: 0, four: 0, six: 0 };
  const keep = (original: string, label: string, kind: AnonymisedName['kind']): string => {
    labels.set(original, { original, label, kind });
    return label;
  };
  const domainLabel = (domain: string) =>
    labels.get(domain)?.label ?? keep(domain, `domain-${++counts.domain}`, 'name');

  const of = (isAsking: boolean): AnonymousLabels => ({
    address(text) {
      const bytes = hostBytes(text);
      if (bytes === undefined || stays(bytes)) return undefined;
      const original = addressText(bytes);
      const label = labels.get(original)?.label;
      if (label !== undefined || isAsking) return label ?? 'address';
      return keep(original, bytes.length === 4 ? `address-4-${++counts.four}` : `address-6-${++counts.six}`, 'address');
    },
    name(text) {
      const name = text.toLowerCase();
      if (isLabel(name)) return undefined;
      const domain = name.includes('.') ? suffixesOf(name).find((one) => domains.has(one)) : undefined;
      if (domain === undefined && !known.has(name)) return undefined;
      const label = labels.get(name)?.label;
      if (label !== undefined || isAsking) return label ?? 'name';
      if (domain === undefined || (domain === name && shared.test(name)))
        return keep(name, `name-${++counts.name}`, 'name');
      return domain === name ? domainLabel(domain) : keep(name, `name-${++counts.name}.${domainLabel(domain)}`, 'name');
    },
    machine(text) {
      const name = text.toLowerCase();
      if (!machines.has(name)) return undefined;
      return labels.get(name)?.label ?? (isAsking ? 'name' : keep(name, `name-${++counts.name}`, 'name'));
    },
    hasDomains: domains.size > 0 || known.size > 0,
    map: () => [...labels.values()],
    asking: () => of(true),
  });
  return of(false);
}

/** Of `a.b.example.org`: itself, `b.example.org`, `example.org`, `org`. */
function suffixesOf(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

/** The widest domain that a name is in and that is somebody's; the name itself where there is none. */
function domainOf(name: string): string {
  const wide = suffixesOf(name).filter((one) => one.includes('.') && !shared.test(one));
  return wide.at(-1) ?? name;
}

function plainName(given: string): string {
  return given
    .trim()
    .toLowerCase()
    .replace(/^[a-z][\w+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([^:]*):\d{1,5}$/, '$1')
    .replace(/^\*\.|\.$/g, '');
}

function isLocal(name: string): boolean {
  return /^(?:localhost|ip6-localhost|ip6-loopback|localhost\.localdomain|localdomain)$/.test(name);
}

/** What this puts in the place of a name. */
function isLabel(name: string): boolean {
  return /^(?:name-\d+(?:\.domain-\d+)?|domain-\d+|address-[46]-\d+)$/.test(name);
}

function isAddress(text: string): boolean {
  return hostBytes(text) !== undefined;
}

/** The bytes of an address; of one of IPv4 in the letters of IPv6, of that. Digits may be filled up with zeros. */
function hostBytes(text: string): Uint8Array | undefined {
  const bytes = addressBytes(/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number).join('.') : text);
  if (bytes?.length !== 16) return bytes;
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return isMapped ? bytes.subarray(12) : bytes;
}

function stays(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (bytes.length === 4) {
    if (first === 127 || first === 255 || bytes.every((byte) => byte === 0)) return true;
    // Parts of numbers such as 0.0.1.2.
    if (first === 0) return true;
  } else if (bytes.subarray(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1) return true;
  else if (first === 0xff && second !== undefined && bytes.subarray(2, 14).every((byte) => byte === 0)) return true;
  return addressKind(addressText(bytes)).kind === 'cloudflare';
}
