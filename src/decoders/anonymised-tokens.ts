import { isIpv6 } from '../model/endpoint.js';
import type { AnonymousLabels } from './anonymised-labels.js';

/** Units of a name with its dots: DNS allows no longer one. */
const longestName = 253;

/** Units of a line that are read at once: what is longer brings down what reads patterns. */
const longestPart = 1_000_000;

/** Labels of a name that are tried from each on: names of files have few. And places in a word where one may begin. */
const mostLabels = 24;
const mostStarts = 60;

/**
 * What an address or a name may be, and before it what would be taken for its beginning: `%2F`, `\n`. In this order: mail addresses and
 * who is named in URLs, the groups of an address of IPv6, and words with dots in them.
 */
const tokens =
  /%[\da-f]{2}|\\u[\da-f]{4}|\\[nrtbf]|[\p{L}\p{N}][\p{L}\p{N}._+-]{0,63}(?:@|%40)(?:domain-\d+(?!\.[\p{L}\p{N}]|[_-])|(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}[\p{L}\p{N}-]{1,62})(?![\p{L}\p{N}])|(?:[\da-f]{0,4}:){2,}[\da-f:.]*(?![\p{L}\p{N}])|[\p{L}\p{N}](?:[\p{L}\p{N}-]|\.(?=[\p{L}\p{N}]))*/giu;

/** What else a name may be: DNS has underscores, hosts have none. */
const underscored = /[\p{L}\p{N}_](?:[\p{L}\p{N}_-]|\.(?=[\p{L}\p{N}_]))*/gu;

/** What rg-diag puts before the name of a host in the name of a file. */
const fileWord = /^(?:origin|cert|trace|route-to-origin|route|dns|log|origin-log|har)-/i;

/** Units of the beginning of a name that tell it also where nothing says that it is cut off: with a digit, dot or hyphen, and without. */
const longWord = 12;
const longPiece = 20;

/** Hyphens of a word that are tried. */
const mostHyphens = 12;

/** Behind these, four numbers with dots are a section, a version or an object identifier. */
const noAddressBehind =
  /(?:\bRFC \d{1,5}|\b(?:sections?|sect|appendix|clause|version|ver|release|v|OID)|§)[\s,:.=]{0,3}$|\b(?:Chrome|Chromium|HeadlessChrome|CriOS|Edg[A-Za-z]{0,3}|OPR|Opera|Firefox|FxiOS|Safari|Version|SamsungBrowser|YaBrowser|Vivaldi|Electron)\/$/i;

/** What stands behind a text that was cut off. */
export const cutBehind = /^\.?(?:…|\.\.\.|\\u2026|&hellip;|%E2%80%A6)/i;
const cutBefore = /(?:…|\.\.\.|\\u2026|&hellip;|%E2%80%A6)\.?$/i;

