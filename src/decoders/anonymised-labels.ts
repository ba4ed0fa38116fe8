import { addressKind } from './address-kind.js';
import type { AnonymisedName } from './anonymised.js';
import { isTellingEvidence } from './evidence-names.js';
import { addressBytes, addressText } from './ip-address.js';

/** Which label stands for a name or an address; nothing where it stays. */
export interface AnonymousLabels {
  /** `text` is an address, in any spelling. */
  address(text: string): string | undefined;
  /** Of a known name, also with hyphens for its dots, of one that is in a known domain, and of a listener's name from its activation. */
  name(text: string): string | undefined;
  /** Of a name that begins or ends with something else than a known one: `old-www.example.org`. */
  another(text: string): string | undefined;
  /** Of a name that stands where a log has its machine. */
  machine(text: string): string | undefined;
  /** Of a mail address, whosever: `jane@example.org`. */
  mail(text: string): string | undefined;
  /** Of who is named before the host in a URL. */
  user(text: string): string | undefined;
  /** Of what tells whose a certificate is: an organisation, where it is, and what numbers a certificate or a key has. */
  certificate(text: string, kind: 'company' | 'place' | 'id'): string;
  /** Of the beginning or the end of a known name, where the rest of it is cut off. */
  piece(text: string, side: 'begin' | 'end'): string | undefined;
  /** Whether it is a known name, letter by letter. */
  isKnown(text: string): boolean;
  /** Whether a known name begins so, and goes on. */
  begins(text: string): boolean;
  readonly map: () => readonly AnonymisedName[];
  /** The same, but nothing new is given a label, and only what has one is asked for; addresses count always. */
  asking(): AnonymousLabels;
}

/** Cloudflare's resolver, which its list of addresses does not have. */
const cloudflareResolver = '1.1.1.1';

/** Domains that stay whoever names them: they say nothing about anybody. */
const everybodys = /(?:^|\.)(?:cloudflare\.com|cloudflare\.net)$|^(?:activate\.)?port2408\.net$/;

/** What activation calls a listener: it is that of one customer. */
const activated = /^[a-z\d-]+(?:\.[a-z\d-]+){0,3}(?=\.port2408\.net$)/;

/** Domains that are not taken for somebody's because a name is in them. */
const shared =
  /^(?:example\.(?:com|net|org)|(?:co|com|net|org|gov|edu|ac|or|ne|go|gob|nom|gv|ltd|plc|me|sch)\.[a-z]{2}|in-addr\.arpa|ip6\.arpa|github\.io|amazonaws\.com|googleusercontent\.com|port2408\.net)$/;

/** Names of machines that are replaced only where a log has its machine. */
const commonMachines = /^(?:www\d?|web|mail|host|proxy|server|app|main|node|origin|railgun|test|prod|vps|api|db)$/;

/** What follows an @ and is no domain: units of systemd, files. */
const noDomain =
  /\.(?:service|socket|timer|target|slice|scope|mount|device|conf|txt|json|log|html?|js|css|png|jpe?g|gif|svg)$/;

/** Units of a known name below which a piece of it says nothing, and so do its hyphens. */
const shortestPiece = 8;

/** Units of a name from which on another that begins with it is the same, and this one cut off. */
const longestBeginning = 24;

