import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { SeenFacts } from '../facts.js';
import { certificateSeen } from '../reach-of-listener.js';
import { listed } from '../text.js';

const { activated: known, service } = listenerKnowledge;

/** Whether the certificate has a name that activation gives. */
export const activated: Rule<SeenFacts> = {
  id: 'listener/activated',
  means: `An activated rg-listener has a certificate for a name in ${known.zone.slice(1)}: this one seems not to be activated, or not to be one.`,
  remedy: `Set activation.token and activation.railgun_host in railgun.conf, and restart it: ${service.restart}\nSee what its log says about it: rg-diag logs /var/log/syslog, or grep -aF '[Activation]' /var/log/syslog\nLet it reach TCP port 443 outside.`,
  cites: known.source,
  skips: (facts) => (certificateSeen(facts)?.certificate.state !== 'read' ? 'no certificate could be read' : undefined),
  check(facts) {
    const { certificate, pointer } = certificateSeen(facts) ?? { certificate: undefined, pointer: '' };
    if (certificate?.state !== 'read') throw new Error('no certificate');
    const { railgunName, chain } = certificate;
    if (railgunName !== undefined) {
      return { status: 'pass', says: `the certificate is for ${railgunName}`, evidence: [`${pointer}/railgunName`] };
    }
    const evidence = [`${pointer}/chain/0`];
    const names = listed((chain[0]?.san ?? []).slice(0, 6).map((name) => shortened(name, 100)));
    const says = `the certificate is for ${names || shortened(chain[0]?.subject ?? '', 200) || 'no name'}`;
    if (facts.local?.config.certFile !== undefined) {
      const own = `${says}: it is the one of cert.file`;
      return { status: 'note', says: own, evidence: [...evidence, '/local/config/certFile'], remedy: '' };
    }
    return { status: 'warn', says, evidence, code: 'not-activated' };
  },
};
