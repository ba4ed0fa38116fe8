import { isIpv6 } from '../model/endpoint.js';
import type { AnonymousLabels } from './anonymised-labels.js';

/** Units of a name with its dots: DNS allows no longer one. */
const longestName = 253;

/** Units of a line that are read at once: what is longer brings down what reads patterns. */
const longestPart = 1_000_000;

/** Labels of a name that are tried from each on: names of files have few. */
const mostLabels = 24;

/**
 * What an address or a name may be, and before it what would be taken for its beginning: `%2F`, `\n`. In this order: the groups of an
 * address of IPv6, and words with dots in them.
 */
const tokens =
  /%[\da-f]{2}|\\u[\da-f]{4}|\\[nrtbf]|(?:[\da-f]{0,4}:){2,}[\da-f:.]*(?![\p{L}\p{N}])|[\p{L}\p{N}](?:[\p{L}\p{N}-]|\.(?=[\p{L}\p{N}]))*/giu;

/** The place of the machine in a line of a log, behind the time, and in what journald writes as JSON. */
const machines =
  /^((?:<\d{1,3}>\d{0,2} ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:?\d\d)?) )([\p{L}\p{N}.-]{1,253})(?=\s)|("_HOSTNAME"\s{0,5}:\s{0,5}")([^"\\]{1,253})(?=")/gmu;

/** The text with labels, and how many were put in. Linear. */
export function anonymisedTokens(
  text: string,
  labels: AnonymousLabels,
): { readonly text: string; readonly count: number } {
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
      .replace(tokens, (token, offset: number, whole: string) => {
        if (token.startsWith('%') || token.startsWith('\\')) return token;
        if (token.includes(':')) return ofIpv6(token, labels, counted);
        if (!token.includes('.')) return token.length > longestName ? token : counted(labels.name(token), token);
        if (/^[\d.-]+$/.test(token)) return ofDigits(token, whole, offset, labels, counted, seen);
        return ofDotted(token, labels, counted);
      });
  const shown = text.replace(/[^\n]+/g, (line) =>
    line.length <= longestPart ? ofPart(line) : partsOf(line).map(ofPart).join(''),
  );
  return { text: seen.size === 0 ? shown : withoutDashes(shown, labels, seen, counted), count };
}

type Counted = (label: string | undefined, otherwise: string) => string;

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
  // `Chrome/120.0.0.0`
  if (/\.0\.0$/.test(token) && /[a-z]\/$/i.test(whole.slice(Math.max(0, offset - 2), offset))) return token;
  return token.replace(/[\d.]+/g, (run) => {
    const [, address = '', port = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})(\.\d{1,5})?$/.exec(run) ?? [];
    if (address === '' || (port !== '' && Number(port.slice(1)) <= 255)) return run;
    const label = labels.address(address);
    if (label !== undefined) seen.add(address);
    return counted(label, address) + port;
  });
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
  const whole = labels.name(token);
  if (whole !== undefined) return counted(whole, token);
  const parts = token.split('.');
  if (parts.length > mostLabels) return token;
  const shown: string[] = [];
  for (let at = 0; at < parts.length; ) {
    const found = longestFrom(parts, at, labels);
    shown.push(found === undefined ? (parts[at] ?? '') : counted(found.label, ''));
    at = found === undefined ? at + 1 : found.end;
  }
  return shown.join('.');
}

function longestFrom(
  parts: readonly string[],
  at: number,
  labels: AnonymousLabels,
): { readonly label: string; readonly end: number } | undefined {
  for (let end = parts.length; end > at; end -= 1) {
    const text = parts.slice(at, end).join('.');
    const label = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? labels.address(text) : labels.name(text);
    if (label !== undefined) return { label, end };
  }
  return undefined;
}

/** Names that providers make of addresses: `203-0-113-7.isp.example`. Only of such as the same text has: of dates there are many. */
function withoutDashes(text: string, labels: AnonymousLabels, seen: ReadonlySet<string>, counted: Counted): string {
  return text.replace(/(?<!\d)\d{1,3}(?:-\d{1,3}){3}(?![\d])/g, (run) => {
    const address = run.replaceAll('-', '.');
    return seen.has(address) ? counted(labels.address(address), run) : run;
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
