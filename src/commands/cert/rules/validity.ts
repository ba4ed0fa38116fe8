import { sources } from '../../../knowledge/sources.js';
import { defectRule } from './defect.js';

const rfc5280 = 'RFC 5280 §4.1.2.5';

/** A certificate beside the path (an old cross-signed root) harms only clients that choose another path. */
export const expired = defectRule({
  id: 'cert/expired',
  code: 'certificate-expired',
  means: 'Clients refuse an expired certificate; Cloudflare answers 526 in the mode Full (strict).',
  remedy:
    'Renew the certificate and reload the server.\nCheck what is sent then: rg-diag cert HOST.\nLook why renewal did not happen: certbot renew --dry-run, or the timer of your ACME client.',
  cites: `${rfc5280}; ${sources.e526}`,
  passes: 'no certificate has expired',
  field: 'notAfter',
  status: ({ path }, defects) =>
    defects.some(({ element }) => element === undefined || path.some((step) => step.element === element))
      ? 'fail'
      : 'warn',
});

export const notYetValid = defectRule({
  id: 'cert/not-yet-valid',
  code: 'certificate-not-yet-valid',
  means: 'Clients refuse a certificate before its time; Cloudflare answers 526 in the mode Full (strict).',
  remedy: 'Check the clock of this machine: timedatectl.\nInstall a certificate that is already valid, or wait.',
  cites: `${rfc5280}; ${sources.e526}; ${sources.sslModeStrict}`,
  passes: 'every certificate is already valid',
  field: 'notBefore',
});

export const expiring = defectRule({
  id: 'cert/expiring',
  code: 'expiring-soon',
  means: 'The chain is about to expire: after that clients refuse it.',
  remedy: 'Renew the certificate and reload the server.\nCheck that renewal runs by itself: systemctl list-timers.',
  cites: rfc5280,
  passes: 'there is more time left than the thresholds ask for',
  field: 'notAfter',
  status: ({ secondsRemaining, asked }) => (secondsRemaining < asked.criticalDays * 86_400 ? 'fail' : 'warn'),
});
