import { bundleWithoutOriginCa, type Change } from './estate.js';
import type { Expected, Scenario } from './estate-expected.js';
import { mapTo, repeated } from './estate-files.js';
import { origins, publicOrigins } from './estate-places.js';

const www = 'www.example.com';

/** The origin of www.example.com is this one, rg-listener logs that, and visitors get an error. */
function originAt(address: string, log: string, visitors = 527, more: Change = {}): Change {
  return { map: mapTo(address), log: repeated(log), visitors: { [www]: visitors }, ...more };
}

/** As long as rg-listener waits for the origin, 30 s, nobody waits here. */
const seconds = 5;
const beside = ['doctor/finished'];

const failed = (address: string, why: string) => `connection failed ${address}:443/${www}: ${why}`;
const dial = (address: string, why: string) => failed(address, `dial tcp ${address}:443: ${why}`);
const unknownAuthority = (address: string) =>
  `[2a074d8b36f00000-ATL] ${www} origin request failed ${address}:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority`;

/** What is first of an origin that is dead or wrong. */
const atOrigin = (names: readonly string[], ...related: readonly (readonly string[])[]): Expected => ({
  rules: ['origin/edge-error'],
  status: 'fail',
  names,
  related,
  exit: 2,
});

const atCertificate = (rule: string, ...related: readonly (readonly string[])[]): Expected => ({
  rules: [rule, 'origin/certificate', 'origin/edge-error'],
  status: 'fail',
  names: ['certificate'],
  related,
  exit: 2,
});

/** The way to the origin, and its TLS. */
export const connectionScenarios: readonly Scenario[] = [
  {
    name: 'the origin refuses port 443',
    change: originAt(origins.refusing, dial(origins.refusing, 'connection refused')),
    expected: atOrigin(
      [origins.refusing, '443'],
      ['origin/railgun'],
      ['logs/connection-refused'],
      ['cert/handshake'],
      ['trace/answered', 'origin/public', 'logs/visitor-errors'],
    ),
  },
  {
    name: 'the map leads to a place where nothing is, and the origin of visitors is well',
    change: { map: mapTo(origins.refusing), log: repeated(dial(origins.refusing, 'connection refused')) },
    expected: {
      ...atOrigin(
        ['/etc/railgun/railgun-nat.conf:1', 'through rg-listener visitors get 527', origins.refusing],
        ['origin/railgun'],
        ['logs/connection-refused'],
      ),
      remedy: 'See whether /etc/railgun/railgun-nat.conf:1 is right',
    },
  },
  {
    name: 'a firewall drops what comes to the origin',
    seconds,
    change: originAt(origins.dropping, dial(origins.dropping, 'i/o timeout')),
    expected: { ...atOrigin([origins.dropping], ['logs/connection-timeout']), beside },
  },
  {
    name: 'there is no route to the origin',
    change: originAt(origins.unreachable, dial(origins.unreachable, 'no route to host')),
    expected: atOrigin([origins.unreachable], ['origin/railgun'], ['logs/connection-failed-otherwise']),
  },
  {
    name: 'the origin resets the handshake',
    change: originAt(
      origins.resetting,
      failed(origins.resetting, `read tcp 10.0.0.2:40112->${origins.resetting}:443: read: connection reset by peer`),
    ),
    expected: atOrigin(['525'], ['origin/railgun', 'cert/handshake'], ['logs/connection-failed-otherwise']),
  },
  {
    name: 'the origin has no cipher suite that Cloudflare offers',
    change: originAt(origins.noCipher, failed(origins.noCipher, 'remote error: handshake failure')),
    expected: atOrigin(['525'], ['origin/railgun'], ['logs/handshake-failure']),
  },
  {
    name: 'the origin speaks HTTP on port 443',
    change: originAt(origins.plain, failed(origins.plain, 'tls: first record does not look like a TLS handshake')),
    expected: atOrigin(['525'], ['origin/railgun'], ['logs/connection-failed-otherwise']),
  },
  {
    name: 'two hosts at one dead origin',
    change: {
      map: [`${www} = ${origins.refusing}`, `shop.example.com = ${origins.refusing}`],
      log: [
        ...repeated(dial(origins.refusing, 'connection refused')),
        ...repeated(dial(origins.refusing, 'connection refused').replaceAll(www, 'shop.example.com')),
      ],
      visitors: { [www]: 527, 'shop.example.com': 527 },
    },
    expected: atOrigin(
      [origins.refusing, www, 'shop.example.com'],
      ['origin/railgun'],
      ['logs/connection-refused'],
      ['origin/edge-error'],
    ),
  },
];

