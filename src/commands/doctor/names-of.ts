import type { ConsequenceStage } from '../../knowledge/consequences.js';
import { familyOf } from '../../model/endpoint.js';
import type { FailureCode } from '../../model/failure.js';
import type { Finding } from '../../model/finding.js';
import { resolvePointer } from '../../model/pointer.js';
import { ofConfigLine } from './config-line.js';
import type { CheckFacts, CheckReport } from './facts.js';
import { hostsMark } from './hosts-of-machine.js';
import { keysAt, listAt, numberAt, textAt } from './reading.js';

/** What a finding has in common with others. */
export interface Names {
  /** In lower case; `*` and `*.example.com` are lines of the map for many. */
  readonly hosts: readonly string[];
  /** `10.0.0.12:443`, `[::1]:11211`, `/run/memcached.sock`; of a look-up that failed the name: `name app.internal` */
  readonly destinations: readonly string[];
  /** Names and what they led to, spelled as what the hosts file of this machine has. */
  readonly reached: readonly string[];
  readonly codes: readonly FailureCode[];
  readonly stage?: ConsequenceStage;
  /** Of railgun.conf. */
  readonly keys: readonly string[];
  /** Seconds that a certificate is late (above 0) or early (below). */
  readonly certificateSeconds?: number;
  /** Seconds that a clock is ahead of that of Cloudflare. */
  readonly aheadSeconds?: number;
  /** rg-listener goes to another port than was asked for. */
  readonly portLost?: true;
  /** The origin was asked over HTTP on account of `insecure.origin`. */
  readonly plain?: true;
  /** rg-listener has its certificate by activation, and not from `cert.file`. */
  readonly activatedOnly?: true;
  /** What failed, failed on this machine, and not at what was looked at. */
  readonly isOurs?: true;
  /** The line of the file that it is about: `railgun.conf:12:3`. */
  readonly place?: string;
}

/** Names that are compared: more of one finding would be a list, and not what it is about. */
const most = 64;

/** What is to be known of the whole run. */
export interface OfRun {
  /** All of it was ended, and not a check alone by a deadline of its own, which is a time to wait like any other. */
  readonly isCut: boolean;
  /** The user named the mode of the zone. */
  readonly isModeGiven: boolean;
}

/** What a finding of a check is about, by what the check was asked and by the facts behind it. */
export function namesOf(
  check: CheckFacts,
  { facts }: CheckReport,
  finding: Finding,
  { isCut, isModeGiven }: OfRun,
): Names {
  const { command, subject } = check;
  const stage = stageOf(command, facts, finding, isCut);
  const common = {
    codes: codesOf(command, facts, finding),
    keys: [],
    reached: reachedOf(command, facts, subject),
    ...(stage && { stage }),
    ...(isOurs(facts, finding) && { isOurs: true as const }),
  };
  if (command === 'logs') return { ...common, ...ofLog(facts, finding) };
  if (command.startsWith('config') && finding.place !== undefined)
    return { ...common, ...ofConfigLine(facts, finding) };
  const late = certificateSecondsOf(facts, finding);
  return {
    ...common,
    hosts: distinct([subject.host, textAt(facts, '/asked/servername'), textAt(facts, '/host')]),
    destinations: distinct([
      ...destinationsOf(command, facts, finding, subject.destination),
      ...(stage === 'dns' ? [lookedUpBy(facts, finding, subject)] : []),
    ]),
    ...(isPlain(facts, finding, isModeGiven) && { plain: true }),
    ...(isActivatedOnly(facts, finding) && { activatedOnly: true }),
    ...(late !== undefined && { certificateSeconds: late }),
    ...(finding.rule === 'origin/railgun' && numberAt(facts, '/railgun/portLost') !== undefined && { portLost: true }),
  };
}

/** A destination as it is compared: `unix:/run/x` as `/run/x`. */
function spelled(destination: string): string {
  return destination.toLowerCase().replace(/^unix:/, '');
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  const named = texts.flatMap((text) => (text === undefined || text === '' ? [] : [spelled(text)]));
  return [...new Set(named)].slice(0, most);
}

