/** What a router says with a mark, as far as it tells where to look. */
export type RouteMarkKind = 'host' | 'network' | 'prohibited' | 'protocol' | 'packet';

/** A mark that a program of the traceroute kind writes behind an answer. */
export interface RouteMark {
  readonly mark: string;
  /** Behind "the router says that ". */
  readonly meaning: string;
  readonly kind: RouteMarkKind;
  readonly source: string;
}

const linux = 'traceroute(8) of Linux 2.1.2';
const bsd = 'traceroute(8) of FreeBSD';
const icmp = 'RFC 1812 section 5.2.7.1';

/** Numbers are codes of ICMP's "destination unreachable" (type 3) that have no letter in that program. */
export const routeMarks: readonly RouteMark[] = [
  { mark: '!H', meaning: 'the host cannot be reached', kind: 'host', source: linux },
  { mark: '!N', meaning: 'it has no route to the network', kind: 'network', source: linux },
  { mark: '!P', meaning: 'the host does not know the protocol', kind: 'protocol', source: linux },
  { mark: '!S', meaning: 'the source route failed', kind: 'packet', source: linux },
  { mark: '!F', meaning: 'the packet is too long and must not be cut', kind: 'packet', source: linux },
  {
    mark: '!X',
    meaning: 'an administrator has prohibited it',
    kind: 'prohibited',
    source: linux,
  },
  { mark: '!V', meaning: 'the precedence is not permitted', kind: 'packet', source: linux },
  { mark: '!C', meaning: 'the precedence is below what is required', kind: 'packet', source: linux },
  {
    mark: '!A',
    meaning: 'an administrator has prohibited it',
    kind: 'prohibited',
    source: 'iputils, tracepath.c; BusyBox',
  },
  { mark: '!Z', meaning: 'an administrator has prohibited the host', kind: 'prohibited', source: bsd },
  { mark: '!U', meaning: 'the network is unknown', kind: 'network', source: bsd },
  { mark: '!W', meaning: 'the host is unknown', kind: 'host', source: bsd },
  { mark: '!I', meaning: 'the source host is isolated', kind: 'network', source: bsd },
  { mark: '!Q', meaning: 'the network cannot be reached with this type of service', kind: 'network', source: bsd },
  { mark: '!T', meaning: 'the host cannot be reached with this type of service', kind: 'host', source: bsd },
  { mark: '!6', meaning: 'the network is unknown', kind: 'network', source: icmp },
  { mark: '!7', meaning: 'the host is unknown', kind: 'host', source: icmp },
  { mark: '!8', meaning: 'the source host is isolated', kind: 'network', source: icmp },
  { mark: '!9', meaning: 'an administrator has prohibited the network', kind: 'prohibited', source: icmp },
  { mark: '!10', meaning: 'an administrator has prohibited the host', kind: 'prohibited', source: icmp },
  { mark: '!11', meaning: 'the network cannot be reached with this type of service', kind: 'network', source: icmp },
  { mark: '!12', meaning: 'the host cannot be reached with this type of service', kind: 'host', source: icmp },
  { mark: '!13', meaning: 'an administrator has prohibited it', kind: 'prohibited', source: icmp },
];

export function routeMarkOf(mark: string): RouteMark | undefined {
  return routeMarks.find((row) => row.mark === mark);
}
