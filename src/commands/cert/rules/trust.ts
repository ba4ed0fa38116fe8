import { originCaMeaning, originCaRoots } from '../../../knowledge/origin-ca.js';
import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { JudgedChain } from '../facts.js';
import { defectRule } from './defect.js';

const rfc5280 = 'RFC 5280 §6.1';
const modes = `${sources.sslModes}; ${sources.e526}`;

export const selfSigned = defectRule({
  id: 'cert/self-signed',
  code: 'self-signed',
  means: 'Nobody vouches for a self-signed certificate. Cloudflare accepts it in the mode Full, not in Full (strict).',
  remedy:
    'Install a certificate of a public authority, or one of Cloudflare’s Origin CA if only Cloudflare connects.\nIf you trust this one: rg-diag cert HOST --add-ca FILE.',
  cites: `${rfc5280}; ${modes}`,
  passes: 'the certificate did not sign itself, or is a trusted root',
  field: 'issuer',
});

export const untrustedIssuer = defectRule({
  id: 'cert/untrusted-issuer',
  code: 'untrusted-issuer',
  means: 'The chain leads to an authority that is not trusted here.',
  remedy:
    'Install a certificate of a public authority, or one of Cloudflare’s Origin CA if only Cloudflare connects.\nIf the authority is your own, name its certificate: rg-diag cert HOST --add-ca FILE.',
  cites: `${rfc5280}; ${modes}`,
  passes: 'the issuer is trusted, or another rule says why not',
  field: 'issuer',
});

export const missingIntermediate = defectRule({
  id: 'cert/missing-intermediate',
  code: 'missing-intermediate',
  means:
    'The server has to send every certificate between its own and the root. A client that does not have it from elsewhere refuses the chain.',
  remedy:
    'Put the certificates of the issuers behind your own into the file that the server sends (fullchain.pem), and reload it.\nCheck the result: rg-diag cert HOST.\nIf the issuer is a root of your own, name it: --add-ca FILE.',
  cites: 'RFC 5246 §7.4.2; RFC 8446 §4.4.2',
  passes: 'no intermediate is missing',
  field: 'issuer',
});

export const invalidSignature = defectRule({
  id: 'cert/signature',
  code: 'invalid-signature',
  means: 'The certificate was changed, or its issuer is another one of the same name.',
  remedy:
    'Compare the file with the one that the authority delivered.\nTake the intermediate that belongs to the certificate: its subject key id is the authority key id of the certificate.',
  cites: rfc5280,
  passes: 'every signature that could be checked is good',
  field: 'signature',
});

export const authority = defectRule({
  id: 'cert/authority',
  code: 'not-a-ca',
  means: 'A certificate was issued by one that may not issue certificates: clients refuse the chain.',
  remedy: 'Have the certificate issued by an authority: basic constraints CA:TRUE, key usage keyCertSign.',
  cites: 'RFC 5280 §4.2.1.9, §4.2.1.3',
  passes: 'every issuer may issue certificates',
  field: 'isCa',
});

export const constraints = defectRule({
  id: 'cert/constraints',
  code: 'constraint-violated',
  means:
    'An authority limits what may be issued below it, or a critical extension is not understood: clients refuse the chain.',
  remedy: 'Have the certificate issued by an authority that is allowed to.',
  cites: 'RFC 5280 §4.2, §4.2.1.9, §4.2.1.10',
  passes: 'constraints of the authorities are kept',
  field: 'subject',
});

export const purpose = defectRule({
  id: 'cert/purpose',
  code: 'wrong-purpose',
  means: 'Clients accept only certificates that are meant for TLS servers, from authorities that may issue such.',
  remedy: 'Have the certificate issued with the extended key usage serverAuth.',
  cites: 'RFC 5280 §4.2.1.12',
  passes: 'the certificate may be that of a TLS server',
  field: 'subject',
});

export const originCa: Rule<JudgedChain> = {
  id: 'cert/origin-ca',
  means: `${originCaMeaning.says}.`,
  remedy: originCaMeaning.remedy,
  cites: originCaMeaning.source,
  skips: ({ originCa: seen, defects }) => {
    if (seen === undefined) return 'not issued by Cloudflare’s Origin CA';
    if (seen.checked || defects.includes('origin-ca-unchecked')) return undefined;
    return 'it names Cloudflare’s Origin CA as its issuer, but the authorities that were given or sent do not bear that out';
  },
  check({ originCa: seen }) {
    const kind = seen?.kind ?? 'RSA';
    const evidence = ['/originCa'];
    if (seen?.checked === true) {
      const says = `issued by Cloudflare's Origin CA (${kind}), whose root was given: ${originCaMeaning.says}`;
      return { status: 'pass', says, evidence };
    }
    const says = `issued by Cloudflare's Origin CA (${kind}) by its own account; its signature was not checked, because that root was not given: ${originCaMeaning.says}`;
    const root = originCaRoots.find((row) => row.kind === kind);
    const check = `To check the signature: curl -O ${root?.download}, then rg-diag cert HOST --add-ca ${root?.download.split('/').at(-1)}.`;
    const remedy = `${check}\n${originCaMeaning.remedy}`;
    return { status: 'warn', says, evidence, remedy, code: 'origin-ca-unchecked' };
  },
};
