import { profileOf } from '../../../decoders/edge-timers.js';
import type { EdgeVerdict } from '../../../decoders/edge-verdict.js';
import { originCipherSuites } from '../../../knowledge/origin-cipher-suites.js';
import { bracketed } from '../../../model/endpoint.js';
import type { FailureCode } from '../../../model/failure.js';
import type { SeenFacts } from '../facts.js';
import { isPlain } from '../seen-text.js';
import { againText, decisiveAddress, sizeText } from '../text.js';

/** The values that the next steps are filled in with. */
export interface Place {
  readonly host: string;
  /** Without brackets; the host where no address is known. */
  readonly address: string;
  readonly port: number;
  readonly facts: SeenFacts;
}

type Steps = (place: Place) => readonly string[];

/** What the steps are filled in with, from the facts. */
export function placeOf(facts: SeenFacts): Place {
  const { host, originPort } = facts;
  const { address = host, port = originPort } = decisiveAddress(facts) ?? {};
  return { host, address, port, facts };
}

const ranges =
  'Allow every Cloudflare range in firewalls, rate limits and security plugins of the origin: https://www.cloudflare.com/ips-v4, /ips-v6.';

const probe: Steps = ({ address, port }) => [`See which ports are open: rg-diag probe ${address} ${portsText(port)}`];
const route: Steps = ({ address, port }) => [`See how far packets get: rg-diag route ${address} --port ${port}`];
const record: Steps = ({ host, address }) => [
  `Compare ${address} with the A and AAAA records of ${host} in the DNS app of Cloudflare.`,
];
const certificate: Steps = ({ host, address, port }) => [
  `See what is wrong with TLS and the certificate: rg-diag cert ${bracketed(address)}:${port}${host === address ? '' : ` --servername ${host}`}`,
];
const log: Steps = ({ facts }) => [`Read the error log of the web server around ${facts.observedAt}.`];

function portsText(port: number): string {
  return [...new Set([80, 443, port])].toSorted((a, b) => a - b).join(' ');
}

/** The way past Cloudflare to the origin, where the name leads to Cloudflare. */
export function pastCloudflare(host: string): string {
  return `${host} is proxied, so that its name leads to Cloudflare: give the origin’s own address: rg-diag origin ${host} --ip ADDRESS`;
}

const byCode: Partial<Readonly<Record<FailureCode, Steps>>> = {
  'name-not-found': ({ host, facts }) => [
    ...(facts.asked.network.connectTo === undefined
      ? []
      : [`Correct the name after --connect-to, if that is wrong: ${facts.asked.network.connectTo.host}.`]),
    `Create or repair the record of ${host} in the DNS app of Cloudflare, and whatever its CNAME points at.`,
    `Ask another name server: rg-diag origin ${host} --resolver 1.1.1.1`,
  ],
  'cloudflare-address': ({ host }) => [
    pastCloudflare(host),
    'Where this is the address of the origin in the DNS app of Cloudflare, replace it with the real one.',
  ],
  'private-address': ({ host }) => [
    `Put a public address of the origin into the A or AAAA record of ${host}: Cloudflare cannot reach this one.`,
    `To test from inside all the same: rg-diag origin ${host} --ip ADDRESS`,
  ],
  'connection-refused': (place) => [
    `See on the origin whether something listens: ss -ltnp 'sport = :${place.port}'; if not, start the web server.`,
    ranges,
    ...probe(place),
    ...(place.port === 80
      ? ['Under Off and Flexible Cloudflare needs port 80: without it take the mode Full (strict).']
      : []),
  ],
  'no-route': (place) => [...record(place), ...route(place), 'Ask the host about the route to this address.'],
  'not-tls': ({ port }) => [
    `Turn TLS on for port ${port} (nginx: listen ${port} ssl), or give Cloudflare the port that speaks it: what answers there now is no TLS.`,
  ],
  'tls-protocol-mismatch': (place) => [
    'Allow TLS 1.2 and TLS 1.3 in the web server (nginx: ssl_protocols TLSv1.2 TLSv1.3).',
    ...certificate(place),
  ],
  'tls-cipher-mismatch': (place) => [
    `Allow one of the cipher suites that Cloudflare offers: ${originCipherSuites.map(({ openssl }) => openssl).join(', ')}.`,
    ...certificate(place),
  ],
  'client-certificate-required': ({ facts }) =>
    facts.asked.clientCert === undefined
      ? [
          'Where Authenticated Origin Pulls is meant to be on, turn it on at Cloudflare (SSL/TLS, Origin Server), and show its certificate here:',
          againText(facts, '--client-cert FILE'),
          'Where it is not, do not demand client certificates at the origin (nginx: ssl_verify_client off).',
        ]
      : [
          'The certificate of --client-cert was not accepted: compare its issuer with what the origin trusts (nginx: ssl_client_certificate).',
        ],
  'answer-too-long': ({ facts }) => [
    `Send fewer and shorter headers, cookies above all: at most ${sizeText(profileOf(facts.asked.edgeProfile).headerBytes)}.`,
  ],
  'http2-broken': (place) => [
    'Turn off HTTP/2 to Origin in the dashboard until the web server is mended.',
    ...log(place),
  ],
  'broken-compression': (place) => [
    'Turn compression off at the origin to test, and see that Content-Length is that of the compressed body.',
    ...log(place),
  ],
  'redirect-loop': (place) =>
    isPlain(place.facts)
      ? [
          'The origin wants HTTPS and Cloudflare speaks HTTP with it: take the mode Full (strict), or drop the redirect to HTTPS at the origin.',
          `See what that mode would meet: ${againText(place.facts, '--mode strict')}`,
        ]
      : [
          'Drop the redirect at the origin, or correct where it leads: it sends visitors to what they have just asked for.',
          'Where a proxy at the origin takes the TLS off, let it tell the application so (X-Forwarded-Proto: https), or the application goes on redirecting to HTTPS.',
          ...log(place),
        ],
  'not-the-origin': ({ host }) => [
    pastCloudflare(host),
    'Where the origin itself is a proxy, let it redirect instead of asking the same host through Cloudflare again.',
  ],
};

