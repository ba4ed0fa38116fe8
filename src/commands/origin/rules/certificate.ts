import type { ChainFacts, Defect } from '../../../decoders/chain-facts.js';
import { originCaMeaning } from '../../../knowledge/origin-ca.js';
import { bracketed, familyOf } from '../../../model/endpoint.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import { strictDefects } from '../defect-words.js';
import type { SeenFacts } from '../facts.js';
import { isStrict, modeText } from '../modes.js';
import { decisiveAddress } from '../text.js';
import { edgeModeOf } from '../verdict.js';

/** What the certificate is worth in the mode that was asked for, and in Full (strict): every defect. */
export const certificate: Rule<SeenFacts> = {
  id: 'origin/certificate',
  means: 'Where Cloudflare refuses the certificate under Full (strict), visitors get 526.',
  remedy: '',
  cites: `${modeText('strict').source}; Cloudflare docs, error-526 @d5d7f97`,
  skips({ scheme, tls, asked }) {
    if (scheme === 'http') return `under ${modeText(asked.mode).name} Cloudflare speaks HTTP with the origin`;
    return tls?.chain === undefined ? 'no certificate was seen' : undefined;
  },
  check(facts): Check {
    const chain = facts.tls?.chain;
    if (chain === undefined) return { status: 'pass', says: 'no certificate was seen', evidence: ['/stages'] };
    const refused = strictDefects(facts);
    const [first] = refused;
    if (first === undefined) return acceptedCheck(facts, chain);
    const details = textOf(refused);
    const evidence = refused.map((defect) => `/tls/chain/defectDetails/${chain.defectDetails.indexOf(defect)}`);
    const remedy = remedyOf(facts, refused);
    const { code } = first;
    const mode = edgeModeOf(facts);
    if (isStrict(mode)) return { status: 'fail', says: details, evidence, code, remedy };
    const says = `${modeText(mode).name} takes it, but under Full (strict) visitors would get 526: ${details}`;
    return { status: 'warn', says, evidence, code, remedy };
  },
};

/** Nothing for which Cloudflare refuses it; but there may be flaws. */
function acceptedCheck(facts: SeenFacts, { defectDetails, originCa }: ChainFacts): Check {
  const unjudged = familyOf(facts.host) === undefined ? '' : ' (of an address nobody knows the name to compare with)';
  const flaws = defectDetails.filter(({ code }) => unjudged === '' || code !== 'hostname-mismatch');
  const pointers = (some: readonly Defect[]) =>
    some.map((one) => `/tls/chain/defectDetails/${defectDetails.indexOf(one)}`);
  const soon = flaws.filter(({ code }) => code === 'expiring-soon');
  if (soon.length > 0) {
    const remedy = 'Renew the certificate and reload the web server.';
    return { status: 'warn', says: textOf(soon), evidence: pointers(soon), code: 'expiring-soon', remedy };
  }
  if (originCa !== undefined) {
    const says = `issued by Cloudflare’s Origin CA: ${originCaMeaning.says}`;
    const { remedy, source: cites } = originCaMeaning;
    return { status: 'note', says, evidence: ['/tls/chain/originCa'], remedy, cites };
  }
  if (flaws.length > 0) {
    const says = `Full (strict) accepts it, with flaws: ${textOf(flaws)}${unjudged}`;
    return { status: 'note', says, evidence: pointers(flaws), remedy: certText(facts) };
  }
  const says = `the certificate is good under Full (strict) too${unjudged}`;
  return { status: 'pass', says, evidence: ['/tls/chain/defects'] };
}

function textOf(defects: readonly Defect[]): string {
  return [...new Set(defects.map(({ detail }) => detail))].join('; ');
}

const steps: Partial<Readonly<Record<FailureCode, string>>> = {
  'certificate-expired': 'Renew the certificate and reload the web server.',
  'certificate-not-yet-valid': 'Check the clock of this machine, or install a certificate that is valid already.',
  'hostname-mismatch':
    'Install a certificate that has HOST among its names, and see that the web server picks it for that name (SNI).',
  'self-signed': 'Install a certificate of a public authority, or one of Cloudflare’s Origin CA.',
  'untrusted-issuer': 'Install a certificate of a public authority, or one of Cloudflare’s Origin CA.',
  'missing-intermediate': 'Send the certificates of the issuers behind your own (fullchain.pem).',
  'invalid-signature': 'Send the intermediate that issued the certificate, and no other of the same name.',
  revoked: 'Have a new certificate issued: this one was revoked.',
};

function remedyOf(facts: SeenFacts, defects: readonly Defect[]): string {
  const usual = 'Have the certificate issued anew by an authority that may issue it.';
  const lines = defects.map(({ code }) => (steps[code] ?? usual).replaceAll('HOST', () => facts.host));
  // Where it is what visitors get an error for, that finding has the command.
  const isNamed = facts.stages.some(({ stage, status }) => stage === 'certificate' && status === 'fail');
  return [...new Set(lines), ...(isNamed ? [] : [certText(facts)])].join('\n');
}

function certText(facts: SeenFacts): string {
  const { host, originPort } = facts;
  const { address = host, port = originPort } = decisiveAddress(facts) ?? {};
  const name = host === address ? '' : ` --servername ${host}`;
  return `See the whole chain: rg-diag cert ${bracketed(address)}:${port}${name}`;
}
