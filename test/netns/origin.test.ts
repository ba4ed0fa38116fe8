import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../cli/run.js';
import { expectExit, expectRailgun, expectVerdict, reportOf } from '../commands/origin/judged.js';
import { breaks, type Expected, healthy, host, listenerLog, type RailgunForm } from '../commands/origin/scenario.js';
import { createAuthority } from '../servers/authority.js';
import { bundled } from './bundled.js';
import { createNetwork, serverAddress } from './namespaces.js';

const network = createNetwork();
const authority = await createAuthority();
afterAll(async () => {
  await network.close();
  authority.close();
});

const { client, server } = network;

/** Public addresses, since reserved ones are no origin's: of nobody here, and of Cloudflare. */
const [alive, dead, rejected, mute] = ['11.0.0.1', '11.0.0.2', '11.0.0.3', '11.0.0.4'];
const [edge, noEdge] = ['104.16.0.5', '104.16.0.6'];
for (const address of [alive, dead, rejected, mute, edge, noEdge]) {
  server.ip('addr', 'add', `${address}/32`, 'dev', 'lo');
  client.ip('route', 'add', address, 'via', serverAddress[4]);
}

/** The server is a router too: what lies behind it, and what it does with packets to it. */
const routes = {
  unreachable: '198.51.100.1',
  prohibit: '198.51.100.2',
  blackhole: '198.51.100.3',
  none: '198.51.100.4',
} as const;
for (const [index, address] of Object.values(routes).entries()) {
  // A router says why to each source about once a second only (ip_error of the kernel).
  const source = `192.0.2.${10 + index}`;
  client.ip('addr', 'add', `${source}/24`, 'dev', 'eth0');
  client.ip('route', 'add', address, 'via', serverAddress[4], 'src', source);
}
for (const kind of ['unreachable', 'prohibit', 'blackhole'] as const) server.ip('route', 'add', kind, routes[kind]);
await server.run('sysctl', '-w', 'net.ipv4.ip_forward=1');

/** Routes of the client itself. */
const own = { prohibit: '203.0.113.1', blackhole: '203.0.113.2', none: '203.0.113.3' } as const;
for (const kind of ['prohibit', 'blackhole'] as const) client.ip('route', 'add', kind, own[kind]);

const ports = {
  drop: 1001,
  reset: 1002,
  port: 1003,
  host: 1004,
  net: 1005,
  admin: 1006,
  /** Connections are made, and packets with data dropped: neither the request nor a ClientHello is acknowledged. */
  data: 1007,
  silent: 1008,
  /** After a handshake of TLS everything is dropped; for one connection. */
  cut: 1009,
} as const;

const rejecting = (port: number, v4: string, v6: string) => [
  `meta nfproto ipv4 tcp dport ${port} reject with icmp type ${v4}`,
  `meta nfproto ipv6 tcp dport ${port} reject with icmpv6 type ${v6}`,
];
// Without data a packet has 80 bytes at most, with IPv6 and all options of a SYN.
server.firewall(
  `tcp dport ${ports.drop} drop`,
  `tcp dport ${ports.reset} reject with tcp reset`,
  ...rejecting(ports.port, 'port-unreachable', 'port-unreachable'),
  ...rejecting(ports.host, 'host-unreachable', 'addr-unreachable'),
  ...rejecting(ports.net, 'net-unreachable', 'no-route'),
  ...rejecting(ports.admin, 'admin-prohibited', 'admin-prohibited'),
  `tcp dport ${ports.data} meta length > 100 drop`,
  `ip daddr ${mute} meta length > 100 drop`,
  `ip daddr ${rejected} reject with icmp type host-unreachable`,
  `ip daddr { ${dead}, ${noEdge} } tcp dport { 80, 443 } reject with tcp reset`,
);

