import { sources } from './sources.js';

/** A step on the way to an origin; `ended`: the run was over before it was. */
export type ConsequenceStage = 'dns' | 'tcp' | 'tls' | 'certificate' | 'request' | 'response' | 'ended';

/** Findings, by what all of them have. */
export interface FindingPattern {
  /** Ids of rules; with an asterisk in the place of the command: of every command. An asterisk alone: every rule. */
  readonly rules: readonly string[];
  /** Codes of failures, one of which it has. */
  readonly codes?: readonly string[];
  readonly stages?: readonly ConsequenceStage[];
  /**
   * Keys of railgun.conf, one of which its line sets; ending with a full stop: all that begin like this. What is about no line fits
   * too.
   */
  readonly keys?: readonly string[];
  /** rg-listener goes to another port than was asked for. */
  readonly portLost?: true;
  /** The origin was asked over HTTP on account of `insecure.origin`. */
  readonly plain?: true;
  /** rg-listener has its certificate by activation, and not from `cert.file`. */
  readonly activatedOnly?: true;
}

/**
 * What two findings have in common: the host or the destination; `either` or `both` of them; `machine`: nothing but the machine;
 * `named`: the host or the destination where the effect names one, else nothing but the machine; `check`: the same check found both;
 * `clock`: a clock that is off by more than the certificate is.
 */
export type Shared = 'host' | 'destination' | 'either' | 'both' | 'machine' | 'named' | 'check' | 'clock';

/** One finding that explains another one. */
export interface Consequence {
  readonly cause: FindingPattern & {
    /** Only where it is a failure, or could not be judged. */
    readonly failing?: true;
    /** Also where it is a note, which is nothing wrong by itself. */
    readonly noted?: true;
  };
  readonly effect: FindingPattern;
  /** Both have the same code. */
  readonly sameCode?: true;
  readonly shared: Shared;
  /** `follows`: it is there because of the other; `confirms`: it says the same from another side. */
  readonly relation: 'follows' | 'confirms';
  /** What is to be done about the effect remains to be done: before what the cause takes, or behind it. */
  readonly remedies?: 'before' | 'behind';
  /** What the one has to do with the other, a sentence; absent where it goes without saying. */
  readonly means?: string;
  /** No source says so: it follows from what each of the two is. */
  readonly inferred?: true;
  readonly source: string;
}

const {
  e521,
  e522,
  e525,
  e526,
  e524,
  index5xx,
  of2023,
  railgunProblems: problems,
  railgunAuthorities: authorities,
  railgunActivation: activation,
  railgunExecution: execution,
  railgunFaq: faq,
  railgunLogging: logging,
  railgunAdministration: administration,
  ipAddresses,
  sslModeStrict: strict,
} = sources;

