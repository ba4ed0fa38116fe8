import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';
import { fileOf, unusable } from './named-file.js';

const day = 86_400_000;

/** Days that are enough to get another certificate. */
const soon = 30;

/** Whether the certificate for the WAN port is there, and holds today. */
export const certificateFile = confRule({
  id: 'certificate-file',
  means: 'It is the certificate that rg-listener shows to Cloudflare.',
  remedy: 'Put a certificate there that holds today, the first of the file, and its key into key.file.',
  cites: sources.railgunExecution,
  well: 'the certificate in cert.file holds, or none is named',
  *find(conf, { observedAt }) {
    const at = fileOf(conf, 'cert.file');
    if (at === undefined) return;
    const { file, pointer, by } = at;
    const found = unusable(conf, at);
    if (found !== undefined) yield found;
    const [leaf] = file.certificates ?? [];
    const now = Date.parse(observedAt);
    for (const [index, { line, detail }] of (file.damaged ?? []).entries()) {
      const says = `cert.file has a damaged certificate in its line ${line}: ${detail}`;
      yield { status: 'warn', code: 'malformed-certificate', says, by, evidence: [`${pointer}/damaged/${index}`] };
    }
    if (leaf === undefined) return;
    const evidence = [`${pointer}/certificates/0`, '/observedAt'];
    const remaining = Math.floor((Date.parse(leaf.notAfter) - now) / day);
    if (Date.parse(leaf.notAfter) < now) {
      const says = `the certificate in cert.file expired on ${leaf.notAfter.slice(0, 10)}`;
      yield { status: 'fail', code: 'certificate-expired', says, by, evidence };
    } else if (Date.parse(leaf.notBefore) > now) {
      const says = `the certificate in cert.file holds from ${leaf.notBefore.slice(0, 10)} on only`;
      yield { status: 'fail', code: 'certificate-not-yet-valid', says, by, evidence };
    } else if (remaining < soon) {
      const says = `the certificate in cert.file expires in ${remaining} ${remaining === 1 ? 'day' : 'days'}, on ${leaf.notAfter.slice(0, 10)}`;
      yield { status: 'warn', code: 'expiring-soon', says, by, evidence };
    }
  },
});