/** The place of the machine in a line of a log, behind the time, and in what journald writes as JSON. */
const machines =
  /^((?:<\d{1,3}>\d{0,2} ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d)?) )([\p{L}\p{N}.-]{1,253})(?=\s)|("_HOSTNAME"\s{0,5}:\s{0,5}")([^"\\]{1,253})(?=")/gmu;

export interface Anonymised {
  readonly text: string;
  /** Labels that were put in. */
  readonly count: number;
}

/** The text with labels in the place of names and addresses that stand in it as they are. Linear. */
export function anonymisedTokens(text: string, labels: AnonymousLabels): Anonymised {
  let count = 0;
  const counted = (label: string | undefined, otherwise: string) => {
    if (label === undefined) return otherwise;
    count += 1;
    return label;
  };
  const seen = new Set<string>();
  const ofPart = (part: string) =>
    part
      .replace(machines, (all, before: string | undefined, name: string, key: string | undefined, host: string) => {
        const label = labels.machine(name ?? host);
        return label === undefined ? all : `${before ?? key}${counted(label, '')}`;
      })
      .replace(underscored, (word) =>
        word.includes('_') && labels.isKnown(word) ? counted(labels.name(word), word) : word,
      )
      .replace(tokens, (token, offset: number, whole: string) => {
        const shown = ofToken(token, { offset, whole, labels, counted, seen });
        // What stands in columns stays in them.
        return whole.startsWith('  ', offset + token.length) ? shown.padEnd(token.length) : shown;
      });
  const shown = text.replace(/[^\n]+/g, (line) =>
    line.length <= longestPart ? ofPart(line) : partsOf(line).map(ofPart).join(''),
  );
  const dashless = withoutDashes(shown, labels, seen, counted);
  return { text: dashless, count };
}

type Counted = (label: string | undefined, otherwise: string) => string;

interface Place {
  readonly offset: number;
  readonly whole: string;
  readonly labels: AnonymousLabels;
  readonly counted: Counted;
  /** Addresses that were seen. */
  readonly seen: Set<string>;
}

function ofToken(token: string, place: Place): string {
  const { offset, whole, labels, counted, seen } = place;
  if (token.startsWith('%') || token.startsWith('\\')) return token;
  if (/@|%40/.test(token)) return ofMail(token, place);
  if (token.includes(':')) return ofIpv6(token, labels, counted);
  const piece = token.length > longestName ? undefined : ofPiece(token, place);
  if (piece !== undefined) return piece;
  if (/^[\d.-]+$/.test(token) && token.includes('.')) return ofDigits(token, whole, offset, labels, counted, seen);
  if (!token.includes('.') && token.length > longestName) return token;
  const shown = (token.includes('.') ? ofDotted : ofWord)(token, labels, counted);
  // The rest may be in another line, or nowhere.
  const isTelling = token.length >= longPiece || (token.length >= longWord && /[\d.-]/.test(token));
  return shown === token && isTelling ? counted(labels.piece(token, 'begin'), token) : shown;
}

/** All of a mail address; of a URL, who is named and the host apart. */
function ofMail(token: string, place: Place): string {
  const { offset, whole, labels, counted } = place;
  const [, user = '', at = '', host = ''] = /^(.*?)(@|%40)(.*)$/s.exec(token) ?? [];
  const within = (text: string) =>
    text.replace(tokens, (part, from: number) => ofToken(part, { ...place, offset: from, whole: text }));
  const isUrl = /(?:\/\/|%2f%2f|\\\/\\\/)$/i.test(whole.slice(Math.max(0, offset - 6), offset));
  if (isUrl) return counted(labels.user(user), user) + at + within(host);
  const label = labels.mail(token);
  return label === undefined ? within(user) + at + within(host) : counted(label, token);
}

/** A known name that is cut off: at its end (`www.exam…`), or at its beginning. */
function ofPiece(token: string, { offset, whole, labels, counted }: Place): string | undefined {
  const end = offset + token.length;
  if (cutBehind.test(whole.slice(end, end + 10)) && !labels.isKnown(token)) {
    for (const at of wordStarts(token)) {
      const label = labels.piece(token.slice(at), 'begin');
      if (label !== undefined) return fromEachStart(token.slice(0, at), labels, counted) + counted(label, '');
    }
  }
  if (!cutBefore.test(whole.slice(Math.max(0, offset - 10), offset)) || labels.isKnown(token)) return undefined;
  for (const at of [token.length, ...wordStarts(token).map((start) => start - 1)]) {
    const label = at < 0 ? undefined : labels.piece(token.slice(0, at), 'end');
    if (label !== undefined) return counted(label, '') + fromEachStart(token.slice(at), labels, counted);
  }
  return undefined;
}

/** Where a word or a part of one begins: behind dots and hyphens. */
function wordStarts(token: string): number[] {
  const starts = [0];
  for (const { index } of token.matchAll(/[.-]/g)) {
    if (starts.length > mostLabels) break;
    starts.push(index + 1);
  }
  return starts;
}

/** A word without dots: a name, or one between hyphens. */
function ofWord(token: string, labels: AnonymousLabels, counted: Counted): string {
  const whole = labels.name(token);
  if (whole !== undefined || !token.includes('-')) return counted(whole, token);
  return fromEachStart(token, labels, counted);
}

function ofIpv6(token: string, labels: AnonymousLabels, counted: Counted): string {
  // A time, a MAC address or a fingerprint is none, and neither is a serial number of eight bytes.
  if (token.length > 60 || /^(?:[\da-f]{2}:){7}[\da-f]{2}$/i.test(token)) return token;
  for (const cut of [/^((?::(?!:))?)(.*?)([:.]?)$/, /^((?::(?!:))?)(.*?)(\.\d{1,5}[:.]?)$/]) {
    const [, before = '', address = '', after = ''] = cut.exec(token) ?? [];
    if (isIpv6(address)) return before + counted(labels.address(address), address) + after;
  }
  // `192.0.2.1:443:…` begins with no group; what is left is tried word by word.
  return token.replace(/\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, (address) => counted(labels.address(address), address));
}

/** Digits and dots, and dashes between: an address, an address with a port behind a dot, a range. */
function ofDigits(
  token: string,
  whole: string,
  offset: number,
  labels: AnonymousLabels,
  counted: Counted,
  seen: Set<string>,
): string {
  // `Chrome/120.0.0.0`, `RFC 5280 4.2.1.9`
  if (isNoAddress(token, whole.slice(Math.max(0, offset - 24), offset))) return token;
  return token.replace(/[\d.]+/g, (run) => {
    const [, address = '', port = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})(\.\d{1,5})?$/.exec(run) ?? [];
    if (address === '' || (port !== '' && Number(port.slice(1)) <= 255)) return run;
    const label = labels.address(address);
    if (label !== undefined) seen.add(address);
    return counted(label, address) + port;
  });
}

