import { createDnsServer, type DnsReply } from '../../servers/dns.js';
import { startEdge } from '../../servers/edge.js';
import { breaks, host, type Scenario, type Served } from './scenario.js';

/** A name server that says this about the host. Nobody listens on the port of the origin, and nobody is to ask there. */
const named = (reply: DnsReply) => async (): Promise<Served> => {
  const server = await createDnsServer({ [host]: reply });
  return { port: 443, args: ['--resolver', `127.0.0.1:${server.port}`], close: () => server.close() };
};

const nobody = async (): Promise<Served> => ({ port: 443 });

const fromDns = { target: host, ips: [] } as const;

/** What DNS says, or should. */
export const dnsScenarios: readonly Scenario[] = [
  {
    name: 'the name is not there',
    ...fromDns,
    serve: named('nxdomain'),
    expected: breaks(530, 'dns', 'resolver', 'name-not-found', { errorCode: 1016 }),
  },
  {
    name: 'the name has no address',
    ...fromDns,
    serve: named({ addresses: [] }),
    expected: breaks(530, 'dns', 'resolver', ['no-address', 'name-not-found'], { errorCode: 1016 }),
  },
  {
    name: 'the name server has failed',
    ...fromDns,
    serve: named('servfail'),
    expected: { undetermined: 'dns', failure: 'resolver-failed', exit: 2 },
  },
  {
    name: 'the name server refuses to say',
    ...fromDns,
    serve: named('refused'),
    expected: { undetermined: 'dns', failure: 'resolver-failed', exit: 2 },
  },
  {
    name: 'the name server is silent',
    ...fromDns,
    serve: named('silence'),
    args: ['--timeout', '1.5'],
    expected: { undetermined: 'dns', failure: 'timeout', exit: 2 },
  },
  {
    name: 'the name server talks nonsense',
    ...fromDns,
    serve: named('garbage'),
    args: ['--timeout', '1.5'],
    expected: { undetermined: 'dns', failure: ['resolver-failed', 'timeout'], exit: 2 },
  },
  {
    name: 'an address of a private network is published in DNS',
    ...fromDns,
    serve: named({ addresses: ['10.1.2.3'] }),
    expected: breaks(403, 'dns', 'target', 'private-address', {
      errorCode: 1002,
      facts: { addresses: [{ address: '10.1.2.3', kind: 'private', from: 'dns' }] },
    }),
  },
  {
    name: 'an address of 172.16.0.0/12 is published in DNS',
    ...fromDns,
    serve: named({ addresses: ['172.31.255.254'] }),
    expected: breaks(403, 'dns', 'target', 'private-address', { errorCode: 1002 }),
  },
  {
    name: 'the loopback is published in DNS',
    ...fromDns,
    serve: named({ addresses: ['127.0.0.1'] }),
    expected: breaks(403, 'dns', 'target', 'private-address', { errorCode: 1002 }),
  },
  {
    name: 'a unique local address of IPv6 is published in DNS',
    ...fromDns,
    serve: named({ addresses: ['fd12:3456::1'] }),
    expected: breaks(403, 'dns', 'target', 'private-address', { errorCode: 1002 }),
  },
  {
    name: 'the address that is given for the origin is one of Cloudflare',
    serve: nobody,
    ips: ['104.16.1.1'],
    expected: breaks(403, 'dns', 'target', 'cloudflare-address', {
      errorCode: 1000,
      facts: { addresses: [{ address: '104.16.1.1', kind: 'cloudflare', from: 'given' }] },
    }),
  },
  {
    // Within 172.64.0.0/13, and outside of RFC 1918.
    name: 'the address that is given for the origin is one of Cloudflare that looks private',
    serve: nobody,
    ips: ['172.71.255.254'],
    expected: breaks(403, 'dns', 'target', 'cloudflare-address', { errorCode: 1000 }),
  },
  {
    name: 'the address that is given for the origin is one of Cloudflare, of IPv6',
    serve: nobody,
    ips: ['2606:4700::6810:101'],
    expected: breaks(403, 'dns', 'target', 'cloudflare-address', { errorCode: 1000 }),
  },
  {
    name: 'one of the addresses that are given for the origin is one of Cloudflare',
    serve: ({ good }) => startEdge(() => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', { chain: good }),
    ips: ['127.0.0.1', '104.16.1.1'],
    expected: breaks(403, 'dns', 'target', 'cloudflare-address', { errorCode: 1000 }),
  },
];