const leaf = await authority.issue({
  names: [host, 'well.example.com', 'some.example.com', 'inside.example.com', 'proxied.example.com'],
});
const chainFile = join(authority.folder, 'chain.pem');
writeFileSync(chainFile, leaf.pem + authority.intermediate.pem);
client.etc('resolv.conf', 'nameserver 127.0.0.1\n');
client.etc('hosts', `127.0.0.1 localhost\n${serverAddress[4]} inside.example.com\n`);
const [servers, nameServer] = await Promise.all([bundled('origin-servers.ts'), bundled('name-server.ts')]);
const names = {
  'well.example.com': { addresses: [alive] },
  'some.example.com': { addresses: [alive, dead] },
  'proxied.example.com': { addresses: [edge] },
  'looping.example.com': { addresses: [noEdge] },
  'private.example.com': { addresses: ['10.0.0.1'] },
  'failing.example.com': 'servfail',
  'silent.example.com': 'silence',
};
await Promise.all([
  server.start(
    process.execPath,
    servers,
    chainFile,
    leaf.keyFile,
    ...[ports.silent, ports.cut, ports.data].map(String),
  ),
  client.start(process.execPath, nameServer, JSON.stringify(names)),
]);

interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly expected: Expected;
  readonly railgun?: Omit<RailgunForm, 'conf' | 'map' | 'bare'>;
}

async function ran({ name, args }: Row, railgun?: Row['railgun']) {
  const conf = join(authority.folder, `${name.replace(/\W+/g, '-')}.conf`);
  if (railgun !== undefined) writeFileSync(conf, 'lan.timeout = 2\nvalidate.cert = 0\n');
  const usual = ['--read-timeout', '1', '--ca-file', authority.root.file, '--json'];
  // Between namespaces an ICMP error can arrive before connect() is over, where the kernel does not heed it: it comes
  // again with the second SYN, after one second.
  const timer = args.includes('--connect-timeout') ? [] : ['--connect-timeout', '1.7'];
  const version = railgun?.version === undefined ? [] : ['--railgun-version', railgun.version];
  const listener = railgun === undefined ? [] : ['--railgun', conf, ...version];
  return client.run(program, 'origin', ...args, ...usual, ...timer, ...listener);
}

/** In the clear, as the firewall has rules by port. */
const to = (address: string, port: number) => [
  `${host}`,
  '--ip',
  address,
  '--port',
  String(port),
  '--mode',
  'flexible',
];
/** On the usual port, on which rg-listener goes to the address that it is given. */
const usually = (address: string, ...more: readonly string[]) => [host, '--ip', address, ...more];
const [v4, v6] = [serverAddress[4], serverAddress[6]];

const refused = breaks(521, 'tcp', 'target', 'connection-refused');
const dropped = breaks(522, 'tcp', 'path', 'timeout');
const hostUnreachable = breaks(523, 'tcp', 'path', 'host-unreachable');
const noRoute = breaks(523, 'tcp', 'path', 'no-route');
const unacknowledged = breaks(522, 'request', 'path', 'request-unacknowledged');
const silent = breaks(524, 'response', 'target', 'timeout');
/** No published line shows what rg-listener says. */
const unpublished = { code: 527 };