function isNoAddress(token: string, before: string): boolean {
  return noAddressBehind.test(before) || (/\.0\.0$/.test(token) && /[a-z]\/$/i.test(before));
}

/** A name, or one within the name of a file; an address may be one too, and the beginning of one that stands the wrong way round. */
function ofDotted(token: string, labels: AnonymousLabels, counted: Counted): string {
  if (token.length > longestName * 2) return token;
  const reversed = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(\.in-addr\.arpa)$/i.exec(token);
  if (reversed !== null) {
    const [, d, c, b, a, zone = ''] = reversed;
    return counted(labels.address(`${a}.${b}.${c}.${d}`), `${d}.${c}.${b}.${a}`) + zone;
  }
  const nibbles = /^((?:[\da-f]\.){32})(ip6\.arpa)$/i.exec(token);
  if (nibbles !== null) {
    const digits = (nibbles[1] ?? '').replaceAll('.', '').split('').reverse().join('');
    const label = labels.address(digits.replace(/(....)(?=.)/g, '$1:'));
    return label === undefined ? token : `${counted(label, '')}.${nibbles[2]}`;
  }
  const file = labels.isKnown(token) ? undefined : fileWord.exec(token)?.[0];
  const inFile = file === undefined ? undefined : longestFrom(token.slice(file.length).split('.'), 0, labels, true);
  if (file !== undefined && inFile !== undefined) {
    const rest = token.slice(file.length).split('.').slice(inFile.end);
    return [file + counted(inFile.label, '') + inFile.behind, ...rest].join('.');
  }
  const whole = labels.name(token);
  if (whole !== undefined) return counted(whole, token);
  const ahead = behindHyphen(token.split('.'), labels);
  if (ahead === undefined) return fromEachStart(token, labels, counted);
  const rest = token.split('.').slice(ahead.end);
  const behind = [ahead.behind, ...rest].join('.');
  return counted(ahead.label, '') + fromEachStart(behind, labels, counted);
}

const inLabel = /(?:name|domain|mail|user|address(?:-[46])?)-$/;

/** What is known from the beginning of any part on: behind a dot, or letter by letter behind a hyphen. */
function fromEachStart(token: string, labels: AnonymousLabels, counted: Counted): string {
  let shown = '';
  let tries = 0;
  for (let from = 0; from < token.length; ) {
    const [mark = ''] = /^[.-]+/.exec(token.slice(from)) ?? [];
    shown += mark;
    from += mark.length;
    tries += 1;
    if (tries > mostStarts) return shown + token.slice(from);
    const parts = token.slice(from).split('.');
    // The number of a label begins nothing.
    const found = inLabel.test(shown) ? undefined : longestFrom(parts, 0, labels, mark.endsWith('-'));
    if (found !== undefined) {
      shown += counted(found.label, '');
      from += parts.slice(0, found.end).join('.').length - found.behind.length;
      continue;
    }
    const [part = ''] = parts;
    const word = knownStart(part, labels);
    const [start = ''] = /^[^-]*/.exec(part) ?? [];
    shown += word === undefined ? start : counted(word.label, '');
    from += word === undefined ? start.length : word.length;
  }
  return shown;
}

/** The longest known name that a part begins with, up to a hyphen. */
function knownStart(
  part: string,
  labels: AnonymousLabels,
): { readonly label: string; readonly length: number } | undefined {
  const words = part.split('-').slice(0, mostHyphens);
  for (let count = words.length; count > 0; count -= 1) {
    const text = words.slice(0, count).join('-');
    const label = text === '' ? undefined : labels.name(text);
    if (label !== undefined) return { label, length: text.length };
  }
  return undefined;
}

