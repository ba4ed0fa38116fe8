import type { CertificateFacts } from '../../decoders/certificate.js';
import type { ListenerRefusal } from '../../decoders/rg-listener-tls.js';
import type { SslModesFacts } from '../../decoders/ssl-modes.js';
import { type SslModeOfEveryPlan, sslModesOfEveryPlan } from '../../knowledge/ssl-modes.js';
import type { Block, Pair } from '../../model/block.js';
import { bracketed } from '../../model/endpoint.js';
import type { FailedFacts, FileFacts, ServerFacts } from './facts.js';

/** Names that a person reads before it gets too long; the machine formats have all of them. */
const mostNames = 20;

/** What a person should see of a chain: what it comes to, each certificate, and what it means for Cloudflare and rg-listener. */
export function chainBlocks(facts: ServerFacts | FileFacts): Block[] {
  const leaf = facts.chain[facts.leaf];
  return [
    { kind: 'pairs', pairs: summaryPairs(facts, leaf) },
    { kind: 'heading', text: facts.kind === 'server' ? 'Certificates as sent' : 'Certificates of the file' },
    chainTable(facts),
    ...facts.chain.map((certificate, element): Block => detailBlock(certificate, element)),
    ...revocationBlocks(facts),
    ...(facts.kind === 'server' ? consequenceBlocks(facts) : []),
  ];
}