const firewalls: readonly Row[] = [
  { name: 'all is well', args: usually(v4), expected: healthy(), railgun: { code: null } },
  { name: 'all is well over IPv6', args: usually(v6), expected: healthy(), railgun: { code: null } },
  { name: 'the firewall drops', args: to(v4, ports.drop), expected: dropped },
  { name: 'the firewall drops IPv6', args: to(v6, ports.drop), expected: dropped },
  { name: 'the firewall resets', args: to(v4, ports.reset), expected: refused },
  { name: 'the firewall resets IPv6', args: to(v6, ports.reset), expected: refused },
  { name: 'the firewall says that the port is unreachable', args: to(v4, ports.port), expected: refused },
  { name: 'the firewall says that the port is unreachable, over IPv6', args: to(v6, ports.port), expected: refused },
  { name: 'the firewall says that the host is unreachable', args: to(v4, ports.host), expected: hostUnreachable },
  {
    name: 'the firewall says that the host is unreachable, over IPv6',
    args: to(v6, ports.host),
    expected: hostUnreachable,
  },
  { name: 'the firewall says that the network is unreachable', args: to(v4, ports.net), expected: noRoute },
  { name: 'the firewall says that the network is unreachable, over IPv6', args: to(v6, ports.net), expected: noRoute },
  // With IPv4 the system says the same as of a host that is unreachable.
  { name: 'the firewall says that it is prohibited', args: to(v4, ports.admin), expected: hostUnreachable },
  {
    // With IPv6 it says the same as of a policy of this machine.
    name: 'the firewall says that it is prohibited, over IPv6',
    args: to(v6, ports.admin),
    expected: { undetermined: 'tcp', failure: 'prohibited', exit: [2, 3] },
  },
  { name: 'the request is not acknowledged', args: to(v4, ports.data), expected: unacknowledged },
  { name: 'the request is not acknowledged, over IPv6', args: to(v6, ports.data), expected: unacknowledged },
  { name: 'the request is acknowledged, and nothing is answered', args: to(v4, ports.silent), expected: silent },
  {
    name: 'the request is acknowledged, and nothing is answered, over IPv6',
    args: to(v6, ports.silent),
    expected: silent,
  },
  {
    name: 'the request is not acknowledged, on the usual port',
    args: usually(mute, '--mode', 'flexible'),
    expected: unacknowledged,
    railgun: { code: 527, logLine: listenerLog.silence },
  },
  {
    name: 'the request is not acknowledged, after a handshake of TLS',
    args: [host, '--ip', v4, '--port', String(ports.cut)],
    expected: { ...unacknowledged, facts: { tls: { protocol: 'TLSv1.2' } } },
  },
  {
    name: 'the ClientHello is not acknowledged',
    args: usually(mute),
    expected: breaks(525, 'tls', 'target', 'timeout'),
    railgun: { code: 527, anyLine: true },
  },
];

const routed: readonly Row[] = [
  { name: 'a router says that the host is unreachable', args: usually(routes.unreachable), expected: hostUnreachable },
  { name: 'a router says that it is prohibited', args: usually(routes.prohibit), expected: hostUnreachable },
  {
    name: 'a router has no route',
    args: usually(routes.none),
    expected: noRoute,
    railgun: { code: 502, version: '5.2.0' },
  },
  {
    name: 'a firewall before the origin says that the host is unreachable',
    args: usually(rejected),
    expected: hostUnreachable,
    railgun: unpublished,
  },
  {
    name: 'a router drops',
    args: usually(routes.blackhole),
    expected: dropped,
    railgun: {
      code: 527,
      logLine: listenerLog.timeout,
      facts: { destination: `${routes.blackhole}:443`, decidedBy: 'CF-ORIGIN-IP' },
    },
  },
  {
    name: 'a router drops, in the clear',
    args: usually(routes.blackhole, '--mode', 'flexible'),
    expected: dropped,
    railgun: { code: 527, logLine: listenerLog.timeout, facts: { destination: `${routes.blackhole}:80` } },
  },
  {
    name: 'a firewall before the origin refuses',
    args: usually(dead),
    expected: refused,
    railgun: { code: 527, logLine: listenerLog.refusedTls, facts: { destination: `${dead}:443` } },
  },
  {
    name: 'a firewall before the origin refuses, in the clear',
    args: usually(dead, '--mode', 'off'),
    expected: refused,
    railgun: { code: 527, logLine: listenerLog.refused, facts: { destination: `${dead}:80` } },
  },
  {
    // ARP gives up after three seconds.
    name: 'nobody has the address in the network of the origin',
    args: usually('192.0.2.77', '--connect-timeout', '5'),
    expected: hostUnreachable,
  },
  { name: 'this machine has no route', args: usually(own.none), expected: noRoute },
  {
    name: 'a route of this machine prohibits it',
    args: usually(own.prohibit),
    expected: { undetermined: 'tcp', failure: 'prohibited', exit: [2, 3] },
  },
  {
    name: 'a route of this machine drops it',
    args: usually(own.blackhole),
    expected: { undetermined: 'tcp', failure: 'address-unavailable', exit: [2, 3] },
  },
];

