import type { Failure } from '../../model/failure.js';
import type { Protocol, RouteAsked, Tool } from './facts.js';

/** A program and what it sends. */
export interface Way {
  readonly tool: Tool;
  readonly protocol: Protocol;
}

/** Every way, the one that tells most first: what firewalls do to TCP is what they do to visitors. */
const ways: readonly Way[] = [
  { tool: 'mtr', protocol: 'tcp' },
  { tool: 'traceroute', protocol: 'tcp' },
  { tool: 'mtr', protocol: 'icmp' },
  { tool: 'traceroute', protocol: 'udp' },
  { tool: 'tracepath', protocol: 'udp' },
  { tool: 'traceroute', protocol: 'icmp' },
  { tool: 'mtr', protocol: 'udp' },
];

/** The ways that do what is asked, in the order in which to try them. */
export function waysOf({ protocol, tool }: Pick<RouteAsked, 'protocol' | 'tool'>): Way[] {
  return ways.filter(
    (way) => (protocol === 'auto' || way.protocol === protocol) && (tool === undefined || way.tool === tool),
  );
}

/** The kinds of traceroute, which take different options. */
export type Flavour = 'linux' | 'inetutils' | 'busybox' | 'bsd';

/** Which traceroute it is, by all that it prints when it is asked for its version. */
export function flavourOf(text: string): Flavour {
  if (/modern traceroute/i.test(text)) return 'linux';
  if (/inetutils/i.test(text)) return 'inetutils';
  return /busybox/i.test(text) ? 'busybox' : 'bsd';
}

/** The version that a program names, as it writes it: `mtr 0.95`; nothing where it does not know the question. */
export function versionOf(text: string): string | undefined {
  const line = text
    .split('\n')
    .find((row) => /\d/.test(row) && /^(mtr|tracepath|traceroute|modern|busybox)\b/i.test(row));
  return line?.trim().slice(0, 120);
}

/** What a program is asked for its version with. */
export function versionArgument(tool: Tool): string {
  return tool === 'tracepath' ? '-V' : '--version';
}

interface Sending {
  readonly asked: RouteAsked;
  readonly address: string;
  readonly port: number;
  readonly flavour: Flavour;
}

/** The arguments of a program, or nothing where it is of a kind that cannot do it. */
export function argumentsOf(way: Way, sending: Sending): string[] | undefined {
  switch (way.tool) {
    case 'mtr':
      return mtrArguments(way.protocol, sending);
    case 'traceroute':
      return tracerouteArguments(way.protocol, sending);
    case 'tracepath':
      return tracepathArguments(sending);
  }
}

/** Seconds that mtr waits for late answers at its end; by itself it waits for five. */
const lateAnswers = 2;

function mtrArguments(protocol: Protocol, { asked, address, port }: Sending): string[] {
  const probe = { tcp: ['-T', '-P', String(port)], udp: ['-u', '-P', String(port)], icmp: [] }[protocol];
  const names = asked.names ? [] : ['-n'];
  const counts = ['-c', String(asked.queries), '-m', String(asked.maxHops), '-G', String(lateAnswers)];
  return ['--raw', ...names, ...counts, ...probe, address];
}

/**
 * Seconds that traceroute of Linux waits for an answer. Unless it is told, it waits for three times what the hop's first
 * answer took: 0.1 ms on a fast link, where an answer that is a little late then counts as a lost one.
 */
const linuxWait = 3;

function tracerouteArguments(protocol: Protocol, { asked, address, port, flavour }: Sending): string[] | undefined {
  const counts = ['-q', String(asked.queries), '-m', String(asked.maxHops)];
  const isLinux = flavour === 'linux';
  if (protocol === 'tcp' && !isLinux) return undefined;
  // BusyBox knows it only where it was built for it.
  if (protocol === 'icmp' && flavour === 'busybox') return undefined;
  if (flavour === 'inetutils') {
    if (address.includes(':')) return undefined;
    const names = asked.names ? ['--resolve-hostnames'] : [];
    return [...names, ...counts, ...(protocol === 'icmp' ? ['-I'] : []), address];
  }
  const names = asked.names ? [] : ['-n'];
  // The ports of UDP are those that nobody listens on, which traceroute knows best: what listens does not answer.
  const probe = { tcp: ['-T', '-p', String(port)], icmp: ['-I'], udp: [] }[protocol];
  return [...probe, ...names, ...counts, ...(isLinux ? ['-w', String(linuxWait)] : []), address];
}

/** It takes no number of probes. */
function tracepathArguments({ asked, address }: Sending): string[] {
  return [asked.names ? '-b' : '-n', '-m', String(asked.maxHops), address];
}

/**
 * Seconds after which a program has certainly done what it could: mtr has a cycle each second, traceroute waits 3 seconds
 * for each of 16 probes at once (those of others 5, for one after the other), tracepath 3 for each hop.
 */
export function secondsFor({ tool }: Way, { asked, flavour }: Pick<Sending, 'asked' | 'flavour'>): number {
  const { queries, maxHops } = asked;
  if (tool === 'mtr') return queries + lateAnswers + 15;
  if (tool === 'tracepath') return 3 * maxHops + 10;
  return (flavour === 'linux' ? Math.ceil((queries * maxHops) / 16) * linuxWait : queries * maxHops * 5) + 10;
}

/** Whether a program says that it may not do what it was asked to: it needs a capability that it does not have. */
export function lacksPrivilege(text: string): boolean {
  return /permission denied|not permitted|privileges/i.test(text);
}

/** Whether mtr could not have its helper, mtr-packet, open the sockets that everything needs. */
export function lacksHelper({ code, detail }: Failure): boolean {
  return code === 'permission-denied' || detail.includes('mtr-packet');
}