/** Defects for which a certificate is refused. */
const certificateRules = [
  'cert/expired',
  'cert/not-yet-valid',
  'cert/hostname',
  'cert/revoked',
  'cert/self-signed',
  'cert/untrusted-issuer',
  'cert/missing-intermediate',
  'cert/signature',
  'cert/authority',
  'cert/constraints',
  'cert/purpose',
  'cert/weak-key',
  'cert/weak-signature',
];
/** What `wan.tls` says of it. */
const certificateByActivation = 'Without cert.file, rg-listener has its certificate from its activation.';
const originCertificate = ['origin/edge-error', 'origin/certificate', 'origin/railgun'];
const refusedLines = ['logs/connection-refused', 'logs/page-refused'];
const dialLines = [...refusedLines, 'logs/connection-timeout', 'logs/connection-failed-otherwise', 'logs/http-502'];
const responseLines = ['logs/no-response', 'logs/connection-timeout', 'logs/connection-failed-otherwise'];
const originLines = [
  ...dialLines,
  'logs/no-response',
  'logs/handshake-failure',
  'logs/wrong-host',
  'logs/unknown-authority',
];
const memcachedLines = ['logs/memcached-failed', 'logs/memcached-timeout', 'logs/memcached-refused'];
const listenerDown = [
  'listener/port',
  'listener/answers',
  'listener/tls',
  'listener/certificate',
  'listener/activated',
  'listener/bound',
  'listener/statistics',
  'listener/freshness',
  'listener/pid-file',
];
/** What is wrong with how a line is written, whatever it sets. */
const spelling = [
  'config-check/value',
  'config-check/semicolon',
  'config-check/quotation-marks',
  'config-check/comment-behind',
  'config-check/empty-value',
  'config-check/duplicate-key',
  'config-check/key-case',
  'config-check/unknown-key',
  'config-check/zero',
  'config-check/encoding',
];
/** Slips by which a line sets something else than was meant; of a key that is there twice either line may be. */
const misset = spelling.filter((rule) => rule !== 'config-check/duplicate-key');
/** Defects that are the same whatever host was asked for. */
const defectsOfServer = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'revoked',
  'self-signed',
  'untrusted-issuer',
  'missing-intermediate',
  'invalid-signature',
  'weak-key',
] as const;
/** Defects that another file of authorities would mend. */
const defectsOfTrust = ['self-signed', 'untrusted-issuer', 'missing-intermediate', 'origin-ca-unchecked'];
/** Why no connection came about, where nobody refused it. */
const unreached = ['timeout', 'no-route', 'host-unreachable'];
const mapSlips = [
  'config-check/map-loop',
  'config-check/map-cloudflare',
  'config-check/map-target',
  'config-check/map-line',
  'config-check/map-port',
  'config-check/map-duplicate',
  'config-check/map-wildcard',
  'config-check/map-default-port',
  'config-check/map-unused',
  'config-check/map-name',
  'config-check/map-encoding',
  'config-check/map-file',
  'config-check/map-empty',
];
/** Lines that decide, or are meant to, where requests go. */
const leading = mapSlips.filter((rule) => rule !== 'config-check/map-unused' && rule !== 'config-check/map-duplicate');
/** Lines of which rg-listener may make nothing. */
const leadingNowhere = [
  'config-check/map-target',
  'config-check/map-line',
  'config-check/map-port',
  'config-check/map-wildcard',
  'config-check/map-default-port',
  'config-check/map-encoding',
  'config-check/map-file',
];
const whereItLeads = [
  'origin/edge-error',
  'origin/railgun',
  'origin/certificate',
  'cert/handshake',
  ...certificateRules,
];
const resolveSlips = [
  'config-resolve/pointing',
  'config-resolve/port',
  'config-resolve/ambiguity',
  'config-resolve/unusable-line',
  'config-resolve/wildcard',
];

/** Rules about the origin as a whole that only say again, in the same check, that it fails. */
const again = ['origin/public', 'origin/intermittent', 'origin/addresses', 'origin/status', 'origin/body'];

