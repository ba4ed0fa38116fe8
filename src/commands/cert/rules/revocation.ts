import { defectRule } from './defect.js';

const cites = 'RFC 5280 §5; RFC 6960';

const skips = ({ revocation = [] }: { readonly revocation?: readonly unknown[] }) =>
  revocation.length === 0 ? 'no OCSP answer was stapled and no CRL given' : undefined;

export const revoked = defectRule({
  id: 'cert/revoked',
  code: 'revoked',
  means: 'The authority has taken the certificate back: clients that look refuse it.',
  remedy:
    'Find out why: the reason is keyCompromise where the key may be in wrong hands.\nHave a new certificate issued, for a new key, and install it.',
  cites,
  passes: 'not revoked, by what was stapled or given',
  field: 'serial',
  skips,
});

export const staleRevocation = defectRule({
  id: 'cert/revocation-stale',
  code: 'revocation-stale',
  means: 'What is said about revocation is out of date, and clients do not rely on it.',
  remedy: 'Give a newer CRL to --crl-file.\nFor a stapled answer: check that the server can reach the OCSP responder.',
  cites,
  passes: 'what is said about revocation is up to date',
  field: 'serial',
  status: () => 'warn',
  skips,
});

export const unverifiedRevocation = defectRule({
  id: 'cert/revocation-signature',
  code: 'revocation-unverified',
  means: 'Nothing is known about revocation from it.',
  remedy: 'Give the CRL of the issuer of the certificate, as crlUrls of its facts say: --crl-file FILE.',
  cites,
  passes: 'what is said about revocation is signed by who may say it',
  field: 'serial',
  // Input that was given and cannot be used leaves the question open; a bad answer of a server is its defect.
  status: ({ revocation = [] }) =>
    revocation.some(({ source, status }) => source === 'crl' && status === 'unread') ? 'broken' : 'warn',
  skips,
});

export const staple = defectRule({
  id: 'cert/staple',
  code: 'staple-missing',
  means: 'Clients that honour the demand, Firefox among them, refuse the certificate without a stapled answer.',
  remedy:
    'Turn stapling on: ssl_stapling on (nginx), SSLUseStapling on (Apache).\nOr have the certificate issued without it.',
  cites: 'RFC 7633',
  passes: 'no stapled answer is demanded, or there is one',
  field: 'mustStaple',
});
