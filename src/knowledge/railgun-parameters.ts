import { sources } from './sources.js';

/**
 * What a value is. `listen` is `host:port` or `:port`; `syslog` is `host:port` or the path of a socket; `servers` are `host:port`,
 * separated by blanks, or the path of one socket.
 */
export type RailgunParameterType =
  | 'ip'
  | 'port'
  | 'switch'
  | 'level'
  | 'seconds'
  | 'milliseconds'
  | 'minutes'
  | 'bytes'
  | 'count'
  | 'multiplier'
  | 'host-port'
  | 'host-or-ip'
  | 'listen'
  | 'syslog'
  | 'servers'
  | 'path'
  | 'url'
  | 'token'
  | 'text';

/** A key of `railgun.conf`. */
export interface RailgunParameter {
  readonly key: string;
  readonly type: RailgunParameterType;
  /** What holds where the key is absent; '' is a documented empty default. Absent: none is documented. */
  readonly default?: string;
  /** What the files of the packages set it to, where they set it: one per family of systems where these differ. */
  readonly packaged?: readonly string[];
  /** What the package's file has in a comment. */
  readonly commented?: readonly string[];
  /** All the values that are documented. */
  readonly allowed?: readonly string[];
  /** The largest value that is documented. */
  readonly max?: number;
  /** rg-listener does not work without it. */
  readonly required?: true;
  /** SIGHUP is enough for a change of it. */
  readonly reload: boolean;
  /** Its value is shown to nobody. */
  readonly secret: boolean;
  /** Other spellings that are meant as this key. */
  readonly aliases?: readonly string[];
  /** The key that is to be used instead. */
  readonly supersededBy?: string;
  /** The program that reads it, where that is not rg-listener. */
  readonly reader?: 'rg-sender';
  readonly meaning: string;
  /** Where published texts contradict each other. */
  readonly conflict?: string;
  readonly source: string;
}

const {
  railgunExecution: execution,
  railgunActivation: activation,
  railgunAdministration: administration,
  railgunLogging: logging,
  railgunAuthorities: authorities,
  railgunFaq: faq,
  packageFile,
  packageFileRedHat,
  packageFileAws,
} = sources;

const shown = { reload: false, secret: false } as const;
const reloaded = { reload: true, secret: false } as const;
const onOff = ['0', '1'] as const;

