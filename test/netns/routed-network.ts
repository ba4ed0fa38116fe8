import { answerAll, createNamespaces, hardware, ip, type Namespace, setting } from './namespaces.js';

/** A router: what it forwards can be stopped. */
export interface Router extends Namespace {
  /** Replaces the rules of nft for what it forwards, in the order given; none at all opens it again. */
  forward(...rules: readonly string[]): Promise<void>;
}

/** A client, routers in a row, and a server behind the last one. */
export interface RoutedNetwork {
  readonly client: Namespace;
  /** The nearest to the client first. */
  readonly routers: readonly Router[];
  readonly server: Namespace;
  close(): Promise<void>;
}

/** The network of a link: the end nearer to the client has the address 1 in it, the other one 2. */
export interface Link {
  /** The first three numbers. */
  readonly 4: string;
  /** The first groups: 64 bits. */
  readonly 6: string;
}

/** Addresses of documentation (RFC 5737, RFC 3849): nothing else has them. */
export const usualLinks: readonly Link[] = [
  { 4: '192.0.2', 6: '2001:db8:0:1' },
  { 4: '198.51.100', 6: '2001:db8:0:2' },
  { 4: '203.0.113', 6: '2001:db8:0:3' },
];

export const addressIn = (link: Link | undefined, family: 4 | 6, end: 1 | 2): string =>
  family === 4 ? `${link?.[4]}.${end}` : `${link?.[6]}::${end}`;

/** Makes a chain of namespaces, one link between each two neighbours: the routers are one fewer than the links. */
export function createRoutedNetwork(links: readonly Link[] = usualLinks): RoutedNetwork {
  const roles = ['client', ...links.slice(1).map((_, index) => `router${index + 1}`), 'server'];
  const { namespaces, close } = createNamespaces(roles, (names) => {
    const chain = roles.map((role) => names[role] ?? '');
    for (const [index, link] of links.entries()) connect(chain[index] ?? '', chain[index + 1] ?? '', link, index);
    for (const [index, name] of chain.entries()) setUpRoutes(name, index, links);
  });
  const of = (role: string) => namespaces[role] as Namespace;
  return {
    client: of('client'),
    routers: roles.slice(1, -1).map((role) => ({ ...of(role), forward: (...rules) => forward(of(role), rules) })),
    server: of('server'),
    close,
  };
}

/** A link from `right` of the one to `left` of the other. */
function connect(near: string, far: string, link: Link, index: number): void {
  const address = (end: 1 | 2) => `${hardware}${(2 * index + end).toString(16).padStart(2, '0')}`;
  const peer = ['peer', 'name', 'left', 'netns', far, 'address', address(2)];
  ip('link', 'add', 'right', 'netns', near, 'address', address(1), 'type', 'veth', ...peer);
  for (const [name, device, own, other] of [
    [near, 'right', 1, 2],
    [far, 'left', 2, 1],
  ] as const) {
    ip('-n', name, 'addr', 'add', `${addressIn(link, 4, own)}/24`, 'dev', device);
    ip('-n', name, 'addr', 'add', `${addressIn(link, 6, own)}/64`, 'dev', device, 'nodad');
    ip('-n', name, 'link', 'set', device, 'up');
    // A new link answers questions about IPv6 neighbours only after a second.
    const neighbour = [addressIn(link, 6, other), 'lladdr', address(other), 'dev', device, 'nud', 'permanent'];
    ip('-n', name, 'neigh', 'replace', ...neighbour);
  }
}

/** Everything that is not known lies behind the server's end; of the last router, and of the server, nothing does. */
function setUpRoutes(name: string, index: number, links: readonly Link[]): void {
  ip('-n', name, 'link', 'set', 'lo', 'up');
  answerAll(name);
  const [right, left] = [links[index], links[index - 1]];
  for (const family of [4, 6] as const) {
    const route = (to: string, via: string) => ip('-n', name, `-${family}`, 'route', 'add', to, 'via', via);
    if (right !== undefined && index < links.length - 1) route('default', addressIn(right, family, 2));
    if (right === undefined && left !== undefined) route('default', addressIn(left, family, 1));
    if (right === undefined || left === undefined) continue;
    setting(name, family === 4 ? 'ipv4/ip_forward' : 'ipv6/conf/all/forwarding', 1);
    for (const link of links.slice(0, index - 1)) {
      route(family === 4 ? `${link[4]}.0/24` : `${link[6]}::/64`, addressIn(left, family, 1));
    }
  }
}

async function forward(router: Namespace, rules: readonly string[]): Promise<void> {
  const lines = ['add table inet forwarding', 'delete table inet forwarding', 'table inet forwarding {'];
  const chain = ['chain forward {', 'type filter hook forward priority 0', ...rules, '}', '}', ''];
  const { exit, stderr } = await router.run('nft', [...lines, ...chain].join('\n'));
  if (exit !== 0) throw new Error(`nft: ${stderr}`);
}
