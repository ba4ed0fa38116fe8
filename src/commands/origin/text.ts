import type { EdgeVerdict } from '../../decoders/edge-verdict.js';
import { bracketed } from '../../model/endpoint.js';
import type { Blame } from '../../model/failure.js';
import { shellQuoted } from '../../model/shell-quoted.js';
import type { OriginAddress, OriginAttempt, OtherMode, SeenFacts } from './facts.js';
import { maskedUrl } from './masked-url.js';

/** `19 s`, `0.5 s` */
export function secondsText(seconds: number): string {
  return `${Number(seconds.toPrecision(3))} s`;
}

/** `12.3 ms`, `19.0 s` */
export function timeText(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `16 KB` where that is even, otherwise bytes. */
export function sizeText(bytes: number): string {
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KB` : `${bytes} bytes`;
}

/** `2 of 10 attempts`, `1 of 1 attempt` */
export function shareText(part: number, whole: number, noun: string): string {
  return `${part} of ${whole} ${noun}${whole === 1 ? '' : 's'}`;
}

/** The address of the attempt that decides; absent where there was no address. */
export function decisiveAddress({ decisive, addresses }: SeenFacts): OriginAddress | undefined {
  return decisive === undefined ? undefined : addresses[decisive.address];
}

/** The attempt that decides; absent where there was none. */
export function decisiveAttempt({ decisive, addresses }: SeenFacts): OriginAttempt | undefined {
  return decisive === undefined ? undefined : addresses[decisive.address]?.attempts[decisive.attempt];
}

/** The same command again, with more options: `rg-diag origin www.example.com --ip 203.0.113.7 --mode strict` */
export function againText(facts: SeenFacts, options: string): string {
  const { host, url, asked } = facts;
  const plain = url === `https://${host}/`;
  // A URL with a masked part is none to ask for.
  const target = plain ? host : maskedUrl(url) === url ? quoted(url) : 'URL';
  const address = decisiveAddress(facts)?.address;
  const ip = asked.ip === undefined || address === undefined ? '' : ` --ip ${address}`;
  const { connectTo } = asked.network;
  const port = connectTo?.port === undefined ? '' : `:${connectTo.port}`;
  const instead = connectTo === undefined ? '' : ` --connect-to ${bracketed(connectTo.host)}${port}`;
  const trust = [
    ...(asked.caFile === undefined ? [] : [`--ca-file ${shellQuoted(asked.caFile)}`]),
    ...(asked.addCa ?? []).map((path) => `--add-ca ${shellQuoted(path)}`),
  ];
  return [`rg-diag origin ${target}${ip}${instead}`, ...trust, options].join(' ');
}

/** As a shell reads it: a URL may have quotes, and a list of targets be anybody's. */
export function quoted(url: string): string {
  return `'${url.replaceAll("'", `'\\''`)}'`;
}

/** `192.0.2.1:443`, `[2001:db8::1]:443` */
export function placeText({ address, port }: Pick<OriginAddress, 'address' | 'port'>): string {
  return `${bracketed(address)}:${port}`;
}

/** `200 OK` */
export function statusText({ status, reason }: { readonly status: number; readonly reason: string }): string {
  return `${status} ${reason}`.trim();
}

/** Whose side it is. */
const sides: Readonly<Record<Blame, string>> = {
  target: 'the origin, or a firewall right before it',
  path: 'the path to the origin: a firewall, a router, or the network between',
  resolver: 'the name server, or the records in DNS',
  us: 'this machine, so that visitors may well see something else',
};

/** Whose side a verdict is on, for the blocks; nothing where nobody is at fault. */
export function sideText({ blame, passedThrough, stage, errorCode }: EdgeVerdict): string | undefined {
  if (errorCode === 1000 || errorCode === 1002) return 'the owner of the domain: the record in DNS';
  if (passedThrough || stage === 'response') return 'the origin: its web server, or the application behind it';
  if (stage === 'certificate') return 'the origin: its web server';
  return blame === null ? undefined : sides[blame];
}

/** `no error`, `525 (SSL handshake failed)`, or why nobody knows. */
export function outcomeText(mode: OtherMode): string {
  if ('undetermined' in mode) return `unknown (${mode.undetermined})`;
  if (mode.code === null) return 'no error';
  const { code, errorCode, name } = mode;
  return `${code} (${errorCode === undefined ? '' : `error ${errorCode}, `}${name})`;
}
