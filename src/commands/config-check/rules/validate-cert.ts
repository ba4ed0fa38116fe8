import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const row = railgunParameterOf('validate.cert');

/** What it means that the certificate of the origin is not checked, as the package's file has it. */
export const validateCert = confRule({
  id: 'validate-cert',
  means:
    'rg-listener takes any certificate, whatever the SSL mode of the zone is: expired, self-signed, of another host. Whoever is between it and the origin can read and change what is sent.',
  remedy:
    'Leave it where the origin is on this machine or in a network that is trusted. Else set validate.cert = 1, and append the roots of Cloudflare Origin CA to ca.bundle if the origin has one of its certificates.',
  cites: row?.source ?? sources.railgunExecution,
  well: 'the certificate of the origin is checked',
  *find(conf) {
    const by = conf.last('validate.cert');
    if (by !== undefined && conf.text('validate.cert') === '0')
      yield { status: 'note', says: 'validate.cert = 0: the certificate of the origin is not checked', by };
  },
});
