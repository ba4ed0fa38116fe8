import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

/** Whether TLS says who is at the other end. */
export const certificate: Rule<ServerFacts> = {
  id: 'memcached/certificate',
  means: 'Anybody between here and the server could be the one who answers.',
  remedy: 'Give the authority that signed it: --ca-file FILE.\nSee what is wrong with it: rg-diag cert HOST:PORT.',
  cites: '',
  skips: ({ tls }) => (tls === undefined ? 'TLS was not asked for' : undefined),
  check({ tls }) {
    const evidence = ['/tls'];
    if (tls?.unverified === undefined)
      return { status: 'pass', says: `${tls?.protocol}, certificate verified`, evidence };
    const says = `the certificate did not verify: ${tls.unverified}`;
    return { status: 'fail', says, evidence, code: 'unverified-certificate' };
  },
};
