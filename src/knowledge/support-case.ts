import { sources } from './sources.js';
import { type Statement, type SupportItem, statementsOf, supportOf } from './statement.js';

const { support, railgunProblems: problems, railgunFaq: faq } = sources;

/** What belongs in every case. */
export const everyCase: readonly SupportItem[] = supportOf(
  support,
  ['the time in UTC', undefined, 'time'],
  ['the name or ID of the zone', undefined, 'zone'],
  ['how often it happens', undefined, 'frequency'],
  ['steps to reproduce it, what was expected and what came instead', undefined, 'description'],
  ['example URLs and the exact text of the error', undefined, 'urls'],
  ['HAR file', undefined, 'har'],
  ['screenshots'],
  ['logs of the origin', undefined, 'origin-log'],
  ['outputs of mtr or traceroute, dig and curl', undefined, ['route', 'dns', 'origin', 'certificate']],
  ['how urgent it is, and what it does to the site', undefined, 'urgency'],
);

/** What belongs in a case about Railgun too. */
export const railgunCase: readonly SupportItem[] = supportOf(
  problems,
  ['railgun.conf (with activation.token masked) and railgun-nat.conf', undefined, ['railgun-conf', 'railgun-nat']],
  ['the part of syslog with the problem in it', undefined, 'log'],
  ['/var/log/railgun/panic.log, if it is not empty', undefined, 'panic-log'],
  ['the address or host name of rg-listener', undefined, ['railgun-conf', 'listener']],
  ['whether a firewall is before rg-listener'],
  ['the output of /cdn-cgi/trace', 'rg-diag trace HOST', 'trace'],
);

/** What belongs in a case about answers that are streamed. */
export const streamCase: readonly SupportItem[] = supportOf(faq, ['memcached.conf', undefined, 'memcached-conf']);

/** How files have to be, and what must not be in them. */
export const caseRules: readonly Statement[] = statementsOf(
  support,
  'Never send passwords, numbers of cards, private keys or API keys.',
  'Files: png jpg gif ico tiff mp4 avi webm har txt csv eml css html json tf pcap pcapng cap, up to 20 MB each; no ZIP or RAR.',
  'Only the owner of the domain is served; on the Free plan the community answers.',
);