/** Certificates. */
export const certificateScenarios: readonly Scenario[] = [
  {
    name: 'the certificate of the origin has expired',
    change: originAt(origins.expired, failed(origins.expired, 'x509: certificate has expired or is not yet valid')),
    expected: atCertificate('cert/expired', ['origin/railgun'], ['logs/connection-failed-otherwise']),
  },
  {
    name: 'the certificate of the origin is for another name',
    change: originAt(
      origins.otherName,
      failed(origins.otherName, `x509: certificate is valid for old.example.net, not ${www}`),
    ),
    expected: atCertificate('cert/hostname', ['origin/railgun'], ['logs/wrong-host']),
  },
  {
    name: 'the certificate of the origin is self-signed',
    change: originAt(origins.selfSigned, unknownAuthority(origins.selfSigned), 520),
    expected: atCertificate('cert/self-signed', ['origin/railgun'], ['logs/unknown-authority']),
  },
  {
    name: 'the origin does not send its intermediate',
    change: originAt(origins.noIntermediate, unknownAuthority(origins.noIntermediate), 520),
    expected: atCertificate('cert/missing-intermediate', ['origin/railgun'], ['logs/unknown-authority']),
  },
  {
    name: 'rg-listener does not know the authority of the certificate',
    change: originAt(origins.originCa, unknownAuthority(origins.originCa), 520, {
      conf: { 'ca.bundle': bundleWithoutOriginCa },
    }),
    expected: {
      rules: [
        'config-check/origin-ca',
        'config-check/ca-bundle',
        'cert/untrusted-issuer',
        'origin/edge-error',
        'origin/railgun',
      ],
      status: ['warn', 'fail'],
      names: ['Origin CA'],
      related: [['origin/railgun', 'cert/origin-ca'], ['logs/unknown-authority']],
      exit: 2,
    },
  },
  {
    name: 'the certificate of the origin expires in three days',
    change: { map: mapTo(origins.expiring) },
    expected: {
      rules: ['cert/expiring', 'origin/certificate'],
      status: ['warn', 'fail'],
      names: ['www.example.com', 'expires'],
      related: [['cert/expiring', 'origin/certificate']],
      exit: [1, 2],
    },
  },
];

const timedOut = (address: string) => `no response from origin (timeout) ${address}:443/${www}`;

/** What the origin answers. */
export const answerScenarios: readonly Scenario[] = [
  ...([500, 502, 503] as const).map((code): Scenario => {
    const address = origins[`answers${code}`];
    return {
      name: `the origin answers ${code}`,
      change: { map: mapTo(address), visitors: { [www]: code } },
      expected: atOrigin([String(code)], ['origin/railgun', 'origin/public', 'origin/status']),
    };
  }),
  {
    name: 'the origin takes the request and is silent',
    seconds,
    change: originAt(origins.silent, timedOut(origins.silent)),
    expected: { ...atOrigin(['524'], ['logs/no-response']), beside },
  },
  {
    name: 'the origin answers nothing',
    change: originAt(origins.empty, failed(origins.empty, 'EOF')),
    expected: atOrigin(['520'], ['origin/railgun', 'logs/connection-failed-otherwise']),
  },
  {
    name: 'the headers of the origin are too large',
    change: { map: mapTo(origins.largeHeaders), visitors: { [www]: 520 } },
    expected: { ...atOrigin(['520']), related: [] },
  },
  {
    name: 'the origin sends visitors in a circle under Flexible',
    change: { map: mapTo(origins.toHttps) },
    args: ['--mode', 'flexible'],
    expected: atOrigin(['circle']),
  },
];

const withoutRailgun: Change = { confFile: 'absent' };

/** Machines without Railgun. */
export const plainScenarios: readonly Scenario[] = [
  {
    name: 'the name of the origin does not resolve',
    change: withoutRailgun,
    args: ['gone.example.com'],
    expected: atOrigin(['gone.example.com'], ['trace/resolved', 'trace/answered', 'cert/resolved']),
  },
  {
    name: 'the origin is dead, and there is no Railgun',
    change: { ...withoutRailgun, visitors: { [www]: 521 } },
    args: [www, '--ip', publicOrigins.refusing],
    expected: atOrigin([publicOrigins.refusing, '521'], ['cert/handshake']),
  },
  {
    name: 'a firewall drops what comes to the origin, and there is no Railgun',
    change: { ...withoutRailgun, visitors: { [www]: 522 } },
    args: [www, '--ip', publicOrigins.dropping],
    expected: atOrigin([publicOrigins.dropping, '522'], ['cert/handshake']),
  },
  {
    name: 'the certificate has expired, and there is no Railgun',
    change: { ...withoutRailgun, visitors: { [www]: 526 } },
    args: [www, '--ip', publicOrigins.expired],
    expected: atCertificate('cert/expired', ['origin/edge-error', 'origin/certificate', 'cert/expired']),
  },
];
