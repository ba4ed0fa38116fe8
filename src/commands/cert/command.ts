import type { Command } from '../command.js';
import type { CertAsked, CertFacts, CertTarget } from './facts.js';

export const command: Command<CertAsked, CertTarget, CertFacts> = {
  kind: 'diagnosis',
  name: 'cert',
  summary: 'check the certificates of TLS servers and files, and list every defect of the chain',
  description: [
    'Shakes hands with a TLS server and judges the certificates exactly as it sent them: names, dates of each one, order, ' +
      'missing and extra ones, trust, revocation, keys and signatures. All defects are listed, not the first. ' +
      'It does not matter what the server says afterwards, or whether it says anything.',
    'It also says what the certificate means under each SSL/TLS mode of a Cloudflare zone, and what rg-listener would log ' +
      'with and without validate.cert. Every address of a name is checked.',
    'TARGET is HOST, HOST:PORT or [IPv6]:PORT (port 443 unless given), or a PEM or DER file: whatever exists as a file, ' +
      'contains a slash or ends in .pem, .crt, .cer or .der. A private key in a file is not read.',
  ],
  arguments: [
    {
      value: { name: 'TARGET', kind: 'file' },
      required: false,
      repeats: true,
      says: 'a server as HOST[:PORT], or a file of certificates',
    },
  ],
  options: [
    {
      long: 'servername',
      value: { name: 'NAME', kind: 'text' },
      says: 'send this name (SNI) and expect a certificate for it, instead of the host of the target',
      more: 'For a file, this is the name that the certificate has to be for; without it names are not judged.',
    },
    {
      long: 'starttls',
      value: { name: 'PROTOCOL', kind: 'choice', choices: ['smtp', 'imap', 'pop3', 'ftp'] },
      says: 'ask for TLS in this protocol first: smtp, imap, pop3 or ftp (ports 25, 143, 110 and 21)',
    },
    {
      long: 'crl-file',
      value: { name: 'FILE', kind: 'file' },
      repeats: true,
      says: 'look revoked certificates up in this list (PEM or DER)',
      more: 'Its signature and its dates are checked. Lists are never fetched: give those that you have.',
    },
    {
      long: 'warning',
      short: 'w',
      value: { name: 'DAYS', kind: 'number' },
      says: 'warn when less than DAYS are left (default 30)',
    },
    {
      long: 'critical',
      short: 'c',
      value: { name: 'DAYS', kind: 'number' },
      says: 'fail when less than DAYS are left (default 7)',
    },
    {
      long: 'grade',
      says: 'also try which protocols and weak ciphers the server accepts, and whether it sends HSTS',
      more: 'This opens several more connections and sends a HEAD request. It never hides what the handshake showed.',
    },
  ],
  takesTargets: true,
  network: true,
  trust: true,
  concurrency: 'check N addresses at once (default 16)',
  defaultTimeout: 30,
  sharing: 'targets',
  examples: [
    { command: 'rg-diag cert www.example.com', says: 'The certificates of every address of a site.' },
    {
      command: 'rg-diag cert 192.0.2.7 --servername www.example.com',
      says: 'The certificate that an origin behind Cloudflare shows for a name.',
    },
    {
      command: 'rg-diag cert www.example.com -w 20 -c 5 -f nagios',
      says: 'A health check of the expiry date, and of everything else.',
    },
    {
      command: 'rg-diag cert --targets origins.txt --ca-file internal-ca.pem -f prometheus',
      says: 'Many servers, with authorities of your own.',
    },
    {
      command: 'rg-diag cert mail.example.com --starttls smtp',
      says: 'A mail server.',
    },
    {
      command: 'rg-diag cert /etc/ssl/site.pem --servername www.example.com',
      says: 'A file, before a web server is told to use it.',
    },
  ],
  notes: [
    {
      title: 'How certificates are judged',
      paragraphs: [
        'Trust, dates, purposes and names are judged as OpenSSL does for a TLS server, but a wildcard stands for a whole label only. A missing intermediate is one that was not sent, even if the trust ' +
          'store of this machine has it. Days remaining are those of the certificate on the path to the root, of those that ' +
          'were sent, that expires first.',
        'A certificate of Cloudflare’s Origin CA is recognised by its issuer, the RSA one by the key id of its authority too. Cloudflare accepts it, browsers do ' +
          'not. The roots of that authority are not part of rg-diag: with --add-ca origin_ca_rsa_root.pem the signature is checked too.',
      ],
    },
  ],
  ask: async (given) => (await import('./ask.js')).ask(given),
  label: (target) => (target.kind === 'file' ? target.path : target.text),
  measure: () => import('./measure.js'),
  explain: () => import('./explain.js'),
};