/** In the order of the documents. */
export const railgunParameters: readonly RailgunParameter[] = [
  {
    key: 'wan.ip',
    type: 'ip',
    default: '',
    ...shown,
    meaning:
      'The address that rg-listener takes connections from Cloudflare on; empty: all of them. With a link-local IPv6 address on the machine it should be set, because rg-listener prefers IPv6.',
    source: `${execution}; ${activation}`,
  },
  {
    key: 'wan.port',
    type: 'port',
    default: '2408',
    packaged: ['2408'],
    ...shown,
    meaning: 'The TCP port that rg-listener takes connections from Cloudflare on.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'wan.tls',
    type: 'switch',
    default: '1',
    allowed: onOff,
    ...shown,
    meaning: 'Whether connections from Cloudflare are made with TLS; 0 is for tests only.',
    source: execution,
  },
  {
    key: 'activate.server',
    type: 'text',
    ...shown,
    meaning:
      'The server that rg-listener asks for a certificate when wan.tls is 1 and no certificate is configured; it is mentioned under wan.tls only.',
    source: execution,
  },
  {
    key: 'activation.token',
    type: 'token',
    packaged: ['YOUR_TOKEN_HERE'],
    required: true,
    reload: false,
    secret: true,
    meaning: 'The 32 letters and digits from the dashboard that activate this Railgun.',
    source: `${execution}; ${activation}; ${packageFileAws}`,
  },
  {
    key: 'activation.railgun_host',
    type: 'host-or-ip',
    packaged: ['YOUR_PUBLIC_IP_OR_HOSTNAME'],
    ...shown,
    meaning: 'The public name or address at which Cloudflare reaches this rg-listener.',
    conflict:
      'The guide says that the name is resolved for each request; the file of the package says only at a restart, and prefers an address.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'activation.public_ip',
    type: 'host-or-ip',
    ...shown,
    supersededBy: 'activation.railgun_host',
    meaning: 'The older key for the public address, which also keeps the DNS record of this Railgun up to date.',
    conflict: 'The guides to activation and administration still use it; the list of parameters prefers its successor.',
    source: `${execution}; ${activation}; ${administration}`,
  },
  {
    key: 'activation.heartbeat_interval',
    type: 'seconds',
    default: '0',
    ...shown,
    meaning: 'How often rg-listener reports to the activation server; 0: never.',
    source: execution,
  },
  {
    key: 'lan.timeout',
    type: 'seconds',
    default: '30',
    ...reloaded,
    meaning: 'How long rg-listener waits for a connection to the origin, and for each read from it.',
    source: `${execution}; ${sources.of2023}, 524 and 527`,
  },
  {
    key: 'log.level',
    type: 'level',
    default: '0',
    packaged: ['0'],
    allowed: ['0', '1', '5'],
    ...reloaded,
    meaning: 'How much is logged: 0 errors, 1 information too, 5 everything, which is not for production.',
    conflict: 'It is in the list of what SIGHUP reloads; the page about logging tells to restart the service.',
    source: `${execution}; ${logging}`,
  },
  {
    key: 'syslog.addr',
    type: 'syslog',
    default: '',
    ...reloaded,
    meaning: 'Where the log goes: host:port over UDP, or the path of a socket; empty: the syslog of the system.',
    source: execution,
  },
  {
    key: 'stderr.file',
    type: 'path',
    packaged: ['/var/log/railgun/panic.log'],
    ...shown,
    meaning: 'The file that gets what rg-listener writes when it crashes.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'pid.file',
    type: 'path',
    default: '',
    packaged: ['/var/run/railgun/railgun.pid'],
    ...shown,
    meaning: 'The file that gets the process id; empty: none.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'memcached.servers',
    type: 'servers',
    packaged: ['127.0.0.1:11211'],
    commented: ['/tmp/memcached.sock'],
    required: true,
    ...reloaded,
    meaning: 'The memcached servers that keep pages to compress against; a socket is advised for speed.',
    source: `${execution}; ${activation}; ${packageFile}`,
  },
  {
    key: 'memcached.connect',
    type: 'host-port',
    default: '127.0.0.1:11211',
    ...shown,
    supersededBy: 'memcached.servers',
    meaning: 'A second key for the address of memcached.',
    conflict:
      'It has a default, while memcached.servers has none and must be set; how the two go together is not said.',
    source: execution,
  },
  {
    key: 'memcached.timeout',
    type: 'milliseconds',
    default: '100',
    packaged: ['100'],
    ...reloaded,
    meaning: 'How long rg-listener waits for memcached; more where the log has i/o timeouts of memcached.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'memcached.expiration',
    type: 'seconds',
    default: '600',
    packaged: ['600'],
    ...reloaded,
    meaning: 'How long a page is kept in memcached; 0: for ever.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'memcached.limit',
    type: 'bytes',
    default: '100000',
    packaged: ['1000000'],
    ...reloaded,
    meaning: 'The largest page that is kept in memcached.',
    conflict:
      'The guide says that 100,000 is the default; the file of the package sets, and calls the default, 1000000.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'stream.size',
    type: 'bytes',
    default: '250000',
    commented: ['250000'],
    max: 1_000_000,
    ...shown,
    meaning: 'Larger bodies are streamed and not compressed against an earlier copy; more costs processor time.',
    source: `${execution}; ${packageFile}; ${faq} (not above 1 MB)`,
  },
  {
    key: 'compress.data',
    type: 'switch',
    default: '0',
    allowed: onOff,
    ...reloaded,
    meaning: 'Whether data to Cloudflare is compressed with LZ4.',
    source: execution,
  },
  {
    key: 'stats.enabled',
    type: 'switch',
    default: '0',
    packaged: ['0'],
    allowed: onOff,
    ...shown,
    meaning: 'Whether statistics are gathered; without it the other keys of stats do nothing.',
    conflict: 'The FAQ names stats.log = 1 alone as what switches statistics on; the guides want this one first.',
    source: `${execution}; ${administration}; ${faq}`,
  },
  {
    key: 'stats.log',
    type: 'switch',
    default: '0',
    packaged: ['0'],
    allowed: onOff,
    ...shown,
    meaning: 'Whether statistics are written to syslog.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'stats.url',
    type: 'url',
    default: '',
    commented: ['http://localhost:9090'],
    ...reloaded,
    meaning: 'The URL that statistics are posted to as JSON; empty: none.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'stats.interval',
    type: 'minutes',
    default: '1',
    packaged: ['1'],
    ...shown,
    meaning: 'How often statistics are made.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'stats.listen',
    type: 'listen',
    default: '',
    commented: ['127.0.0.1:24088'],
    ...shown,
    meaning: 'Where rg-listener serves its statistics over HTTP; without a host, to everybody who reaches the machine.',
    conflict: 'The guide to administration has port 22408 in its example, the file of the package 24088.',
    source: `${execution}; ${administration}; ${packageFile}`,
  },
  {
    key: 'cert.file',
    type: 'path',
    ...shown,
    meaning: 'The certificate that rg-listener shows to Cloudflare.',
    source: execution,
  },
  {
    key: 'key.file',
    type: 'path',
    ...shown,
    meaning: 'The private key for cert.file.',
    source: execution,
  },
  {
    key: 'validate.cert',
    type: 'switch',
    default: '1',
    packaged: ['0'],
    allowed: onOff,
    ...reloaded,
    meaning: 'Whether the certificate of the origin is checked.',
    conflict: 'It is checked where the key is absent, but the file of the package sets it to 0.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'ca.bundle',
    type: 'path',
    default: '',
    packaged: ['/etc/ssl/railgun-ca-certs.crt', '/etc/pki/tls/certs/railgun-ca-certs.crt'],
    ...shown,
    meaning:
      'The authorities, in PEM, that may sign the certificate of the origin; empty: those of the system. The package has a list of its own, without those of Cloudflare Origin CA.',
    source: `${execution}; ${authorities}; ${packageFileRedHat}`,
  },
  {
    key: 'map.file',
    type: 'path',
    default: '',
    packaged: ['/etc/railgun/railgun-nat.conf'],
    ...reloaded,
    meaning: 'The file of name=address pairs that override DNS and CF-ORIGIN-IP.',
    source: `${execution}; ${packageFile}`,
  },
  {
    key: 'insecure.origin',
    type: 'switch',
    default: '0',
    allowed: onOff,
    ...shown,
    meaning: 'Whether the origin is always asked over plain HTTP, for requests of HTTPS too.',
    source: execution,
  },
  {
    key: 'origin.idleconns',
    type: 'count',
    default: '1',
    ...shown,
    meaning: 'How many idle connections to the origin are kept open.',
    source: execution,
  },
  {
    key: 'origin.cf-railgun',
    type: 'switch',
    default: '0',
    allowed: onOff,
    ...shown,
    meaning: 'Whether the origin gets a Cf-Railgun header, with the word origin in the place of the ratio.',
    source: execution,
  },
  {
    key: 'cpu.oversubscribe',
    type: 'multiplier',
    default: '1',
    ...shown,
    meaning: 'By how much the number of cores is multiplied for rg-listener.',
    source: execution,
  },
  {
    key: 'memprofile.file',
    type: 'path',
    ...shown,
    meaning: 'The file that gets a profile of the heap at SIGUSR1; absent: none.',
    source: execution,
  },
  {
    key: 'cpuprofile.file',
    type: 'path',
    ...shown,
    meaning: 'The file that gets a profile of the processor: SIGUSR1 begins and ends it; absent: none.',
    source: execution,
  },
  {
    key: 'cpuprofile.intial',
    type: 'switch',
    default: '0',
    allowed: onOff,
    aliases: ['cpuprofile.initial'],
    ...shown,
    meaning: 'Whether the profile of cpuprofile.file begins at the start.',
    conflict: 'The only document spells it intial, which may be a slip.',
    source: execution,
  },
  {
    key: 'memstats.file',
    type: 'path',
    ...shown,
    meaning: 'The file that gets the use of memory at SIGUSR2; for internal use.',
    conflict: 'SIGUSR2 is also what begins an upgrade of the program: it is not to be sent for this.',
    source: execution,
  },
  {
    key: 'wan.lanes',
    type: 'count',
    default: '1000',
    ...shown,
    reader: 'rg-sender',
    meaning: 'How many connections Cloudflare opens to one rg-listener: a parameter of rg-sender, at Cloudflare.',
    source: faq,
  },
];

/** The row of a key, by its own spelling (case counts) or an alias; nothing for a key that no document has. */
export function railgunParameterOf(key: string): RailgunParameter | undefined {
  return railgunParameters.find((row) => row.key === key || row.aliases?.includes(key) === true);
}
