import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { fileOf, unusable } from './named-file.js';

/** Whether the list of authorities can be read. Without `validate.cert` nothing is looked up in it. */
export const caBundle = confRule({
  id: 'ca-bundle',
  means: 'With validate.cert = 1 no certificate is trusted but by the authorities in this file.',
  remedy:
    'Correct the name: the package has /etc/ssl/railgun-ca-certs.crt (Debian) or /etc/pki/tls/certs/railgun-ca-certs.crt (RHEL).',
  cites: `${sources.railgunExecution}; ${sources.railgunAuthorities}`,
  well: 'the list of authorities can be read, or none is named',
  *find(conf) {
    const at = fileOf(conf, 'ca.bundle');
    if (at === undefined) return;
    const { file, pointer, by } = at;
    const found = unusable(conf, at);
    const isUsed = conf.text('validate.cert') !== '0';
    if (found !== undefined && (isUsed || found.status === 'note')) yield found;
    else if (found !== undefined) {
      const { says, evidence = [] } = found;
      yield { status: 'note', says: `${says}; it is not used while validate.cert is 0`, by, evidence };
    }
    for (const [index, { line, detail }] of (file.damaged ?? []).entries()) {
      const says = `ca.bundle has a damaged certificate in its line ${line}: ${detail}`;
      const remedy = 'Take the damaged certificate out, or put it in again.';
      const damaged = { says, by, evidence: [`${pointer}/damaged/${index}`], remedy };
      if (isUsed) yield { ...damaged, status: 'warn', code: 'malformed-certificate' };
      else yield { ...damaged, status: 'note' };
    }
  },
});