function ofLog(facts: unknown, { rule }: Finding): Pick<Names, 'hosts' | 'destinations'> & Partial<Names> {
  const ahead = rule === 'logs/clock' ? numberAt(facts, '/clock/leastAheadSeconds') : undefined;
  const index = listAt(facts, '/causes').findIndex((cause) => `logs/${textAt(cause, '/id')}` === rule);
  return {
    hosts: distinct(keysAt(facts, `/causes/${index}/hosts`)),
    destinations: distinct(keysAt(facts, `/causes/${index}/destinations`)),
    ...(ahead !== undefined && { aheadSeconds: ahead }),
  };
}

function destinationsOf(command: string, facts: unknown, { rule }: Finding, asked: string | undefined) {
  if (rule === 'origin/railgun') return [textAt(facts, '/railgun/destination')];
  const tried = listAt(
    facts,
    command === 'listener' ? '/wan/attempts' : command === 'origin' ? '/addresses' : '/attempts',
  );
  const own = endpointOf(textAt(facts, '/address'), numberAt(facts, '/port'));
  return [
    asked,
    own,
    ...tried.slice(0, most).map((one) => endpointOf(textAt(one, '/address'), numberAt(one, '/port'))),
  ];
}

/** The name whose look-up failed: the one that the check was led to, else the host itself. */
function lookedUpBy(facts: unknown, { rule }: Finding, { host, destination = '' }: CheckFacts['subject']) {
  const led = rule === 'origin/railgun' ? (textAt(facts, '/railgun/destination') ?? '') : destination;
  const name = hostIn(led);
  const looked = name !== '' && familyOf(name) === undefined ? name : host;
  return looked === undefined ? undefined : `name ${looked}`;
}

/** The host of a destination, without brackets and port. */
export function hostIn(destination: string): string {
  const [, host = ''] = /^\[?([^[\]]*?)\]?(?::\d+)?$/.exec(destination) ?? [];
  return host;
}

/**
 * Whether what was found is of an origin that was asked over HTTP because `insecure.origin` is 1. The edge does not go by that: it is
 * asked like rg-listener unless the mode of the zone is known.
 */
function isPlain(facts: unknown, { rule }: Finding, isModeGiven: boolean): boolean {
  if (resolvePointer(facts, '/railgun/insecureOrigin') !== true) return false;
  if (rule === 'origin/railgun') return true;
  return rule === 'origin/edge-error' && !isModeGiven && resolvePointer(facts, '/tls') === undefined;
}

function isActivatedOnly(facts: unknown, { rule }: Finding): boolean {
  return rule.startsWith('listener/') && resolvePointer(facts, '/local/config/certFile') === undefined;
}

