import { expect } from 'vitest';
import type { FailureCode } from '../../../src/model/failure.js';
import { createAuthority, type Issued } from '../../servers/authority.js';
import { http, startEdge } from '../../servers/edge.js';
import type { Ground } from './ground.js';
import { breaks, healthy, host, listenerLog, type Scenario, type Served } from './scenario.js';

/** A page behind these certificates. */
const behind =
  (chainOf: (ground: Ground) => Promise<readonly Issued[]>) =>
  async (ground: Ground): Promise<Served> =>
    startEdge(() => http('200 OK', { 'Content-Type': 'text/plain' }, 'ok'), { chain: await chainOf(ground) });

interface Defect {
  readonly name: string;
  readonly serve: Scenario['serve'];
  readonly defects: readonly FailureCode[];
  /** What rg-listener makes of it with `validate.cert = 1`; without, it takes any. */
  readonly validated: { readonly code: number | null; readonly logLine?: string };
}

/** No published line shows what rg-listener says. */
const unpublished = { code: 527 };
const unknownAuthority = { code: 520, logLine: listenerLog.unknownAuthority };

const defects: readonly Defect[] = [
  {
    name: 'the certificate has expired',
    serve: behind(({ chain }) => chain({ names: [host], days: -3 })),
    defects: ['certificate-expired'],
    validated: unpublished,
  },
  {
    name: 'the certificate is not valid yet',
    serve: behind(({ chain }) => chain({ names: [host], startsInDays: 2 })),
    defects: ['certificate-not-yet-valid'],
    validated: unpublished,
  },
  {
    name: 'the certificate is self-signed',
    serve: behind(async ({ authority }) => [await authority.issue({ names: [host], issuer: 'self' })]),
    defects: ['self-signed'],
    validated: unknownAuthority,
  },
  {
    name: 'nobody trusts the issuer of the certificate',
    serve: behind(async ({ once }) => {
      const stranger = await once('stranger', createAuthority);
      return [await stranger.issue({ names: [host] }), stranger.intermediate];
    }),
    defects: ['untrusted-issuer'],
    validated: unknownAuthority,
  },
  {
    name: 'the certificate is for another name',
    serve: behind(({ chain }) => chain({ names: ['example.com', 'shop.example.com'] })),
    defects: ['hostname-mismatch'],
    validated: { code: 527, logLine: listenerLog.wrongName('example.com, shop.example.com') },
  },
  {
    name: 'the wildcard of the certificate is for another level',
    serve: behind(({ chain }) => chain({ names: ['*.www.example.com'] })),
    defects: ['hostname-mismatch'],
    validated: { code: 527, logLine: listenerLog.wrongName('*.www.example.com') },
  },
  {
    name: 'the certificate is for an address only',
    serve: behind(({ chain }) => chain({ ips: ['127.0.0.1'], commonName: 'origin' })),
    defects: ['hostname-mismatch'],
    validated: unpublished,
  },
  {
    name: 'the intermediate is not sent',
    serve: behind(async ({ authority }) => [await authority.issue({ names: [host] })]),
    defects: ['missing-intermediate'],
    validated: unknownAuthority,
  },
  {
    name: 'the intermediate has expired',
    serve: behind(async ({ authority }) => {
      const { root: issuer } = authority;
      const old = await authority.issue({ subject: '/CN=Old', ca: true, issuer, startsInDays: -30, days: -2 });
      return [await authority.issue({ names: [host], issuer: old }), old];
    }),
    defects: ['certificate-expired'],
    validated: unpublished,
  },
  {
    name: 'the certificate has been revoked',
    async serve({ authority }) {
      const leaf = await authority.issue({ names: [host] });
      await authority.revoke(leaf);
      const { file } = await authority.crl();
      const origin = await startEdge(() => http('200 OK', {}, 'ok'), { chain: [leaf, authority.intermediate] });
      return { port: origin.port, args: ['--crl-file', file], close: () => origin.close() };
    },
    defects: ['revoked'],
    // It looks at no lists.
    validated: { code: null },
  },
  {
    name: 'the certificate is expired, self-signed and for another name',
    serve: behind(async ({ authority }) => [
      await authority.issue({ names: ['example.com'], days: -3, issuer: 'self' }),
    ]),
    defects: ['certificate-expired', 'self-signed', 'hostname-mismatch'],
    validated: unpublished,
  },
];

const validating = ['validate.cert = 1', 'ca.bundle = {root}'];

/** Each defect ends at 526 where the edge looks at certificates, and is a warning under full. */
export const certificateScenarios: readonly Scenario[] = [
  ...defects.flatMap(({ name, serve, defects: codes, validated }): Scenario[] => {
    const facts = { tls: { chain: { defects: expectAll(codes) } } };
    const [only] = codes;
    const failure = codes.length === 1 ? only : codes;
    return [
      {
        name,
        serve,
        expected: breaks(526, 'certificate', 'target', failure, { facts }),
        railgun: { conf: validating, ...validated },
      },
      {
        name: `${name}, under full`,
        serve,
        args: ['--mode', 'full'],
        expected: { code: null, exit: 1, facts, ...(codes.length === 1 && only !== undefined && { warns: only }) },
        railgun: { code: null },
      },
    ];
  }),
  {
    name: 'the certificate has expired, under origin-pull',
    serve: behind(({ chain }) => chain({ names: [host], days: -3 })),
    args: ['--mode', 'origin-pull'],
    expected: breaks(526, 'certificate', 'target', 'certificate-expired'),
    railgun: { conf: validating, ...unpublished },
  },
  {
    name: 'the certificate has expired by the time that is given',
    serve: behind(({ chain }) => chain({ names: [host], days: 90 })),
    args: ['--now', new Date(Date.now() + 200 * 86_400_000).toISOString()],
    expected: breaks(526, 'certificate', 'target', 'certificate-expired'),
  },
  {
    name: 'only the common name of the certificate is the host',
    serve: behind(({ chain }) => chain({ commonName: host })),
    expected: { code: null, exit: [0, 1] },
  },
  {
    name: 'the certificate has a wildcard for the host',
    serve: behind(({ chain }) => chain({ names: ['*.example.com'] })),
    expected: healthy({ tls: { chain: { defects: [] } } }),
    railgun: { code: null, conf: validating },
  },
];

/** All of these in any order, and perhaps others that follow from them. */
function expectAll(codes: readonly FailureCode[]): unknown {
  return expect.arrayContaining([...codes]);
}
