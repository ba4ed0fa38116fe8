import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { certificateSeen } from '../reach-of-listener.js';

/** Less than that left is a warning: rg-diag's own threshold. */
const warnsBelow = 7 * 86_400;

/** Whether the certificate on the WAN port is one of today. */
export const certificate: Rule<SeenFacts> = {
  id: 'listener/certificate',
  means:
    'TLS clients refuse a certificate that is not valid now; what Cloudflare does is not documented. A warning 7 days before is rg-diag’s own threshold.',
  remedy: `Restart rg-listener, which has it activated anew: ${listenerKnowledge.service.restart}\nSee in its log when it got one: grep -a 'Acquired cert from server' /var/log/syslog\nWith cert.file in railgun.conf: renew that one.`,
  cites: listenerKnowledge.activated.source,
  skips: (facts) => (certificateSeen(facts) === undefined ? 'it showed no certificate' : undefined),
  check(facts) {
    const { certificate: seen, pointer } = certificateSeen(facts) ?? { certificate: undefined, pointer: '' };
    const evidence = [pointer];
    if (seen?.state !== 'read') {
      const failure = seen?.failure;
      const says = `the certificate cannot be read: ${failure?.detail ?? ''}`;
      return { status: 'fail', says, evidence, code: failure?.code ?? 'malformed-certificate' };
    }
    const { chain, secondsRemaining, secondsUntilValid } = seen;
    const dates = [`${pointer}/chain/0`, `${pointer}/secondsRemaining`];
    if (secondsRemaining < 0) {
      const says = `the certificate expired ${durationText(secondsRemaining)} ago (${chain[0]?.notAfter})`;
      return { status: 'fail', says, evidence: dates, code: 'certificate-expired' };
    }
    if (secondsUntilValid !== undefined) {
      const says = `the certificate is not valid yet, until in ${durationText(secondsUntilValid)} (${chain[0]?.notBefore})`;
      const remedy = 'Compare the clocks of this machine and of the listener: date -u';
      return { status: 'fail', says, evidence: dates, remedy, code: 'certificate-not-yet-valid' };
    }
    const says = `the certificate is valid for another ${durationText(secondsRemaining)}`;
    if (secondsRemaining < warnsBelow) return { status: 'warn', says, evidence: dates, code: 'expiring-soon' };
    return { status: 'pass', says, evidence: dates };
  },
};
