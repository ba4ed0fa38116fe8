import type { Authority, Issued } from './authority.js';

/** Every certificate of an estate and what is around it. */
export interface Certificates {
  readonly good: readonly Issued[];
  readonly originRoots: readonly Issued[];
  readonly shop: Issued;
  readonly listener: Issued;
  readonly listenerExpired: Issued;
  /** By the name of what is special about them, the leaf first. */
  readonly chains: Readonly<Record<string, readonly Issued[]>>;
}

/** Issues them all. */
export async function issueAll(authority: Authority): Promise<Certificates> {
  const { intermediate } = authority;
  const names = ['example.com', '*.example.com'];
  const wan = 'rg-0123456789abcdef.port2408.net';
  const [originRoot, originRootEcc, leaf, expired, otherName, selfSigned, expiring, listener, listenerExpired] =
    await Promise.all([
      authority.issue({
        subject: '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL Certificate Authority',
        ca: true,
        issuer: 'self',
        // That of the real one, and not openssl's own.
        extensions: ['subjectKeyIdentifier = 24E853575D7C344087A9EB94DBBAE11678FC29A4'],
      }),
      authority.issue({
        subject: '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL ECC Certificate Authority',
        ca: true,
        issuer: 'self',
      }),
      authority.issue({ names, days: 80 }),
      authority.issue({ names, days: -3 }),
      authority.issue({ names: ['old.example.net'], days: 80 }),
      authority.issue({ names, days: 80, issuer: 'self' }),
      authority.issue({ names, days: 3 }),
      authority.issue({ names: [wan], days: 90 }),
      authority.issue({ names: [wan], days: -2 }),
    ]);
  const originCa = await authority.issue({ names, days: 80, issuer: originRoot });
  const good = [leaf, intermediate];
  return {
    good,
    originRoots: [originRoot, originRootEcc],
    shop: leaf,
    listener,
    listenerExpired,
    chains: {
      good,
      expired: [expired, intermediate],
      otherName: [otherName, intermediate],
      selfSigned: [selfSigned],
      noIntermediate: [leaf],
      originCa: [originCa],
      expiring: [expiring, intermediate],
    },
  };
}