function summaryPairs(facts: ServerFacts | FileFacts, leaf: CertificateFacts | undefined): Pair[] {
  const pairs: Pair[] = [];
  const { verified, trust, secondsRemaining } = facts;
  const store = trust.path ?? (trust.source === 'system' ? 'the system' : 'Node');
  pairs.push({
    label: 'Verified',
    value: verified ? 'yes' : 'no',
    means: `by ${trust.size} ${trust.size === 1 ? 'authority' : 'authorities'} of ${store}`,
    status: verified ? 'pass' : 'fail',
  });
  if (facts.host !== undefined) pairs.push({ label: 'Expected name', value: facts.host });
  const names = leaf?.san ?? [];
  const shown = names.slice(0, mostNames).join(', ');
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more; --json has all of them` : '';
  pairs.push({ label: 'Names', value: names.length === 0 ? 'no subject alternative name' : `${shown}${more}` });
  const left =
    secondsRemaining < 0 ? `expired ${spanText(-secondsRemaining)} ago` : `${spanText(secondsRemaining)} left`;
  pairs.push({ label: 'Valid', value: left, means: 'of the certificate on the path that expires first' });
  if (facts.kind === 'server') {
    const { protocol, cipher, alpn, edge, address, port } = facts;
    pairs.push({ label: 'Address', value: `${bracketed(address)}:${port}` });
    if (protocol !== undefined) pairs.push({ label: 'TLS', value: [protocol, cipher].filter(Boolean).join(', ') });
    if (alpn !== undefined) pairs.push({ label: 'ALPN', value: alpn });
    if (edge !== undefined) {
      const value = edge.failure?.detail ?? [edge.protocol, edge.cipher].filter(Boolean).join(', ');
      pairs.push({ label: 'TLS for Cloudflare', value, means: 'with nothing but what it offers to origins' });
    }
  }
  if (facts.kind === 'file' && facts.others !== undefined) {
    pairs.push({ label: 'Also in the file', value: facts.others.join(', '), means: 'not read' });
  }
  return pairs;
}

function chainTable({ chain, observedAt }: ServerFacts | FileFacts): Block {
  const now = Date.parse(observedAt);
  const titles = ['Subject', 'Issuer', 'Valid until', 'Days', 'Key', 'Signature'] as const;
  return {
    kind: 'table',
    columns: [
      { title: '', align: 'right' },
      ...titles.map((title) => ({ title, align: title === 'Days' ? ('right' as const) : ('left' as const) })),
    ],
    rows: chain.map((certificate, element) => [
      String(element),
      shortName(certificate.subject),
      certificate.selfSigned ? 'itself' : shortName(certificate.issuer),
      certificate.notAfter.slice(0, 10),
      String(Math.floor((Date.parse(certificate.notAfter) - now) / 86_400_000)),
      [certificate.keyType, certificate.keyBits].filter((part) => part !== undefined).join(' '),
      certificate.signature,
    ]),
  };
}

function detailBlock(certificate: CertificateFacts, element: number): Block {
  const pairs: Pair[] = [
    { label: `Certificate ${element}`, value: certificate.subject },
    { label: 'Issuer', value: certificate.issuer },
    { label: 'Valid', value: `${certificate.notBefore} to ${certificate.notAfter}` },
    { label: 'Serial', value: certificate.serial },
    { label: 'SHA-256', value: certificate.fingerprint256 },
  ];
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['Subject key id', certificate.subjectKeyId],
    ['Authority key id', certificate.authorityKeyId],
    ['OCSP', certificate.ocspUrls?.join(', ')],
    ['Issuer at', certificate.issuerUrls?.join(', ')],
    ['CRL', certificate.crlUrls?.join(', ')],
  ];
  for (const [label, value] of optional) if (value !== undefined) pairs.push({ label, value });
  return { kind: 'pairs', pairs, verbose: true };
}

function revocationBlocks({ revocation = [] }: ServerFacts | FileFacts): Block[] {
  if (revocation.length === 0) return [];
  const columns = ['Revocation', 'Certificate', 'Says', 'Until', 'Signed'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  const rows = revocation.map(({ source, path, element, status, nextUpdate, verified }) => [
    source === 'ocsp' ? 'stapled OCSP' : `CRL ${path ?? ''}`,
    element === undefined ? '' : String(element),
    status,
    nextUpdate ?? '',
    verified ? 'yes' : 'no',
  ]);
  return [{ kind: 'table', columns, rows }];
}

/** What TLS as it was seen means to visitors of a zone, and to rg-listener. */
export function consequenceBlocks(facts: ServerFacts | FailedFacts): Block[] {
  const { sslModes: seen, railgun } = facts;
  if (railgun === undefined) return [];
  const columns = ['SSL/TLS mode', 'Visitors get', 'Cloudflare to the origin'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  const rows = sslModesOfEveryPlan.map(({ id, name, toOrigin }) => [
    name,
    seen === undefined ? '' : outcomeOf(seen, id),
    toOrigin,
  ]);
  const pairs: Pair[] = [
    { label: 'validate.cert = 1', value: refusalText(railgun.validateCert1) },
    { label: 'validate.cert = 0', value: refusalText(railgun.validateCert0) },
  ];
  return [
    ...(seen === undefined
      ? []
      : ([
          { kind: 'heading', text: 'As an origin behind Cloudflare' },
          { kind: 'table', columns, rows },
          ...(seen.nameUnjudged === true ? [withoutName] : []),
        ] as const)),
    { kind: 'heading', text: 'For rg-listener' },
    { kind: 'pairs', pairs },
    ...('trust' in facts && facts.trust.source === 'file' ? [ownAuthorities] : []),
  ];
}

/** Only TLS was looked at: the server may still be closed to Cloudflare, or answer nothing on port 80. */
function outcomeOf(seen: SslModesFacts, id: SslModeOfEveryPlan['id']): string {
  const code = seen[id];
  if (code !== null) return String(code);
  const isConditional = seen.needsClientCertificate === true && (id === 'full' || id === 'strict');
  return isConditional ? 'no TLS error with Authenticated Origin Pulls' : 'no TLS error';
}

const withoutName: Block = {
  kind: 'note',
  text: 'The name was not judged: Cloudflare and rg-listener compare it with the host of the request, which --servername gives.',
};

/** Cloudflare and rg-listener do not read the user's file. */
const ownAuthorities: Block = {
  kind: 'note',
  text: 'Judged by the authorities of --ca-file. Cloudflare accepts public ones, its Origin CA, and those in your Custom Origin Trust Store; rg-listener accepts those in its ca.bundle.',
};

function refusalText(refusal: ListenerRefusal | null): string {
  if (refusal === null) return 'accepted';
  const { code, logLine } = refusal;
  const visitors = code === undefined ? 'refused' : `refused, visitors get ${code}`;
  return logLine === undefined ? `${visitors}; the line of its log is not published` : `${visitors}; logs: ${logLine}`;
}

/** The common name, or else what a person would call the owner of a name. */
function shortName(name: string): string {
  for (const type of ['CN', 'OU', 'O']) {
    const found = new RegExp(`(?:^|[,+] )${type}=((?:\\\\.|[^,+\\\\])*)`).exec(name)?.[1];
    if (found !== undefined && found !== '') return found.replace(/\\(.)/g, '$1').trim();
  }
  return name === '' ? '(empty)' : name;
}

/** Whole days, or hours where there is none. */
function spanText(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600);
  const [count, unit] = days >= 1 ? [days, 'day'] : [hours, 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
