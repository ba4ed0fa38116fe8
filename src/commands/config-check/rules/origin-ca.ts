import { listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import { originCaRoots } from '../../../knowledge/origin-ca.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { fileOf } from './named-file.js';

const refused = listenerLogLines['unknown-authority'];

const roots = originCaRoots.map(({ download }) => download).join(' and ');

/** Whether certificates of Cloudflare's Origin CA are trusted, where certificates are checked. */
export const originCa = confRule({
  id: 'origin-ca',
  means: `Origins with a certificate of Cloudflare Origin CA are refused: “x509: certificate signed by unknown authority”, and visitors get error ${refused.code} or ${refused.otherCode.code}: ${refused.otherCode.says}.`,
  remedy: `Append the roots to the file of ca.bundle: ${roots}.\nOr set validate.cert = 0 where the way to the origin is trusted.`,
  cites: `${refused.source}; ${refused.otherCode.source}; ${sources.originCa}`,
  well: 'the roots of Cloudflare Origin CA are in the list, or certificates are not checked',
  *find(conf) {
    if (conf.text('validate.cert') !== '1' || conf.text('insecure.origin') === '1') return;
    const at = fileOf(conf, 'ca.bundle');
    if (at === undefined) {
      const by = conf.last('ca.bundle') ?? conf.last('validate.cert');
      if (by?.meant === undefined && by !== undefined) return;
      const says =
        'certificates are checked by the authorities of the system: those of Cloudflare Origin CA are seldom among them';
      yield { status: 'note', says, ...(by !== undefined && { by }) };
      return;
    }
    const { file, pointer, by } = at;
    const { count, originCa: there } = file;
    if (count === undefined || there === undefined) return;
    const missing = originCaRoots.filter(({ organizationalUnit }) => !there.includes(organizationalUnit));
    if (missing.length === 0) return;
    const evidence = [`${pointer}/originCa`];
    if (missing.length === originCaRoots.length) {
      const says = `none of the ${count} certificates in ca.bundle is a root of Cloudflare Origin CA, and validate.cert is 1`;
      yield { status: 'warn', code: 'untrusted-issuer', says, by, evidence };
    } else {
      const kinds = missing.map(({ kind }) => kind).join(' and ');
      yield { status: 'note', says: `the ${kinds} root of Cloudflare Origin CA is not in ca.bundle`, by, evidence };
    }
  },
});