interface Found {
  readonly label: string;
  /** The first part that is none of it. */
  readonly end: number;
  /** What is left of the last part: of `org-access` what begins with the hyphen. */
  readonly behind: string;
}

/** `exactly`: only names that are known letter by letter. */
function longestFrom(
  parts: readonly string[],
  at: number,
  labels: AnonymousLabels,
  exactly = false,
): Found | undefined {
  const labelOf = (text: string) => {
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return labels.address(text);
    return exactly && !labels.isKnown(text) ? undefined : labels.name(text);
  };
  for (let end = Math.min(parts.length, at + mostLabels); end > at; end -= 1) {
    const text = parts.slice(at, end).join('.');
    const label = labelOf(text);
    if (label !== undefined) return { label, end, behind: '' };
    const last = parts[end - 1] ?? '';
    const hyphen = last.indexOf('-');
    if (hyphen <= 0 || end === at + 1) continue;
    const behind = last.slice(hyphen);
    const shorter = labelOf(text.slice(0, text.length - behind.length));
    if (shorter !== undefined) return { label: shorter, end, behind };
  }
  return undefined;
}

/** Of a name that ends with a known one, behind a hyphen. What is before it may tell as much, so it is a name of its own. */
function behindHyphen(parts: readonly string[], labels: AnonymousLabels): Found | undefined {
  const [first = ''] = parts;
  const hyphens = [...first.matchAll(/-/g)].slice(0, mostHyphens);
  for (const { index } of hyphens) {
    const found = longestFrom([first.slice(index + 1), ...parts.slice(1)], 0, labels, true);
    if (found === undefined) continue;
    const name = parts.slice(0, found.end).join('.');
    const label = labels.another(name.slice(0, name.length - found.behind.length));
    if (label !== undefined) return { ...found, label };
  }
  return undefined;
}

/** Four numbers between hyphens, what may stand before them in the name of a machine, and a domain behind it. */
const dashedIpv4 =
  /(?<![\d]|address-)((?<![\p{L}\p{N}])(?:ip|ec2|host|static|dynamic|dyn|dhcp|pool|cpe|dsl|adsl|client|customer|vps|server|node)-)?(\d{1,3}(?:-\d{1,3}){3})(?![\d]|-\d)((?:\.[a-z](?:[a-z\d-]{0,62})(?![\w-])){2})?/giu;

/** Groups of an address of IPv6 between hyphens, as in names that Windows and services of the DNS make of them. */
const dashedIpv6 =
  /(?<![\p{L}\p{N}-])([\da-f]{0,4}(?:-[\da-f]{0,4}){2,7})(?:(s[\da-z]{1,16})?(\.ipv6-literal\.net)|(?![\p{L}\p{N}-]))/giu;

/**
 * Names that are made of addresses: `203-0-113-7.isp.example`, `ip-203-0-113-8`, `2001-db8--7.ipv6-literal.net`. Four numbers alone only
 * where the same text has that address: of dates there are many.
 */
function withoutDashes(text: string, labels: AnonymousLabels, seen: ReadonlySet<string>, counted: Counted): string {
  return text
    .replace(dashedIpv4, (all, before: string | undefined, run: string, domain: string | undefined) => {
      const address = run.replaceAll('-', '.');
      const isName = before !== undefined || (domain !== undefined && !/^\.tar\./i.test(domain));
      if (!isName && !seen.has(address)) return all;
      return (before ?? '') + counted(labels.address(address), run) + (domain ?? '');
    })
    .replace(dashedIpv6, (all, run: string, zone: string | undefined, literal: string | undefined) => {
      const address = run.replaceAll('-', ':');
      // `face--bad` is a word.
      if (literal === undefined && !/^(?=[a-f]{0,3}\d)[23f][\da-f]{3}-/i.test(run)) return all;
      return isIpv6(address) ? counted(labels.address(address), run) + (zone ?? '') + (literal ?? '') : all;
    });
}

/** A line in parts, between two words where there are any. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < line.length; ) {
    let end = Math.min(line.length, from + longestPart);
    for (let at = end; end < line.length && at > end - longestName * 4; at -= 1) {
      if (!/[\s,;"'<>/]/.test(line.charAt(at - 1))) continue;
      end = at;
      break;
    }
    parts.push(line.slice(from, end));
    from = end;
  }
  return parts;
}
