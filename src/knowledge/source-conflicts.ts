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

const old = 'Cloudflare, Troubleshooting 5XX errors (2023)';
const execution = 'Cloudflare, Railgun user guide: execution @5d82016';
const activation = 'Cloudflare, Railgun user guide: configuration and activation @e27ce3c';
const administration = 'Cloudflare, Railgun user guide: administration @aceb28c';
const certificates = 'Cloudflare, Railgun user guide: CA certificates @090b07a';
const logging = 'Cloudflare, Railgun user guide: increase logging @83f4788';
const faq = 'Cloudflare, Railgun FAQ @eb4aedb';
const article = 'Cloudflare, Reading and Interpreting the Cf-Railgun Header (202963724)';
const problems = 'Cloudflare, Railgun potential problems';
const balancers = 'Cloudflare, Railgun and load balancers';
const claire = 'cloudflare/claire source/request.js @f0dc301';
const claireComment = 'cloudflare/claire commit 6b36001';
const packageFile = 'railgun.conf of the 5.3 package (jonrankin/cloudflare-assignment @3905220)';
const limitsNow = 'Cloudflare, Connection limits (July 2026)';
const limitsPage = 'Cloudflare, Connection limits @0010e3d';
const responses = 'Cloudflare, error responses @0cc0c37';

export const sourceConflicts: readonly SourceConflict[] = [
  {
    id: 'connect-timer',
    topic: 'how long the edge waits for the SYN+ACK of the origin',
    about: [522],
    claims: [
      { says: '15 s', source: old },
      { says: '19 s', source: `${limitsNow}; Cloudflare, Error 522 @cbc4445` },
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
      { says: '120 s', source: `${limitsNow}; Cloudflare, Error 524 @64b2464` },
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
      { says: 'error 524', source: `Cloudflare, Error 524 @64b2464; ${old}, text of 522` },
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
      { says: '128 KB', source: 'Cloudflare, Error 520 @d5d7f97' },
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
    id: 'origin-5xx-page',
    topic: 'what visitors see where the origin itself answers with 502 or 504',
    about: [502, 504],
    claims: [
      { says: 'a branded page of Cloudflare', source: 'Cloudflare, Errors 502 and 504 @994f80d' },
      { says: 'what the origin sent, untouched', source: responses },
    ],
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
      { says: 'a variant of an e-mail address that is registered already', source: 'Cloudflare, 1xxx errors @9e09e9f' },
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
