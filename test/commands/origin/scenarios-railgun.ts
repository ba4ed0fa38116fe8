import { http, startEdge } from '../../servers/edge.js';
import { late, staying } from '../../servers/origin-peers.js';
import { closedPort } from '../../servers/peers.js';
import type { Ground } from './ground.js';
import { breaks, healthy, host, listenerLog, type Scenario, type Served } from './scenario.js';

const page = http('200 OK', { 'Content-Type': 'text/html' }, 'ok');
const secure = ({ good }: Ground): Promise<Served> => startEdge(() => page, { chain: good });

/** Addresses of the loopback where nobody listens on 443 or 80. */
export const nowhere = '127.99.0.1';
const elsewhere = '127.99.0.2';

/** The URL has the usual port, on which nobody listens: where rg-listener goes is what the map says. */
const usualPort = { target: `https://${host}/`, ips: [nowhere] } as const;
const refused = breaks(521, 'tcp', 'target', 'connection-refused');

/** Where rg-listener goes to, and what it heeds on its way. */
export const railgunScenarios: readonly Scenario[] = [
  {
    name: 'railgun-nat.conf has the host without a port, and the port of the URL is lost',
    serve: secure,
    expected: healthy(),
    railgun: {
      map: [`${host} = ${elsewhere}`],
      code: 527,
      logLine: listenerLog.refusedTls,
      exit: 2,
      facts: { destination: `${elsewhere}:443`, decidedBy: { line: 1, text: `${host} = ${elsewhere}` } },
    },
  },
  {
    name: 'railgun-nat.conf has a default only, and the port of the URL is lost in the clear',
    serve: () => startEdge(() => page),
    args: ['--mode', 'flexible'],
    expected: healthy(),
    railgun: {
      map: ['# nothing', `default=${elsewhere}`],
      code: 527,
      logLine: listenerLog.refused,
      exit: 2,
      facts: { destination: `${elsewhere}:80`, decidedBy: { line: 2, text: `default=${elsewhere}` } },
    },
  },
  {
    name: 'there is no railgun-nat.conf: CF-ORIGIN-IP decides, and the port of the URL is lost',
    serve: ({ good }) => startEdge(() => page, { chain: good, address: elsewhere }),
    ips: [elsewhere],
    expected: healthy(),
    railgun: {
      map: [],
      code: 527,
      logLine: listenerLog.refusedTls,
      exit: 2,
      facts: { destination: `${elsewhere}:443`, decidedBy: 'CF-ORIGIN-IP' },
    },
  },
  {
    name: 'railgun-nat.conf leads the host to an origin that the edge cannot reach',
    serve: secure,
    ...usualPort,
    expected: refused,
    railgun: { map: [`${host} = 127.0.0.1:{port}`], code: null, facts: { decidedBy: { line: 1 } } },
  },
  {
    name: 'railgun-nat.conf leads every host to an origin that the edge cannot reach',
    serve: secure,
    ...usualPort,
    expected: refused,
    railgun: {
      map: ['', 'example.com=127.0.0.9', 'default=127.0.0.1:{port}'],
      code: null,
      facts: { decidedBy: { line: 3 } },
    },
  },
  {
    name: 'railgun-nat.conf has the host and a default',
    serve: secure,
    ...usualPort,
    expected: refused,
    railgun: {
      map: [`default = ${elsewhere}`, `${host} = 127.0.0.1:{port}`],
      code: null,
      facts: { decidedBy: { line: 2 } },
    },
  },
  {
    name: 'railgun-nat.conf has the host with the port, and without',
    serve: secure,
    expected: healthy(),
    railgun: {
      map: [`${host} = ${elsewhere}`, `${host}:{port} = 127.0.0.1:{port}`],
      code: null,
      facts: { decidedBy: { line: 2 } },
    },
  },
  {
    name: 'the line of the host in railgun-nat.conf is a comment',
    serve: secure,
    ...usualPort,
    expected: refused,
    railgun: {
      map: [`#${host}=${elsewhere}`, 'default = 127.0.0.1:{port}'],
      code: null,
      facts: { decidedBy: { line: 2 } },
    },
  },
  {
    name: 'railgun-nat.conf leads to an address of IPv6',
    serve: ({ good }) => startEdge(() => page, { chain: good, address: '::1' }),
    ...usualPort,
    expected: refused,
    railgun: { map: [`${host} = [::1]:{port}`], code: null, facts: { decidedBy: { line: 1 } } },
  },
  {
    name: 'railgun-nat.conf leads to a dead address of IPv6',
    serve: () => closedPort({ address: '::1' }),
    ...usualPort,
    expected: refused,
    railgun: { map: [`${host} = [::1]:{port}`], code: 527, logLine: listenerLog.refusedTls },
  },
  {
    name: 'lan.timeout is shorter than the answer takes, and the timer of the edge is not',
    serve: ({ good }) => startEdge(() => late(1500, page), { chain: good }),
    args: ['--read-timeout', '5'],
    expected: healthy(),
    railgun: { code: 527, logLine: listenerLog.silence, exit: 2, facts: { lanTimeoutSeconds: 1 } },
  },
  {
    name: 'lan.timeout is longer than the answer takes, and the timer of the edge is not',
    serve: ({ good }) => startEdge(() => late(1500, page), { chain: good }),
    expected: breaks(524, 'response', 'target', 'timeout'),
    railgun: { conf: ['lan.timeout = 5'], code: null, facts: { lanTimeoutSeconds: 5 } },
  },
  {
    name: 'the answer is slower than lan.timeout before 5.3.0',
    serve: ({ good }) => startEdge(() => staying(), { chain: good }),
    expected: breaks(524, 'response', 'target', 'timeout'),
    railgun: { code: 502, version: '5.2.0', logLine: listenerLog.silence },
  },
  {
    name: 'nobody listens, with the first version that has 527',
    serve: () => closedPort(),
    expected: refused,
    railgun: { code: 527, version: '5.3.0', logLine: listenerLog.refusedTls },
  },
  {
    // ca.bundle replaces the authorities of the system.
    name: 'the authority of the certificate is not in ca.bundle',
    async serve(ground) {
      return secure(ground);
    },
    expected: healthy(),
    railgun: {
      conf: ['validate.cert = 1', 'ca.bundle = /etc/ssl/certs/ca-certificates.crt'],
      code: 520,
      logLine: listenerLog.unknownAuthority,
      exit: 2,
      facts: { validateCert: true },
    },
  },
  {
    name: 'railgun.conf does not say whether to look at certificates',
    serve: async ({ authority }) =>
      startEdge(() => page, { chain: [await authority.issue({ names: [host], issuer: 'self' })] }),
    args: ['--mode', 'full'],
    expected: { code: null, warns: 'self-signed', exit: 1 },
    railgun: {
      bare: true,
      conf: ['lan.timeout = 1', 'ca.bundle = {root}'],
      code: 520,
      logLine: listenerLog.unknownAuthority,
      exit: 2,
      facts: { validateCert: true },
    },
  },
  {
    name: 'insecure.origin leads to an origin without TLS',
    serve: () => startEdge(() => page),
    expected: breaks(525, 'tls', 'target', 'not-tls'),
    railgun: { conf: ['insecure.origin = 1'], code: null, facts: { insecureOrigin: true } },
  },
];
