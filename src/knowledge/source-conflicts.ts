import { sources } from './sources.js';

/** One side of a disagreement. */
export interface Claim {
  readonly says: string;
  readonly source: string;
}

/** Two sources that say different things, and which one rg-diag goes by. */
export interface SourceConflict {
  readonly id: string;
  readonly topic: string;
  /** The codes, headers and parameters that it is about, as they are written. */
  readonly about: readonly (number | string)[];
  readonly claims: readonly [Claim, Claim, ...Claim[]];
  /** The place of the newer one in `claims`; absent where the sources do not show which is newer. */
  readonly newer?: number;
  /** What to go by, a sentence. */
  readonly goBy: string;
}

const {
  of2023: old,
  railgunExecution: execution,
  railgunActivation: activation,
  railgunAdministration: administration,
  railgunAuthorities: certificates,
  railgunLogging: logging,
  railgunFaq: faq,
  railgunArticle: article,
  railgunProblems: problems,
  railgunBalancers: balancers,
  claire,
  claireComment,
  packageFile,
  limitsNow,
  limitsBefore: limitsPage,
  errorResponses: responses,
} = sources;

export const sourceConflicts: readonly SourceConflict[] = [
  {
    id: 'connect-timer',
    topic: 'how long the edge waits for the SYN+ACK of the origin',
    about: [522],
    claims: [
      { says: '15 s', source: old },
      { says: '19 s', source: `${limitsNow}; ${sources.e522}` },
    ],
    newer: 1,
    goBy: 'Go by 19 s; 15 s is history.',
  },
  {
    id: 'read-timer',
    topic: 'how long the edge waits for the answer of the origin',
    about: [524],
    claims: [
      { says: '100 s', source: old },
      { says: '120 s', source: `${limitsNow}; ${sources.e524}` },
    ],
    newer: 1,
    goBy: 'Go by 120 s.',
  },
  {
    id: 'acknowledged-then-silent',
    topic: 'what comes of an origin that acknowledges the request and does not answer',
    about: [522, 524],
    claims: [
      { says: 'error 522, in a note beside 524', source: `${old}, note under 524` },
      { says: 'error 524', source: `${sources.e524}; ${old}, text of 522` },
    ],
    newer: 1,
    goBy: 'Go by 524: without an acknowledgement it is 522, acknowledged and then silent it is 524.',
  },
  {
    id: 'header-size',
    topic: 'how large the headers of an answer may be',
    about: [520],
    claims: [
      { says: '16 KB', source: old },
      { says: '32 KB in total, 16 KB each', source: limitsPage },
      { says: '128 KB', source: sources.e520 },
    ],
    newer: 2,
    goBy: 'Go by 128 KB, and keep below 16 KB to be safe with both.',
  },
  {
    id: 'flags-base',
    topic: 'the base of the flags word in Cf-Railgun',
    about: ['flags'],
    claims: [
      { says: 'decimal', source: claire },
      { says: 'hexadecimal', source: `${problems} (documented output of rg-diag -decode); ${faq}` },
    ],
    goBy: 'Go by hexadecimal: the documented output for 0031 and the letters in the FAQ’s rule allow nothing else.',
  },
  {
    id: 'normal-layout',
    topic: 'where the word normal stands in Cf-Railgun',
    about: ['normal'],
    claims: [
      { says: '<id> <flags> normal <version>', source: claireComment },
      { says: 'in place of the ratio', source: faq },
    ],
    goBy: 'Both are read.',
  },
  {
    id: 'stream-or-normal',
    topic: 'what normal and stream mean in Cf-Railgun',
    about: ['normal', 'stream'],
    claims: [
      { says: 'normal: not compressed, but delivered well', source: article },
      { says: 'stream means that, and normal and direct mean that Railgun was bypassed', source: faq },
    ],
    newer: 1,
    goBy: 'Take both as not compressed, and neither as an error.',
  },
  {
    id: 'id',
    topic: 'what the id in Cf-Railgun names',
    about: ['compressed', 'stream', 'normal', 'origin'],
    claims: [
      { says: 'the request', source: `${faq}, first section` },
      { says: 'the WAN connection, which several requests can share', source: `${faq}; ${article}` },
    ],
    goBy: 'Take it as the id of the connection or of the request.',
  },
  {
    id: 'validate-cert',
    topic: 'the default of validate.cert',
    about: ['validate.cert'],
    claims: [
      { says: '1', source: execution },
      { says: '0, as the package ships it', source: packageFile },
    ],
    goBy: 'Look at what railgun.conf has; where it is absent it is 1.',
  },
  {
    id: 'memcached-limit',
    topic: 'the default of memcached.limit',
    about: ['memcached.limit'],
    claims: [
      { says: '100,000 bytes', source: execution },
      { says: '1000000 bytes', source: packageFile },
    ],
    goBy: 'Look at what railgun.conf has.',
  },
  {
    id: 'railgun-host-dns',
    topic: 'when the name in activation.railgun_host is resolved',
    about: ['activation.railgun_host'],
    claims: [
      { says: 'for each request', source: execution },
      { says: 'only when rg-listener starts', source: packageFile },
    ],
    goBy: 'Give an address there, not a name.',
  },
  {
    id: 'railgun-host-key',
    topic: 'the parameter with the public address of rg-listener',
    about: ['activation.railgun_host', 'activation.public_ip'],
    claims: [
      { says: 'activation.public_ip', source: `${activation}; ${administration}` },
      { says: 'activation.railgun_host', source: `${execution}; ${packageFile}` },
    ],
    newer: 1,
    goBy: 'Either will do; set one of them, and not both.',
  },
  {
    id: 'reload',
    topic: 'how a change of log.level takes effect',
    about: ['log.level', 'SIGHUP'],
    claims: [
      { says: 'SIGHUP reloads it', source: execution },
      { says: 'restart the service', source: logging },
    ],
    goBy: 'Either works; a restart is the safest.',
  },
  {
    id: 'sigusr2',
    topic: 'what SIGUSR2 does to rg-listener',
    about: ['SIGUSR2'],
    claims: [
      { says: 'replaces the running program by a newer one', source: execution },
      { says: 'writes a snapshot of its memory', source: `${execution}, memstats.file` },
    ],
    goBy: 'Do not send it.',
  },
  {
    id: 'stats-port',
    topic: 'the port of the statistics of rg-listener',
    about: ['stats.listen'],
    claims: [
      { says: '22408', source: administration },
      { says: '24088', source: packageFile },
    ],
    goBy: 'There is no default: look at stats.listen in railgun.conf.',
  },
  {
    id: 'stats-switch',
    topic: 'what switches the statistics of rg-listener on',
    about: ['stats.log', 'stats.enabled'],
    claims: [
      { says: 'stats.log = 1', source: faq },
      { says: 'stats.enabled = 1 first', source: administration },
    ],
    goBy: 'Set stats.enabled = 1.',
  },
  {
    id: 'config-name',
    topic: 'the name of the configuration file of rg-listener',
    about: ['railgun.conf', 'rg.config'],
    claims: [
      { says: 'rg.config', source: execution },
      { says: '/etc/railgun/railgun.conf', source: activation },
    ],
    goBy: 'Look for all of them, /etc/railgun/railgun.conf first.',
  },
  {
    id: 'unknown-authority',
    topic: 'what visitors get where rg-listener logs an unknown authority',
    about: [520, 527, 'unknown-authority'],
    claims: [
      { says: 'error 520', source: `${certificates}, probably of mid-2016, before 5.3.0` },
      { says: 'error 527, with the other TLS errors', source: old },
    ],
    newer: 1,
    goBy: 'Expect 520 or 527.',
  },
  {
    id: 'listener-timeouts',
    topic: 'what visitors get where rg-listener cannot reach the origin in time',
    about: [502, 527],
    claims: [
      { says: '502', source: problems },
      { says: '527', source: old },
    ],
    newer: 1,
    goBy: 'Expect 527 from rg-listener 5.3.0 (2016-11-08) on, 502 before.',
  },
  {
    id: 'origin-ip-header',
    topic: 'who sends CF-ORIGIN-IP',
    about: ['CF-ORIGIN-IP'],
    claims: [
      { says: 'rg-listener', source: balancers },
      { says: 'rg-sender', source: `an older copy of ${balancers}; ${execution}` },
    ],
    goBy: 'Go by rg-sender: rg-listener uses the header.',
  },
  {
    id: 'closed-port',
    topic: 'what comes of an origin that refuses connections to port 443',
    about: [521, 525, 526],
    claims: [
      { says: 'error 521', source: sources.e521 },
      { says: 'error 525', source: sources.e525 },
      { says: 'error 526', source: sources.e526 },
    ],
    goBy: 'Go by 521 where the connection is refused: without a connection there is no handshake and no certificate.',
  },
  {
    id: '1000-status',
    topic: 'the HTTP status with which error 1000 comes',
    about: [1000, 1001, 1002],
    claims: [
      { says: '409, as 1001 does', source: sources.errorAnalytics },
      { says: '403, as most 1xxx codes do', source: sources.e403 },
      { says: 'one of 403, 409, 429 and 530', source: sources.of1xxx },
    ],
    newer: 1,
    goBy: 'Expect 403 (inferred; for 1002 too, which has the same name), and go by the code in the body.',
  },
  {
    id: 'origin-5xx-page',
    topic: 'what visitors see where the origin itself answers with 502 or 504',
    about: [502, 504],
    claims: [
      { says: 'a branded page of Cloudflare', source: `${old}; ${sources.e502}` },
      { says: 'what the origin sent, untouched', source: responses },
    ],
    newer: 1,
    goBy: 'Ask the origin itself: only its own answer shows whose error it is.',
  },
  {
    id: '1004-name',
    topic: 'how error 1004 is filed',
    about: [1004],
    claims: [
      { says: 'category config', source: `${responses}, table of categories` },
      { says: 'named “DNS resolution error”', source: `${responses}, table of Retry-After` },
    ],
    goBy: 'It is the same page: both are the host that is not configured, or not known to DNS yet.',
  },
  {
    id: '1104-category',
    topic: 'what error 1104 is',
    about: [1104],
    claims: [
      { says: 'a variant of an e-mail address that is registered already', source: sources.of1xxx },
      { says: 'an error of a Worker (category worker)', source: responses },
    ],
    goBy: 'Look at the text of the page.',
  },
];

/** The disagreements about a code, header or parameter. */
export function conflictsAbout(subject: number | string): SourceConflict[] {
  return sourceConflicts.filter(({ about }) => about.includes(subject));
}

/** The parameters, signals, files and headers among the subjects: what somebody may look up by its name. */
export function disputedName(text: string): string | undefined {
  const key = text.toLowerCase();
  return sourceConflicts
    .flatMap(({ about }) => about)
    .filter((subject) => typeof subject === 'string')
    .find((subject) => subject.toLowerCase() === key && /[.A-Z]/.test(subject));
}