export function createAnonymousLabels(names: readonly string[]): AnonymousLabels {
  const known = new Set<string>();
  const machines = new Set<string>();
  const domains = new Set<string>();
  for (const name of withoutBeginnings(new Set(names.map(plainName)))) {
    if (name === '' || isAddress(name) || everybodys.test(name) || isLocal(name) || isLabel(name)) continue;
    if (name.includes('.')) {
      known.add(name);
      const listener = activated.exec(name)?.[0];
      if (listener === undefined) domains.add(domainOf(name));
      else if (listener.length >= shortestPiece) known.add(listener);
    } else if (commonMachines.test(name) || name.length < 3 || (name.length >= 6 && !isTellingEvidence(name)))
      machines.add(name);
    else known.add(name);
  }
  // A domain within another one that is known needs no label of its own.
  for (const one of domains)
    if (suffixesOf(one).some((parent) => parent !== one && domains.has(parent))) domains.delete(one);
  // In names of files and of settings dots become hyphens.
  const hyphened = new Map(
    [...known].flatMap((name) =>
      name.includes('.') && name.length >= shortestPiece ? [[name.replaceAll('.', '-'), name]] : [],
    ) as [string, string][],
  );
  const beginnings = sortedPieces(known, (name) => name);
  const ends = sortedPieces(known, backwards);
  const labels = new Map<string, AnonymisedName>();
  const counts = { name: 0, domain: 0, four: 0, six: 0, mail: 0, user: 0, company: 0, place: 0, id: 0 };
  const keep = (original: string, label: string, kind: AnonymisedName['kind']): string => {
    labels.set(original, { original, label, kind });
    return label;
  };
  const domainLabel = (domain: string) =>
    labels.get(domain)?.label ?? keep(domain, `domain-${++counts.domain}`, 'name');

  const of = (isAsking: boolean): AnonymousLabels => {
    const kept = (original: string, make: () => string, kind: AnonymisedName['kind'] = 'name'): string =>
      labels.get(original)?.label ?? (isAsking ? kind : keep(original, make(), kind));
    const nameOf = (text: string): string | undefined => {
      const lower = text.toLowerCase();
      const name = hyphened.get(lower) ?? lower;
      if (isLabel(name) || everybodys.test(name) || (hasLabel(name) && !known.has(name))) return undefined;
      if (activated.test(name)) return kept(name, () => `name-${++counts.name}.port2408.net`);
      const domain = name.includes('.') ? suffixesOf(name).find((one) => domains.has(one)) : undefined;
      if (domain === undefined && !known.has(name)) return undefined;
      return kept(name, () => {
        if (domain === undefined || (domain === name && shared.test(name))) return `name-${++counts.name}`;
        return domain === name ? `domain-${++counts.domain}` : `name-${++counts.name}.${domainLabel(domain)}`;
      });
    };
    return {
      address(text) {
        const bytes = hostBytes(text);
        if (bytes === undefined || stays(bytes)) return undefined;
        const is = bytes.length === 4 ? 'four' : 'six';
        return kept(addressText(bytes), () => `address-${is === 'four' ? 4 : 6}-${++counts[is]}`, 'address');
      },
      name: nameOf,
      another(text) {
        const name = text.toLowerCase();
        return hasLabel(name) ? undefined : kept(name, () => `name-${++counts.name}`);
      },
      machine(text) {
        const name = text.toLowerCase();
        return machines.has(name) ? kept(name, () => `name-${++counts.name}`) : undefined;
      },
      mail(text) {
        const mail = text.toLowerCase().replace('%40', '@');
        const [user = '', domain = ''] = mail.split('@');
        if (everybodys.test(domain) || noDomain.test(domain) || hasLabel(user)) return undefined;
        // Of a bundle whose names are labels already, `jane@domain-1` has one that is not.
        if (hasLabel(domain) && !isLabel(domain) && !known.has(domain)) return undefined;
        return kept(mail, () => `mail-${++counts.mail}`);
      },
      user(text) {
        return hasLabel(text.toLowerCase()) ? undefined : kept(`${text}@`, () => `user-${++counts.user}`);
      },
      // What a company is called may be a place too.
      certificate: (text, kind) => kept(`${kind}:${text}`, () => `${kind}-${++counts[kind]}`),
      piece(text, side) {
        const piece = text.toLowerCase();
        if (piece.length < shortestPiece || hasLabel(piece)) return undefined;
        if (shared.test(piece.replace(/^\./, '')) || everybodys.test(piece)) return undefined;
        const [first, second] =
          side === 'begin' ? startingWith(beginnings, piece) : startingWith(ends, backwards(piece));
        if (first === undefined) return undefined;
        // Where it may be that of several, nobody can tell which.
        return second === undefined ? nameOf(side === 'begin' ? first : backwards(first)) : 'name';
      },
      isKnown: (text) => known.has(text.toLowerCase()),
      begins: (text) => startingWith(beginnings, text.toLowerCase())[0] !== undefined,
      map: () => [...labels.values()],
      asking: () => of(true),
    };
  };
  return of(false);
}

/** Without those that are so long as nobody else's would begin with them too: they are cut off. */
function withoutBeginnings(names: ReadonlySet<string>): readonly string[] {
  const sorted = [...names].sort((a, b) => (a < b ? -1 : 1));
  return [...names].filter((name) => {
    if (name.length < longestBeginning) return true;
    const [longer] = startingWith(sorted, name);
    return longer === undefined || !/^[\p{L}\p{N}]/u.test(longer.slice(name.length));
  });
}

/** What is long enough to be known by a piece of it. */
function sortedPieces(names: ReadonlySet<string>, written: (name: string) => string): readonly string[] {
  return [...names]
    .filter((name) => name.length >= shortestPiece)
    .map(written)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The first two of sorted names that begin so, and go on. By halving. */
function startingWith(sorted: readonly string[], piece: string): readonly (string | undefined)[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) <= piece) low = middle + 1;
    else high = middle;
  }
  return [sorted[low], sorted[low + 1]].filter((name) => name?.startsWith(piece));
}

function backwards(text: string): string {
  return [...text].reverse().join('');
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
  return /^(?:name-\d+(?:\.(?:domain-\d+|port2408\.net))?|(?:domain|mail|user)-\d+|address-[46]-\d+)$/.test(name);
}

/** Whether one of them is in it. */
function hasLabel(text: string): boolean {
  return /(?:^|[._+-])(?:name|domain|mail|user|address-[46])-\d+(?=$|[._+-])/.test(text);
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
  // `::1:2408` is loopback with its port; as an address nobody has it.
  else if (bytes.subarray(0, 13).every((byte) => byte === 0) && bytes[13] === 1) return true;
  else if (first === 0xff && second !== undefined && bytes.subarray(2, 14).every((byte) => byte === 0)) return true;
  const text = addressText(bytes);
  return text === cloudflareResolver || addressKind(text).kind === 'cloudflare';
}
