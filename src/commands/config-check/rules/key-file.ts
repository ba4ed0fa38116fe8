import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { fileOf, unusable } from './named-file.js';

/** Whether the private key is there, can be used, and belongs to the certificate. */
export const keyFile = confRule({
  id: 'key-file',
  means: 'Without the key of its certificate rg-listener cannot prove to Cloudflare who it is.',
  remedy: 'Put the private key of the first certificate in cert.file there, in PEM, without a passphrase.',
  cites: sources.railgunExecution,
  well: 'the key in key.file belongs to the certificate, or none is named',
  *find(conf) {
    const at = fileOf(conf, 'key.file');
    if (at === undefined) return;
    const { file, pointer, by } = at;
    const found = unusable(conf, at);
    if (found !== undefined) yield found;
    const { privateKey: key } = file;
    if (key === undefined) return;
    const evidence = [`${pointer}/privateKey`];
    if (key.encrypted === true) {
      const says = 'the key in key.file is encrypted, and no key of railgun.conf has a passphrase';
      yield { status: 'fail', code: 'invalid-value', says, by, evidence };
    } else if (key.fits === false) {
      const says = 'the key in key.file does not belong to the first certificate in cert.file';
      yield { status: 'fail', code: 'certificate-mismatch', says, by, evidence };
    }
  },
});
