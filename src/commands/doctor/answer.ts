import type { Finding } from '../../model/finding.js';
import { shortened } from '../../model/shortened.js';
import type { Group } from './causes.js';
import type { DoctorFacts } from './facts.js';
import { isEarly, whereDnsLeads } from './map-line.js';
import { counts } from './status.js';
import { counted, unended } from './text.js';

/** In a few sentences: what is most likely wrong, on whose side, what to do first; or that nothing was found. */
export function answerOf(facts: DoctorFacts, groups: readonly Group[], findings: readonly Finding[]): string {
  const wrong = groups.filter(({ status }) => counts(status));
  const [first] = wrong;
  const [finding] = findings;
  if (first === undefined || finding === undefined) return wellText(facts, findings);
  const [step = ''] = finding.remedy.split('\n');
  // Of an origin in the map, what rg-listener meets says enough.
  const [says = ''] = first.cause.mapLine === undefined ? [finding.says] : finding.says.split(`; ${whereDnsLeads}`);
  // A line to type is at the end, and no mark follows it.
  const isLine = step.includes('rg-diag ');
  const said = [
    `${wordOf(finding)} ${unended(shortened(says, 300))}.`,
    sideOf(first),
    step === '' || isLine ? '' : `Do first: ${unended(shortened(step, 200))}.`,
    restText(wrong),
    isLine ? `Do first: ${shortened(step, 600)}` : '',
  ];
  return said.filter((text) => text !== '').join(' ');
}

function wordOf({ status, rule }: Finding): string {
  if (rule.startsWith('doctor/') && status === 'broken') return 'Not known:';
  if (status === 'fail') return 'Most likely wrong:';
  return status === 'broken' ? 'Cannot be judged:' : 'Nothing fails; to be looked at:';
}

const sides: readonly (readonly [prefix: string, text: string])[] = [
  ['doctor/', ''],
  ['config-check/socket', 'The side to look at is memcached.'],
  ['config-', 'The side to look at is the configuration of rg-listener.'],
  ['memcached/', 'The side to look at is memcached.'],
  ['listener/', 'The side to look at is rg-listener.'],
  ['logs/activation', 'The side to look at is rg-listener.'],
  ['logs/memcached', 'The side to look at is memcached.'],
  ...[
    'logs/connection-',
    'logs/page-refused',
    'logs/no-response',
    'logs/handshake-failure',
    'logs/wrong-host',
    'logs/unknown-authority',
    'logs/http-502',
    'logs/slow-origin',
    'logs/origin-errors',
  ].map((prefix) => [prefix, 'The side to look at is the origin.'] as const),
  // What else a log says is nobody's fault, or not known to be: least of all where it cannot be read.
  ['logs/', ''],
  ['trace/', 'The side to look at is the way from here to Cloudflare, or the DNS record.'],
];

/** Whose side it is. */
function sideOf({ cause }: Group): string {
  const { finding, stage } = cause;
  const row = sides.find(([prefix]) => finding.rule.startsWith(prefix));
  if (row !== undefined) return row[1];
  if (stage === 'ended') return '';
  if (cause.isOurs === true) return 'The side to look at is this machine.';
  if (cause.mapLine !== undefined && finding.rule === 'origin/edge-error' && isEarly(stage)) {
    return 'The side to look at is the line of the map, or the origin that it leads to.';
  }
  if (finding.rule === 'origin/public') return 'The side to look at is between Cloudflare and the origin.';
  if (stage === 'dns') return 'The side to look at is DNS.';
  if (stage === 'tcp' && !cause.codes.includes('connection-refused')) {
    return 'The side to look at is the origin, or the network before it.';
  }
  return finding.rule === 'origin/railgun'
    ? 'The side to look at is the origin as rg-listener meets it, and its configuration.'
    : 'The side to look at is the origin.';
}

function restText(wrong: readonly Group[]): string {
  const [first, ...others] = wrong;
  const follow = first?.members.length ?? 0;
  const more = [
    follow === 0 ? '' : `${counted(follow, 'other finding')} ${follow === 1 ? 'belongs' : 'belong'} to it`,
    others.length === 0 ? '' : `${counted(others.length, 'more thing')} to look at`,
  ].filter((text) => text !== '');
  return more.length === 0 ? '' : `${more.join('; ')}.`.replace(/^./, (letter) => letter.toUpperCase());
}

function wellText({ checks }: DoctorFacts, findings: readonly Finding[]): string {
  const own = findings.find(({ rule }) => rule === 'doctor/checked');
  const says = own === undefined ? counted(checks.length, 'check') : own.says;
  return `${says.replace(/^./, (letter) => letter.toUpperCase())}.`;
}