/** The strongest first: a finding is put beneath the first cause that a row has for it. */
export const consequences: readonly Consequence[] = [
  // What the end of the run cut off tells nothing by itself.
  {
    cause: { rules: ['doctor/finished'] },
    effect: { rules: ['*'], stages: ['ended'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: '',
  },
  {
    cause: { rules: ['doctor/finished'] },
    effect: { rules: ['*/finished', '*/reached'], codes: ['timeout', 'interrupted'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: '',
  },

  // This machine.
  {
    cause: { rules: ['doctor/clock'] },
    effect: { rules: ['cert/expired', 'cert/not-yet-valid', ...originCertificate, 'listener/certificate'] },
    shared: 'clock',
    relation: 'follows',
    means: 'A certificate is judged by the clock of this machine.',
    inferred: true,
    source: '',
  },
  {
    cause: { rules: ['logs/clock'], noted: true },
    effect: { rules: ['cert/expired', 'cert/not-yet-valid', ...originCertificate, 'listener/certificate'] },
    shared: 'clock',
    relation: 'follows',
    means: 'A certificate is judged by the clock of this machine.',
    inferred: true,
    source: '',
  },
  {
    // A line that leads to the origin is what the documents advise. One that leads to Cloudflare is a failure.
    cause: { rules: ['doctor/hosts-file'], failing: true },
    effect: {
      rules: [
        'origin/edge-error',
        'origin/certificate',
        'origin/railgun',
        'origin/status',
        'cert/handshake',
        'trace/answered',
        'config-resolve/pointing',
        ...certificateRules,
      ],
    },
    shared: 'destination',
    relation: 'follows',
    means: 'This machine asks the address of its hosts file, and not the one that the name has for everybody else.',
    inferred: true,
    source: problems,
  },
  {
    cause: { rules: ['doctor/routes'] },
    effect: { rules: ['trace/answered'], stages: ['tcp'] },
    shared: 'machine',
    relation: 'follows',
    means: 'What this machine sends to Cloudflare takes that route.',
    inferred: true,
    source: ipAddresses,
  },
  {
    cause: { rules: ['doctor/routes'] },
    effect: { rules: ['listener/wan-churn'] },
    shared: 'machine',
    relation: 'follows',
    means: 'What this machine sends to Cloudflare, answers to it among them, takes that route.',
    inferred: true,
    source: ipAddresses,
  },

  // A configuration that cannot be read.
  {
    cause: { rules: ['config-check/readable', 'doctor/configuration'], failing: true },
    effect: { rules: ['listener/readable', 'config-resolve/readable', 'config-check/map-file'] },
    shared: 'machine',
    relation: 'follows',
    source: execution,
  },
  {
    cause: {
      rules: ['config-check/readable', 'doctor/configuration', 'config-check/map-file', 'config-check/ca-bundle'],
      failing: true,
    },
    effect: {
      rules: ['origin/railgun'],
      codes: ['file-not-found', 'permission-denied', 'read-failed', 'not-a-file', 'malformed'],
    },
    sameCode: true,
    shared: 'machine',
    relation: 'follows',
    source: execution,
  },

  {
    cause: { rules: ['logs/readable'] },
    effect: { rules: ['logs/recognised'] },
    shared: 'check',
    relation: 'follows',
    inferred: true,
    source: '',
  },

  // Slips of which the missing setting is one more sign.
  {
    cause: {
      rules: ['config-check/unknown-key', 'config-check/key-case', 'config-check/line'],
      keys: ['memcached.servers'],
    },
    effect: { rules: ['config-check/memcached-servers'], codes: ['missing-setting'] },
    shared: 'machine',
    relation: 'follows',
    source: execution,
  },
  ...(
    [
      ['config-check/activation-token', ['activation.token']],
      ['config-check/activation-address', ['activation.railgun_host', 'activation.public_ip']],
    ] as const
  ).map(
    ([rule, keys]): Consequence => ({
      cause: {
        rules: ['config-check/unknown-key', 'config-check/key-case', 'config-check/line'],
        keys,
        failing: true,
      },
      effect: { rules: ['config-check/activation-complete', rule] },
      shared: 'machine',
      relation: 'follows',
      source: activation,
    }),
  ),
  {
    cause: { rules: ['config-check/activation-token'], failing: true },
    effect: { rules: ['config-check/activation-complete'] },
    shared: 'machine',
    relation: 'confirms',
    source: activation,
  },

  // memcached.
  {
    cause: {
      rules: [...misset, 'config-check/memcached-servers', 'config-check/line'],
      keys: ['memcached.servers'],
    },
    effect: { rules: ['memcached/answers', 'memcached/resolved', 'config-check/socket', 'doctor/refused'] },
    shared: 'destination',
    relation: 'follows',
    source: execution,
  },
  {
    cause: { rules: ['config-check/socket'], codes: ['not-a-socket'] },
    effect: { rules: ['memcached/answers'] },
    shared: 'destination',
    relation: 'follows',
    source: activation,
  },
  {
    cause: { rules: ['config-check/socket'], noted: true },
    effect: { rules: ['memcached/answers'], codes: ['permission-denied', 'prohibited'] },
    shared: 'destination',
    relation: 'follows',
    means: 'rg-listener runs as the user railgun, which needs write permission on the socket.',
    source: activation,
  },
  {
    cause: { rules: ['memcached/answers', 'memcached/resolved'], failing: true },
    effect: { rules: ['config-check/socket'] },
    shared: 'destination',
    relation: 'confirms',
    source: activation,
  },
  {
    cause: { rules: ['config-check/wan-port'], keys: ['memcached.servers'] },
    effect: { rules: ['memcached/answers'] },
    shared: 'destination',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/wan-port'], keys: ['stats.listen'] },
    effect: { rules: ['listener/port', 'listener/answers', 'listener/tls', 'listener/statistics'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/wan-port'], keys: ['memcached.servers'] },
    effect: { rules: ['listener/port', 'listener/answers', 'listener/tls'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['memcached/answers', 'memcached/resolved'], failing: true },
    effect: { rules: memcachedLines },
    shared: 'named',
    relation: 'confirms',
    means: 'rg-listener logs that it cannot use its memcached.',
    source: `${problems}; ${faq}`,
  },
  {
    cause: { rules: ['memcached/answers', 'memcached/resolved'], failing: true },
    effect: { rules: ['logs/dial-timeout'] },
    shared: 'destination',
    relation: 'confirms',
    means: 'rg-listener logs that it cannot use its memcached.',
    source: `${problems}; ${faq}`,
  },
  {
    cause: { rules: ['memcached/latency', 'memcached/connections', 'memcached/addresses'] },
    effect: { rules: memcachedLines },
    shared: 'named',
    relation: 'confirms',
    inferred: true,
    source: problems,
  },
  {
    cause: { rules: misset, keys: ['memcached.timeout'] },
    effect: { rules: ['logs/memcached-timeout'] },
    shared: 'machine',
    relation: 'confirms',
    inferred: true,
    source: problems,
  },
  {
    cause: { rules: [...misset, 'config-check/memcached-servers', 'config-check/socket'], keys: ['memcached.servers'] },
    effect: { rules: memcachedLines },
    shared: 'named',
    relation: 'confirms',
    inferred: true,
    source: problems,
  },

  {
    cause: { rules: ['memcached/memory'] },
    effect: { rules: ['memcached/evictions', 'memcached/hit-ratio'] },
    shared: 'destination',
    relation: 'follows',
    means: 'Pages are thrown out for lack of memory.',
    source: faq,
  },

  // rg-listener.
  {
    cause: { rules: ['listener/port'], codes: ['wrong-process'] },
    effect: { rules: ['listener/process', ...listenerDown.filter((rule) => rule !== 'listener/port')] },
    shared: 'machine',
    relation: 'follows',
    means: 'rg-listener cannot start while another program has its port.',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/activation-token', 'config-check/activation-complete'], failing: true },
    effect: { rules: ['logs/activation', 'listener/activated'] },
    shared: 'machine',
    relation: 'follows',
    means: 'With a wrong or missing token or address, rg-listener is not activated.',
    source: `${activation}; ${faq}`,
  },
  {
    cause: { rules: ['config-check/activation-token', 'config-check/activation-complete'], failing: true },
    effect: { rules: ['listener/tls', 'listener/certificate'], activatedOnly: true },
    shared: 'machine',
    relation: 'follows',
    means: certificateByActivation,
    source: execution,
  },
  {
    cause: {
      rules: [...misset, 'config-check/line', 'config-check/activation-address'],
      keys: ['activation.token', 'activation.railgun_host', 'activation.public_ip'],
      failing: true,
    },
    effect: { rules: ['logs/activation', 'listener/activated'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: faq,
  },
  {
    // A crash is as old as the panic log says: an older one is a note.
    cause: { rules: ['listener/panic-log'], codes: ['crashed'] },
    effect: { rules: ['listener/process'] },
    remedies: 'before',
    shared: 'machine',
    relation: 'follows',
    means: 'A crash ends rg-listener.',
    inferred: true,
    source: logging,
  },
  {
    cause: {
      rules: [
        'config-check/activation-token',
        'config-check/activation-address',
        'config-check/activation-complete',
        'logs/activation',
      ],
      failing: true,
    },
    effect: { rules: ['listener/process'] },
    remedies: 'behind',
    shared: 'machine',
    relation: 'follows',
    means: 'With a wrong or missing token or address, the start of rg-listener fails.',
    source: faq,
  },
  {
    // Without them it has no port, or no certificate.
    cause: {
      rules: [
        ...spelling,
        'config-check/certificate-file',
        'config-check/key-file',
        'config-check/certificate-and-key',
      ],
      keys: ['wan.ip', 'wan.port', 'wan.tls', 'cert.file', 'key.file'],
      failing: true,
    },
    effect: { rules: ['listener/process'] },
    remedies: 'behind',
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: {
      rules: [
        'config-check/certificate-file',
        'config-check/key-file',
        'config-check/certificate-and-key',
        ...spelling,
      ],
      keys: ['cert.file', 'key.file'],
    },
    effect: { rules: ['listener/certificate', 'listener/tls', 'listener/activated'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    // This machine itself gets an answer all the same.
    cause: { rules: ['config-check/wan-ip'], codes: ['loopback-only'] },
    effect: { rules: ['listener/bound'] },
    shared: 'machine',
    relation: 'follows',
    source: execution,
  },
  {
    cause: { rules: ['config-check/line', ...spelling], keys: ['wan.ip'] },
    effect: { rules: ['listener/bound', 'listener/answers', 'listener/configuration'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/line', ...spelling], keys: ['wan.port'] },
    effect: { rules: ['listener/answers', 'listener/port', 'listener/tls', 'listener/configuration'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/wan-tls', 'config-check/line', ...misset], keys: ['wan.tls'] },
    effect: { rules: ['listener/tls', 'listener/certificate'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: {
      rules: ['config-check/stats-disabled', 'config-check/line', ...spelling],
      keys: ['stats.enabled', 'stats.listen', 'stats.interval'],
    },
    effect: { rules: ['listener/statistics', 'listener/freshness', 'listener/configuration'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: administration,
  },
  {
    cause: {
      rules: ['config-check/line', ...spelling],
      keys: ['wan.', 'cert.file', 'key.file', 'pid.file', 'stderr.file'],
    },
    effect: { rules: ['listener/configuration'] },
    shared: 'machine',
    relation: 'confirms',
    source: execution,
  },
  {
    cause: { rules: ['config-check/written-files', ...spelling], keys: ['pid.file'] },
    effect: { rules: ['listener/pid-file'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['config-check/written-files', ...spelling], keys: ['stderr.file'] },
    effect: { rules: ['listener/panic-log'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['listener/process'], failing: true },
    effect: { rules: listenerDown },
    shared: 'machine',
    relation: 'follows',
    source: execution,
  },
  {
    cause: { rules: ['listener/port'], failing: true },
    effect: { rules: listenerDown.filter((rule) => rule !== 'listener/port' && rule !== 'listener/bound') },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['listener/bound'], failing: true },
    effect: { rules: ['listener/answers'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: execution,
  },
  {
    cause: { rules: ['logs/activation'], failing: true },
    effect: { rules: ['listener/activated', 'listener/tls', 'listener/certificate'], activatedOnly: true },
    shared: 'machine',
    relation: 'follows',
    means: certificateByActivation,
    source: execution,
  },
  {
    cause: { rules: ['listener/tls', 'listener/certificate', 'listener/answers', 'listener/activated'] },
    effect: { rules: ['listener/activated', 'listener/certificate', 'listener/tls'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: activation,
  },

  // How rg-listener speaks with origins.
  {
    cause: { rules: ['config-check/insecure-origin'], keys: ['insecure.origin'], noted: true },
    effect: { rules: ['origin/edge-error', 'origin/railgun'], codes: ['redirect-loop'], plain: true },
    shared: 'machine',
    relation: 'follows',
    means: 'With insecure.origin = 1 rg-listener asks over HTTP, whatever the visitor asked over.',
    source: execution,
  },

  // Where the map leads.
  {
    cause: { rules: [...leading, ...resolveSlips] },
    effect: { rules: whereItLeads },
    shared: 'both',
    relation: 'follows',
    means: 'rg-listener connects to where the line of the map leads.',
    source: problems,
  },
  {
    // Of two lines that lead to the same, it is all the same which decides.
    cause: { rules: ['config-check/map-duplicate'], codes: ['conflicting-settings'] },
    effect: { rules: whereItLeads },
    shared: 'both',
    relation: 'follows',
    means: 'rg-listener connects to where the line of the map leads.',
    source: problems,
  },
  {
    cause: { rules: mapSlips },
    effect: { rules: resolveSlips },
    shared: 'host',
    relation: 'confirms',
    source: problems,
  },

  {
    cause: { rules: ['config-resolve/port', 'config-check/map-port', 'config-check/map-other-ports'], noted: true },
    effect: { rules: ['origin/railgun'], portLost: true },
    shared: 'host',
    relation: 'follows',
    means: 'Without a line for the port, rg-listener goes to port 443 or 80.',
    source: problems,
  },

  // Certificates of origins.
  ...(['both', 'destination', 'host'] as const).map(
    (shared): Consequence => ({
      // Of another host the same server may have another certificate.
      cause: { rules: certificateRules, failing: true, ...(shared === 'destination' && { codes: defectsOfServer }) },
      effect: { rules: originCertificate, stages: ['certificate'] },
      sameCode: true,
      shared,
      relation: 'follows',
      source: `${e526}; ${strict}`,
    }),
  ),
  {
    cause: { rules: certificateRules, failing: true },
    effect: { rules: [...originCertificate, 'origin/public'], stages: ['certificate'] },
    shared: 'both',
    relation: 'follows',
    source: `${e526}; ${strict}`,
  },
  {
    cause: { rules: [...certificateRules, ...originCertificate], codes: ['hostname-mismatch'] },
    effect: { rules: ['logs/wrong-host'] },
    shared: 'host',
    relation: 'confirms',
    source: `${of2023}; ${problems}`,
  },
  {
    cause: { rules: ['cert/expiring'] },
    effect: { rules: ['origin/certificate'], codes: ['expiring-soon'] },
    shared: 'either',
    relation: 'confirms',
    source: e526,
  },
  {
    cause: {
      rules: [...certificateRules, ...originCertificate],
      codes: ['self-signed', 'untrusted-issuer', 'missing-intermediate', 'invalid-signature'],
    },
    effect: { rules: ['logs/unknown-authority'] },
    shared: 'either',
    relation: 'confirms',
    source: authorities,
  },
  {
    cause: { rules: [...certificateRules, 'origin/edge-error', 'origin/railgun'], failing: true },
    effect: { rules: ['trace/answered'] },
    sameCode: true,
    // Cloudflare answers it without the origin, unless the name leads there.
    shared: 'both',
    relation: 'follows',
    inferred: true,
    source: e526,
  },
  {
    cause: { rules: ['config-check/origin-ca'], noted: true },
    effect: { rules: ['origin/railgun'], codes: ['origin-ca-unchecked'] },
    shared: 'machine',
    relation: 'follows',
    means: 'rg-listener refuses the certificate of Cloudflare’s Origin CA, which the edge accepts.',
    source: authorities,
  },
  {
    cause: { rules: ['config-check/origin-ca'], noted: true },
    effect: { rules: ['cert/origin-ca'] },
    shared: 'machine',
    relation: 'confirms',
    source: authorities,
  },
  {
    cause: { rules: ['config-check/ca-bundle', ...misset], keys: ['ca.bundle'] },
    effect: { rules: ['origin/railgun'], stages: ['certificate'], codes: defectsOfTrust },
    shared: 'machine',
    relation: 'follows',
    source: authorities,
  },
  {
    cause: { rules: misset, keys: ['validate.cert'] },
    effect: { rules: ['origin/railgun'], stages: ['certificate'] },
    shared: 'machine',
    relation: 'follows',
    inferred: true,
    source: authorities,
  },

  // Origins, by the step that fails.
  {
    cause: { rules: ['origin/edge-error'], stages: ['tcp'] },
    effect: {
      rules: ['origin/railgun', 'cert/handshake', 'config-resolve/reachable', 'trace/answered'],
      stages: ['tcp'],
    },
    shared: 'destination',
    relation: 'follows',
    source: `${e521}; ${e522}; ${of2023}`,
  },
  {
    cause: { rules: ['origin/edge-error'], stages: ['tls'] },
    effect: { rules: ['origin/railgun', 'cert/handshake', 'trace/answered'], stages: ['tls'] },
    shared: 'destination',
    relation: 'follows',
    source: `${e525}; ${of2023}`,
  },
  {
    cause: { rules: ['origin/edge-error'], stages: ['tls', 'certificate'] },
    effect: { rules: ['origin/railgun', 'cert/handshake'], stages: ['tls', 'certificate'] },
    shared: 'both',
    relation: 'follows',
    source: `${e525}; ${e526}`,
  },
  {
    cause: { rules: ['origin/edge-error'], stages: ['request', 'response'] },
    effect: { rules: ['origin/railgun', 'logs/hung-requests', 'logs/slow-origin'], stages: ['request', 'response'] },
    shared: 'either',
    relation: 'follows',
    source: `${e524}; ${of2023}`,
  },
  {
    // The name that was looked up is the destination of each.
    cause: { rules: ['origin/edge-error'], stages: ['dns'] },
    effect: { rules: ['origin/railgun', 'cert/resolved', 'trace/resolved'], stages: ['dns'] },
    shared: 'destination',
    relation: 'follows',
    source: index5xx,
  },
  {
    cause: { rules: ['origin/edge-error'], stages: ['dns'] },
    effect: { rules: ['config-resolve/reachable'] },
    shared: 'host',
    relation: 'follows',
    source: index5xx,
  },
  {
    cause: { rules: ['origin/edge-error'] },
    effect: { rules: [...again, 'origin/certificate'] },
    shared: 'check',
    relation: 'confirms',
    source: index5xx,
  },
  {
    cause: { rules: ['origin/edge-error'] },
    effect: { rules: ['cert/addresses'] },
    shared: 'both',
    relation: 'confirms',
    source: index5xx,
  },
  {
    cause: { rules: ['origin/edge-error'], failing: true },
    effect: { rules: ['trace/answered'], codes: ['cloudflare-error'] },
    shared: 'host',
    relation: 'confirms',
    source: index5xx,
  },

  {
    // What was found at that address by itself comes before.
    cause: { rules: ['doctor/hosts-file'], noted: true },
    effect: { rules: ['trace/answered'] },
    shared: 'destination',
    relation: 'follows',
    means: 'This machine asks the address of its hosts file, and not Cloudflare.',
    inferred: true,
    source: problems,
  },

  // Settings that only rg-listener goes by: the origin itself was found well, or it would be above.
  {
    // An answer that is broken is not for want of time.
    cause: { rules: ['config-check/lan-timeout', ...misset], keys: ['lan.timeout'], noted: true },
    effect: {
      rules: ['origin/railgun', 'logs/slow-origin', 'logs/hung-requests'],
      stages: ['response', 'request'],
      codes: ['timeout', 'request-unacknowledged', 'too-slow', 'request-hung'],
    },
    shared: 'machine',
    relation: 'follows',
    means: 'rg-listener gives up after lan.timeout, however long Cloudflare waits.',
    source: `${problems}; ${of2023}`,
  },
  {
    cause: { rules: ['origin/answer-speed'] },
    effect: {
      rules: ['origin/railgun', 'logs/slow-origin', 'logs/hung-requests'],
      stages: ['response', 'request'],
      codes: ['timeout', 'request-unacknowledged', 'too-slow', 'request-hung'],
    },
    shared: 'either',
    relation: 'follows',
    inferred: true,
    source: e524,
  },
  {
    // A line that leads somewhere is no reason for what is found elsewhere.
    cause: { rules: [...leadingNowhere, ...resolveSlips] },
    effect: { rules: ['origin/railgun'] },
    shared: 'host',
    relation: 'follows',
    means: 'rg-listener goes by the map, and not by DNS.',
    inferred: true,
    source: problems,
  },
  {
    cause: { rules: ['origin/railgun'], failing: true },
    effect: { rules: ['origin/public'] },
    shared: 'check',
    relation: 'confirms',
    source: of2023,
  },
  {
    cause: { rules: ['origin/railgun'], stages: ['tcp', 'tls', 'certificate'] },
    effect: { rules: ['cert/handshake', 'config-resolve/reachable'] },
    shared: 'destination',
    relation: 'confirms',
    source: of2023,
  },

  // The log, where it says what was just seen.
  ...(['origin/edge-error', 'origin/railgun'] as const).flatMap((rule): Consequence[] => [
    {
      // Of a name in the map that does not resolve no document shows the line.
      cause: { rules: [rule], stages: ['dns'] },
      effect: { rules: ['logs/connection-failed-otherwise'] },
      shared: 'host',
      relation: 'confirms',
      inferred: true,
      source: of2023,
    },
    {
      cause: { rules: [rule], codes: ['connection-refused'], stages: ['tcp'] },
      effect: { rules: refusedLines },
      shared: 'either',
      relation: 'confirms',
      source: of2023,
    },
    {
      cause: { rules: [rule], codes: ['connection-refused'], stages: ['tcp'] },
      effect: { rules: ['logs/connection-failed-otherwise', 'logs/http-502'] },
      shared: 'either',
      relation: 'confirms',
      source: of2023,
    },
    {
      cause: { rules: [rule], codes: unreached, stages: ['tcp'] },
      effect: { rules: dialLines.filter((line) => !refusedLines.includes(line)) },
      shared: 'either',
      relation: 'confirms',
      source: of2023,
    },
    {
      cause: { rules: [rule], stages: ['tls', 'certificate'] },
      effect: { rules: ['logs/handshake-failure', 'logs/connection-failed-otherwise'] },
      shared: 'either',
      relation: 'confirms',
      source: of2023,
    },
    {
      cause: { rules: [rule], stages: ['request', 'response'] },
      effect: { rules: responseLines },
      shared: 'either',
      relation: 'confirms',
      source: of2023,
    },
  ]),
  {
    cause: { rules: ['config-check/origin-ca'], noted: true },
    effect: { rules: ['logs/unknown-authority'] },
    shared: 'machine',
    relation: 'confirms',
    source: authorities,
  },
  {
    cause: { rules: ['config-check/lan-timeout'], noted: true },
    effect: { rules: ['logs/no-response', 'logs/connection-timeout'] },
    shared: 'machine',
    relation: 'confirms',
    inferred: true,
    source: problems,
  },
  {
    cause: { rules: certificateRules, failing: true },
    effect: { rules: ['logs/connection-failed-otherwise', 'logs/handshake-failure'] },
    shared: 'either',
    relation: 'confirms',
    inferred: true,
    source: of2023,
  },
  {
    cause: { rules: [...mapSlips, ...resolveSlips] },
    effect: { rules: originLines },
    shared: 'host',
    relation: 'confirms',
    source: problems,
  },
  {
    cause: { rules: ['origin/edge-error', 'origin/railgun'], failing: true },
    effect: { rules: ['listener/origin-responses', 'listener/requests', 'logs/hung-requests'] },
    shared: 'named',
    relation: 'confirms',
    inferred: true,
    source: administration,
  },
  {
    cause: { rules: originLines },
    effect: { rules: ['logs/visitor-errors'] },
    shared: 'check',
    relation: 'confirms',
    source: of2023,
  },
  {
    cause: { rules: ['logs/no-response', 'logs/slow-origin'] },
    effect: { rules: ['logs/hung-requests', 'logs/slow-origin', 'listener/origin-responses'] },
    shared: 'machine',
    relation: 'confirms',
    inferred: true,
    source: of2023,
  },
];