function endpointOf(address: string | undefined, port: number | undefined): string | undefined {
  if (address === undefined || port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Names and the addresses that they led to, as the hosts file may have them. */
function reachedOf(command: string, facts: unknown, { host = '', destination = '' }: CheckFacts['subject']): string[] {
  const given = hostIn(destination);
  const isName = given !== '' && familyOf(given) === undefined;
  if (command === 'origin') {
    return listAt(facts, '/addresses')
      .slice(0, most)
      .flatMap((one) => {
        const address = textAt(one, '/address') ?? '';
        const byHosts = textAt(one, '/from') === 'hosts' ? [hostsMark(host, address)] : [];
        return isName ? [...byHosts, hostsMark(given, address)] : byHosts;
      });
  }
  const address = textAt(facts, '/address') ?? '';
  // There is a share only where a name was looked up.
  const byName = textAt(facts, '/share/host') ?? (command === 'trace' ? host : undefined);
  return byName === undefined ? [] : [hostsMark(byName, address)];
}

function codesOf(command: string, facts: unknown, { rule, code }: Finding): FailureCode[] {
  const codes = code === undefined ? [] : [code];
  const chain = command === 'origin' ? '/railgun/tls/chain' : '/chain';
  if (rule === 'origin/railgun' && code === undefined && numberAt(facts, '/railgun/portLost') !== undefined) {
    return ['missing-setting'];
  }
  // Whatever else is said of it: that of Cloudflare's Origin CA is trusted by the edge alone.
  if (rule === 'origin/railgun' && resolvePointer(facts, `${chain}/originCa`) !== undefined) {
    return [...codes, 'origin-ca-unchecked'];
  }
  return codes;
}

const stages: readonly string[] = ['dns', 'tcp', 'tls', 'certificate', 'request', 'response'];
const stageOfStep: Readonly<Record<string, ConsequenceStage>> = {
  resolve: 'dns',
  connect: 'tcp',
  tls: 'tls',
  request: 'request',
  exchange: 'response',
};

function stageOf(
  command: string,
  facts: unknown,
  { rule, evidence }: Finding,
  isCut: boolean,
): ConsequenceStage | undefined {
  const isEnded =
    isCut &&
    ((rule === 'origin/railgun' && isCutAtListener(facts)) ||
      evidence.some(
        (pointer) =>
          resolvePointer(facts, `${pointer}/byRun`) === true ||
          resolvePointer(facts, `${pointer}/failure/byRun`) === true,
      ));
  if (isEnded) return 'ended';
  if (rule === 'origin/certificate') return 'certificate';
  if (rule === 'origin/answer-speed' || rule === 'logs/hung-requests' || rule === 'logs/slow-origin') return 'response';
  if (rule === 'config-resolve/reachable') return 'tcp';
  if (command === 'origin') return ofOrigin(facts, rule === 'origin/railgun' ? '/railgun' : '');
  const step = textAt(facts, '/failure/step') ?? '';
  if (Object.hasOwn(stageOfStep, step)) return stageOfStep[step];
  return command === 'cert' ? 'certificate' : undefined;
}

/** Whether the end of the run cut off what rg-listener would meet at an origin. */
export function isCutAtListener(facts: unknown): boolean {
  const isCut = (one: unknown) => resolvePointer(one, '/failure/byRun') === true;
  return isCut(resolvePointer(facts, '/railgun')) || listAt(facts, '/railgun/stages').some(isCut);
}

/** Whether the failure that the finding goes by is one of this machine, and not for want of time. */
function isOurs(facts: unknown, { evidence }: Finding): boolean {
  return evidence.some((pointer) => {
    const failures = [resolvePointer(facts, pointer), resolvePointer(facts, `${pointer}/failure`)];
    return failures.some((one) => textAt(one, '/blame') === 'us' && resolvePointer(one, '/byRun') !== true);
  });
}

/** Where it breaks by the verdict; else the first step that failed. */
function ofOrigin(facts: unknown, base: string): ConsequenceStage | undefined {
  const failed = listAt(facts, `${base}/stages`).find((seen) => textAt(seen, '/status') === 'fail');
  const named =
    base === ''
      ? (textAt(facts, '/edge/stage') ?? textAt(facts, '/undetermined/stage'))
      : textAt(facts, '/railgun/stage');
  const stage = named ?? textAt(failed, '/stage') ?? '';
  return stages.includes(stage) ? (stage as ConsequenceStage) : undefined;
}

const ofDates: readonly string[] = ['certificate-expired', 'certificate-not-yet-valid'];

function certificateSecondsOf(facts: unknown, { code }: Finding): number | undefined {
  if (code === undefined || !ofDates.includes(code)) return undefined;
  const wan = listAt(facts, '/wan/attempts').map((attempt) => resolvePointer(attempt, '/certificate'));
  const seen = [facts, resolvePointer(facts, '/tls/chain'), resolvePointer(facts, '/railgun/tls/chain'), ...wan];
  for (const one of seen) {
    const left = numberAt(one, '/secondsRemaining');
    if (code === 'certificate-expired' && left !== undefined && left < 0) return -left;
    const until = code === 'certificate-expired' ? undefined : untilValid(one, textAt(facts, '/observedAt'));
    if (until !== undefined) return -until;
  }
  return undefined;
}

/** Seconds until the first certificate of a chain is valid. */
function untilValid(chain: unknown, now: string | undefined): number | undefined {
  const said = numberAt(chain, '/secondsUntilValid');
  if (said !== undefined) return said;
  const seconds = (Date.parse(textAt(chain, '/chain/0/notBefore') ?? '') - Date.parse(now ?? '')) / 1000;
  return seconds > 0 ? seconds : undefined;
}
