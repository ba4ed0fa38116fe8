/** A target as a user spells it: a host with or without a port, or a unix socket. */
export type Endpoint =
  | { readonly kind: 'host'; readonly host: string; readonly port?: number }
  | { readonly kind: 'unix'; readonly path: string };

/** What is wrong with the spelling of a target, as a sentence without a full stop. */
export interface EndpointProblem {
  readonly problem: string;
}

/**
 * Reads `host`, `host:port`, `192.0.2.1`, `[2001:db8::1]:443`, a bare IPv6 address, or `unix:/path`. Names are not looked
 * up; a zone such as `%eth0` behind an IPv6 address is kept.
 */
export function endpointOf(text: string): Endpoint | EndpointProblem {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length);
    if (path === '') return { problem: `'${text}' names no socket: unix:/path is expected` };
    return { kind: 'unix', path };
  }
  if (text === '') return { problem: 'an empty target' };
  if (text.startsWith('-')) return { problem: `'${text}' begins with a dash, which no host does` };
  if (text.includes('://')) return { problem: `'${text}' is a URL: give its host, as in ${hostOfUrl(text)}` };
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) {
    const [, host = '', port] = bracketed;
    if (!isIpv6(host)) return { problem: `'[${host}]' is not an IPv6 address` };
    return withPort(text, host, port);
  }
  const colons = text.split(':').length - 1;
  if (colons > 1) {
    if (isIpv6(text)) return { kind: 'host', host: text };
    return { problem: `'${text}' is neither host:port nor an IPv6 address (with a port: [address]:port)` };
  }
  const [host = '', port] = text.split(':');
  if (!isHost(host)) return { problem: `'${host}' is not a host name or address` };
  return withPort(text, host, port);
}

/** `host:port`, with the port that stands for an absent one, and brackets where they are needed; or the socket. */
export function endpointText(endpoint: Endpoint, defaultPort: number): string {
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}`;
  return `${bracketed(endpoint.host)}:${endpoint.port ?? defaultPort}`;
}

/** A host as it stands before a colon and a port: an IPv6 address in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** A port number from 1 to 65535, or nothing. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** Whether text has the shape of an IPv6 address, with or without a zone. */
export function isIpv6(text: string): boolean {
  // A zone as Node takes it: what it does not take for an address, it would look up as a name.
  const [, address = ''] = /^([0-9a-f:.]+)(?:%[0-9a-z.:-]+)?$/i.exec(text) ?? [];
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const isMapped = last.includes('.') && address.endsWith(last);
  if (isMapped && !isIpv4(last)) return false;
  const hex = isMapped ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = hex.length + (isMapped ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

/** Whether text is a dotted IPv4 address. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** 4 or 6 for an address, nothing for a name. */
export function familyOf(host: string): 4 | 6 | undefined {
  if (isIpv4(host)) return 4;
  return isIpv6(host) ? 6 : undefined;
}

function withPort(text: string, host: string, port: string | undefined): Endpoint | EndpointProblem {
  if (port === undefined) return { kind: 'host', host };
  const number = portOf(port);
  if (number === undefined) return { problem: `'${port}' in '${text}' is not a port from 1 to 65535` };
  return { kind: 'host', host, port: number };
}

/** Names may hold what DNS allows, and letters of any script; what a name server makes of them is its own matter. */
function isHost(text: string): boolean {
  if (text.length > 253 || text.includes('..')) return false;
  // Compiling the second one takes longer than most of what follows: few names need it.
  return /^[a-z0-9_][a-z0-9_.-]*$/i.test(text) || /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u.test(text);
}

function hostOfUrl(text: string): string {
  return /^[^:]+:\/\/(?:[^/?#@]*@)?([^/?#]*)/.exec(text)?.[1] || 'example.com';
}