const silentTcp: Steps = (place) => [ranges, ...route(place), ...record(place), ...overload];
const overload = ['See whether the origin is overloaded: its load, and its queue of connections (ss -lnt, Recv-Q).'];

const slowAnswer: Steps = (place) => [
  `Find out what the origin waits for: its load, its database, its log around ${place.facts.observedAt}.`,
  'Let long jobs answer at once and be asked for their state, or move them to a subdomain that is DNS only.',
  'Enterprise: raise proxy_read_timeout, up to 6000 s.',
  ...(place.facts.railgun === undefined ? [] : ['Raise lan.timeout above 30 in railgun.conf and restart rg-listener.']),
];

/** Where a handshake was not finished. */
export const handshake: Steps = (place) => [
  ...certificate(place),
  `See that the web server has a certificate for ${place.host} (SNI), and protocols and ciphers of today.`,
  ...log(place),
];

const silentHandshake: Steps = (place) => [
  `See whether port ${place.port} speaks TLS at all: a server of plain HTTP can wait in silence, too.`,
  ...handshake(place),
];

const badAnswer: Steps = (place) => [
  ...log(place),
  'Look for crashes of the application (often PHP) and for limits that end a request.',
  ranges,
  'To give visitors the page meanwhile: set the record to DNS only, or pause Cloudflare.',
];

const ownError: Steps = (place) => [
  ...log(place),
  'Look at the application, its database, and the servers behind a proxy: Cloudflare is not involved.',
];

const certificateSteps: Steps = (place) => [
  ...certificate(place),
  'Renew or replace the certificate: one of a public authority with its intermediates, or one of Cloudflare’s Origin CA.',
  'Until then the mode Full accepts any certificate: SSL/TLS, Overview, in the dashboard.',
];

/** What to do about an error at that stage, with that failure. */
export function stepsOf({ stage, passedThrough }: EdgeVerdict, code: FailureCode | undefined): Steps {
  if (code === 'no-address') return byCode['name-not-found'] ?? (() => []);
  if (code === 'host-unreachable') return byCode['no-route'] ?? (() => []);
  const special = code === undefined ? undefined : byCode[code];
  if (special !== undefined && !(code === 'answer-too-long' && stage !== 'response')) return special;
  if (passedThrough) return ownError;
  if (code === 'request-unacknowledged') return silentTcp;
  if (stage === 'tcp') return silentTcp;
  if (stage === 'tls') return code === 'timeout' ? silentHandshake : handshake;
  if (stage === 'certificate') return certificateSteps;
  return code === 'timeout' ? slowAnswer : badAnswer;
}