const resolved: readonly Row[] = [
  {
    name: 'DNS has one address, and it is well',
    args: ['well.example.com'],
    expected: healthy({ addresses: [{ address: alive, kind: 'public', from: 'dns' }] }),
  },
  {
    name: 'DNS has two addresses, and one is dead',
    args: ['some.example.com'],
    expected: { ...refused, facts: { share: { host: 'some.example.com', tried: 2, dead: [dead] } } },
  },
  {
    name: 'the hosts file of this machine has a reserved address',
    args: ['inside.example.com'],
    expected: healthy({ addresses: [{ address: v4, kind: 'reserved', from: 'hosts' }] }),
  },
  {
    name: 'DNS has a private address',
    args: ['private.example.com'],
    expected: breaks(403, 'dns', 'target', 'private-address', { errorCode: 1002 }),
  },
  {
    // The origin can be anywhere: it has to be given with --ip.
    name: 'DNS has an address of Cloudflare, and Cloudflare answers there',
    args: ['proxied.example.com'],
    expected: { undetermined: 'dns', exit: [2, 3] },
  },
  {
    name: 'DNS has an address of Cloudflare, and the origin is given',
    args: ['proxied.example.com', '--ip', alive],
    expected: healthy({
      public: { address: edge, ray: { colo: 'AMS' }, http: { status: 200 }, trace: { colo: 'AMS' } },
    }),
  },
  {
    name: 'DNS has an address of Cloudflare, where all is well, and the origin that is given is dead',
    args: ['proxied.example.com', '--ip', dead],
    expected: { ...refused, facts: { public: { address: edge, http: { status: 200 } } } },
  },
  {
    name: 'DNS has an address of Cloudflare, and nobody answers there',
    args: ['looping.example.com'],
    expected: breaks(403, 'dns', 'target', 'cloudflare-address', { errorCode: 1000 }),
  },
  {
    name: 'DNS has no such name',
    args: ['nothing.example.com'],
    expected: breaks(530, 'dns', 'resolver', 'name-not-found', { errorCode: 1016 }),
  },
  {
    name: 'the name servers of the system fail',
    args: ['failing.example.com'],
    expected: { undetermined: 'dns', failure: 'resolver-failed', exit: 2 },
  },
  {
    name: 'the name servers of the system are silent',
    args: ['silent.example.com', '--timeout', '1.5'],
    expected: { undetermined: 'dns', failure: 'timeout', exit: 2 },
  },
];

const rows = [...firewalls, ...routed, ...resolved];

describe('what visitors get', () => {
  it.concurrent.each(rows.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const run = await ran(row);
    expectVerdict(reportOf(run), row.expected);
    expectExit(run, row.expected.exit);
  });
});

describe('what rg-listener makes of it', () => {
  const forms = rows.flatMap((row) => (row.railgun === undefined ? [] : [[row.name, row, row.railgun] as const]));

  it.concurrent.each(forms)('%s', async (_, row, form) => {
    const run = await ran(row, form);
    const told = reportOf(run);
    expectRailgun(told, form);
    expectVerdict(told, row.expected);
    expectExit(run, form.exit ?? row.expected.exit);
  });
});

it('the network is what the scenarios take it for', async () => {
  const probed = async (address: string, port: number) => {
    const target = address.includes(':') ? `[${address}]` : address;
    const { stdout } = await client.run(program, 'probe', target, String(port), '--json', '--connect-timeout', '1.7');
    return (JSON.parse(stdout) as { reports: { facts: { attempts: { state: string }[] } }[] }).reports[0]?.facts
      .attempts[0]?.state;
  };
  for (const address of [v4, v6]) {
    expect(await probed(address, ports.drop)).toBe('filtered');
    expect(await probed(address, ports.reset)).toBe('closed');
    expect(await probed(address, ports.data)).toBe('open');
    expect(await probed(address, ports.silent)).toBe('open');
  }
  expect(await probed(routes.unreachable, 443)).toBe('unreachable');
  expect(await probed(routes.none, 443)).toBe('unreachable');
  expect(await probed(routes.prohibit, 443)).toBe('unreachable');
  expect(await probed(routes.blackhole, 443)).toBe('filtered');
  expect(await probed(alive, 443)).toBe('open');
  expect(await probed(dead, 443)).toBe('closed');
});
