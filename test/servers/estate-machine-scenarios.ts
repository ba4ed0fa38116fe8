import { memcacheds } from './estate.js';
import type { Scenario } from './estate-expected.js';
import { mapTo, repeated } from './estate-files.js';
import { edge, lanRouter, origins, publicOrigins } from './estate-places.js';

/** A crash as the runtime of Go writes it. */
const crash = `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a1b2c]

goroutine 1713 [running]:
railgun/listener.(*Conn).respond(0xc420082000, 0x0)
\t/build/src/railgun/listener/conn.go:412 +0x1c2
created by railgun/listener.Serve
\t/build/src/railgun/listener/serve.go:88 +0x2a1
`;
const memcachedFailed = repeated('memcached: connection failed');

/** memcached. */
export const memcachedScenarios: readonly Scenario[] = [
  {
    name: 'memcached does not run',
    change: { memcached: 'stopped', log: memcachedFailed },
    expected: {
      rules: ['memcached/answers'],
      status: 'fail',
      names: ['127.0.0.1:11211'],
      related: [['logs/memcached-failed']],
      exit: 2,
    },
  },
  {
    name: 'memcached has 64 MB and throws pages out',
    change: { conf: { 'memcached.servers': memcacheds.small } },
    expected: {
      rules: ['memcached/memory', 'memcached/evictions'],
      status: 'warn',
      names: [memcacheds.small],
      related: [['memcached/evictions', 'memcached/memory']],
      exit: 1,
    },
  },
  {
    name: 'the socket of memcached does not let rg-listener in',
    as: 'railgun',
    change: { conf: { 'memcached.servers': memcacheds.closed }, log: memcachedFailed },
    expected: {
      rules: ['memcached/answers', 'config-check/socket'],
      status: 'fail',
      names: [memcacheds.closed],
      related: [['logs/memcached-failed']],
      exit: 2,
    },
  },
  {
    name: 'memcached wants a password',
    change: { conf: { 'memcached.servers': memcacheds.locked }, log: memcachedFailed },
    expected: {
      rules: ['memcached/answers'],
      status: 'fail',
      names: [memcacheds.locked, 'password'],
      related: [['logs/memcached-failed']],
      exit: 2,
    },
  },
  {
    name: 'railgun.conf names another port of memcached',
    change: {
      conf: { 'memcached.servers': '127.0.0.1:11311' },
      log: repeated('dial tcp 127.0.0.1:11311: connection refused'),
    },
    expected: {
      rules: ['memcached/answers'],
      status: 'fail',
      names: ['127.0.0.1:11311'],
      related: [['logs/memcached-refused', 'logs/dial-timeout']],
      exit: 2,
    },
  },
  {
    name: 'memcached.servers names the port of something else',
    change: { conf: { 'memcached.servers': '127.0.0.1:24088' }, log: memcachedFailed },
    expected: {
      rules: ['memcached/answers'],
      status: 'fail',
      names: ['127.0.0.1:24088', 'not a memcached'],
      related: [['logs/memcached-failed']],
      exit: 2,
    },
  },
];

/** rg-listener itself. */
export const listenerScenarios: readonly Scenario[] = [
  {
    name: 'rg-listener is gone, and its pid file is left',
    change: { listener: 'dead' },
    expected: {
      rules: ['listener/process'],
      status: 'fail',
      names: ['rg-listener'],
      related: [['listener/pid-file'], ['listener/answers', 'listener/statistics', 'listener/port']],
      exit: 2,
    },
  },
  {
    name: 'rg-listener has crashed',
    change: { listener: 'dead', panicLog: crash },
    expected: {
      rules: ['listener/panic-log'],
      status: ['warn', 'fail'],
      names: ['panic.log'],
      related: [['listener/process']],
      remedy: 'Start it: ',
      exit: 2,
    },
  },
  {
    name: 'rg-listener is gone, and crashed long ago',
    change: { listener: 'dead', panicLog: crash, panicLogDays: 995 },
    expected: {
      rules: ['listener/process'],
      status: 'fail',
      names: ['no rg-listener runs here'],
      related: [['listener/pid-file'], ['listener/answers', 'listener/statistics', 'listener/port']],
      remedy: 'Start it: ',
      exit: 2,
    },
  },
  {
    name: 'rg-listener is gone, and a setting that does not end it has a slip',
    change: { listener: 'dead', conf: { 'log.level': '0;' } },
    expected: {
      rules: ['listener/process'],
      status: 'fail',
      names: ['no rg-listener runs here'],
      related: [['listener/pid-file']],
      beside: ['config-check/semicolon'],
      remedy: 'Start it: ',
      exit: 2,
    },
  },
  {
    name: 'another program has the WAN port',
    change: { listener: 'taken' },
    expected: {
      rules: ['listener/port'],
      status: 'fail',
      names: ['2408', 'haproxy'],
      related: [['listener/process']],
      exit: 2,
    },
  },
  {
    name: 'the certificate on the WAN port has expired',
    change: { listener: 'expired' },
    expected: { rules: ['listener/certificate'], status: 'fail', names: ['expired'], exit: 2 },
  },
  {
    name: 'the statistics are served elsewhere',
    change: { conf: { 'stats.listen': '127.0.0.1:24099' } },
    expected: { rules: ['listener/statistics'], status: 'warn', names: ['127.0.0.1:24099'], exit: 1 },
  },
  {
    name: 'the activation token is the placeholder of the package',
    change: {
      conf: { 'activation.token': 'YOUR_TOKEN_HERE' },
      activation: repeated('Error activating: Activation Failed: Invalid or missing railgun token or tag.', 3),
      listener: 'not-activated',
    },
    expected: {
      rules: ['config-check/activation-token', 'config-check/activation-complete'],
      status: 'fail',
      names: ['activation.token'],
      related: [['logs/activation'], ['listener/tls']],
      exit: 2,
    },
  },
  {
    name: 'the activation is refused',
    change: {
      activation: repeated('Error activating: Activation Failed: Invalid or missing railgun token or tag.', 3),
      listener: 'not-activated',
    },
    expected: {
      rules: ['logs/activation'],
      status: 'fail',
      names: ['activation failed'],
      related: [['listener/tls']],
      exit: 2,
    },
  },
];

/** railgun.conf and railgun-nat.conf. */
export const configurationScenarios: readonly Scenario[] = [
  {
    name: 'railgun.conf cannot be read',
    as: 'railgun',
    change: { confFile: 'unreadable' },
    expected: {
      rules: ['doctor/configuration', 'config-check/readable'],
      status: ['fail', 'broken'],
      names: ['/etc/railgun/railgun.conf'],
      exit: [2, 3],
    },
  },
  {
    name: 'railgun.conf is not there',
    change: { confFile: 'absent' },
    args: ['--config', '/etc/railgun/railgun.conf'],
    expected: {
      rules: ['doctor/configuration', 'config-check/readable'],
      status: ['fail', 'broken'],
      names: ['/etc/railgun/railgun.conf'],
      exit: [2, 3],
    },
  },
  {
    name: 'the file of map.file is not there',
    change: { map: 'absent' },
    expected: {
      rules: ['config-check/map-file'],
      status: 'fail',
      names: ['/etc/railgun/railgun-nat.conf'],
      exit: 2,
    },
  },
  {
    name: 'map.file names railgun.conf itself',
    change: { conf: { 'map.file': '/etc/railgun/railgun.conf' } },
    expected: {
      rules: ['config-check/map-file'],
      status: 'fail',
      names: ['/etc/railgun/railgun.conf', 'not a map'],
      exit: 2,
    },
  },
  {
    name: 'one of several servers of memcached has a semicolon, and another is silent',
    change: { conf: { 'memcached.servers': '127.0.0.1:11211; 127.0.0.1:24088' } },
    expected: {
      rules: ['config-check/value', 'memcached/answers'],
      status: 'fail',
      names: [],
      related: [['doctor/refused']],
      beside: ['memcached/answers'],
      exit: 2,
    },
  },
  {
    name: 'lan.timeout is shorter than the page takes',
    change: {
      conf: { 'lan.timeout': '1' },
      map: mapTo(origins.slow),
      log: repeated(`no response from origin (timeout) ${origins.slow}:443/www.example.com`),
      visitors: { 'www.example.com': 527 },
    },
    readTimeout: 5,
    expected: {
      rules: ['config-check/lan-timeout'],
      status: ['warn', 'fail'],
      names: ['lan.timeout'],
      related: [['origin/railgun'], ['logs/no-response']],
      exit: 2,
    },
  },
  {
    name: 'a semicolon behind the name of the certificate',
    change: {
      conf: { 'cert.file': '/etc/railgun/wan.pem;', 'key.file': '/etc/railgun/wan.key' },
      listener: 'not-activated',
    },
    expected: {
      rules: ['config-check/semicolon', 'config-check/certificate-file', 'config-check/key-file'],
      status: 'fail',
      names: ['semicolon', 'cert.file'],
      related: [['listener/tls']],
      exit: 2,
    },
  },
  {
    name: 'the map leads a host to Cloudflare',
    change: { map: mapTo(edge), visitors: { 'www.example.com': 527 } },
    expected: {
      rules: ['config-check/map-cloudflare'],
      status: 'fail',
      names: [edge, 'www.example.com'],
      related: [['origin/edge-error', 'config-resolve/pointing', 'origin/railgun']],
      exit: 2,
    },
  },
  {
    name: 'the map leads a host to no address',
    change: { map: mapTo('10.0.1.') },
    expected: {
      rules: ['config-check/map-target', 'config-check/map-line'],
      status: 'fail',
      names: ['www.example.com'],
      exit: 2,
    },
  },
  {
    name: 'the map loses a port that is not usual',
    change: {
      map: [`shop.example.com = ${origins.shop}`, `default = ${origins.control}`],
      log: repeated(
        `connection failed ${origins.control}:443/panel.example.com: dial tcp ${origins.control}:443: connection refused`,
      ),
      visitors: { 'panel.example.com': 527 },
    },
    args: ['https://panel.example.com:2083/'],
    expected: {
      rules: ['config-resolve/port', 'config-check/map-other-ports', 'origin/railgun'],
      status: ['warn', 'fail'],
      names: ['2083', 'panel.example.com'],
      related: [['logs/connection-refused']],
      exit: 2,
    },
  },
  {
    name: 'log.level is left at 5',
    change: { conf: { 'log.level': '5' } },
    expected: { rules: ['config-check/log-level'], status: 'warn', names: ['log.level'], exit: 1 },
  },
];

/** Slips in railgun.conf. */
export const slipScenarios: readonly Scenario[] = [
  {
    name: 'a key of railgun.conf is misspelled',
    change: { conf: { 'memcached.servers': undefined, 'memcached.server': '127.0.0.1:11211' } },
    expected: {
      rules: ['config-check/unknown-key'],
      status: ['warn', 'fail'],
      names: ['memcached.server'],
      related: [['config-check/memcached-servers']],
      exit: [1, 2],
    },
  },
  {
    name: 'wan.port is not where rg-listener listens',
    change: { conf: { 'wan.port': '2409' } },
    expected: {
      rules: ['listener/port'],
      status: 'fail',
      names: ['2409'],
      related: [['listener/answers']],
      exit: 2,
    },
  },
  {
    name: 'the file of ca.bundle is not there',
    change: { conf: { 'ca.bundle': '/etc/ssl/nowhere.crt' } },
    expected: { rules: ['config-check/ca-bundle'], status: 'fail', names: ['/etc/ssl/nowhere.crt'], exit: 2 },
  },
  {
    name: 'everybody may read the token',
    change: { confFile: 'exposed' },
    expected: {
      rules: ['config-check/exposed-secret'],
      status: ['warn', 'fail'],
      names: ['/etc/railgun/railgun.conf'],
      exit: [1, 2],
    },
  },
  {
    name: 'rg-listener listens on loopback only',
    change: { conf: { 'wan.ip': '127.0.0.1' }, listener: 'loopback' },
    expected: {
      rules: ['config-check/wan-ip', 'listener/bound'],
      status: 'fail',
      names: ['127.0.0.1'],
      related: [['config-check/wan-ip', 'listener/bound']],
      exit: 2,
    },
  },
  {
    name: 'a slip that has nothing to do with it, and a circle under Flexible',
    change: { conf: { 'validate.cert': '1;', 'insecure.origin': '0;' }, map: mapTo(origins.toHttps) },
    args: ['--mode', 'flexible'],
    expected: {
      rules: ['origin/edge-error'],
      status: 'fail',
      names: ['circle'],
      beside: ['config-check/semicolon'],
      exit: 2,
    },
  },
  {
    name: 'rg-listener asks over HTTP an origin that wants HTTPS',
    change: { conf: { 'insecure.origin': '1', 'validate.cert': '0' }, map: mapTo(origins.toHttps) },
    expected: {
      rules: ['config-check/insecure-origin'],
      status: ['warn', 'fail'],
      names: ['insecure.origin'],
      exit: [1, 2],
    },
  },
];

/** The machine around it. */
export const machineScenarios: readonly Scenario[] = [
  {
    name: 'a route leads a range of Cloudflare elsewhere',
    change: { routes: [`172.64.0.0/13 via ${lanRouter}`] },
    expected: { rules: ['doctor/routes'], status: 'warn', names: ['172.64.0.0/13', 'lan0'], exit: 1 },
  },
  {
    name: 'a route that is far too broad',
    change: { routes: [`172.0.0.0/8 via ${lanRouter}`] },
    expected: { rules: ['doctor/routes'], status: 'warn', names: ['172.0.0.0/8', 'lan0'], exit: 1 },
  },
  {
    name: 'the hosts file leads the origin to Cloudflare',
    change: { confFile: 'absent', hosts: [`${edge} origin.example.com`] },
    args: ['origin.example.com'],
    expected: {
      rules: ['doctor/hosts-file'],
      // What the origin itself is like, nobody has seen.
      status: ['fail', 'broken'],
      names: ['origin.example.com', edge],
      related: [['origin/edge-error']],
      exit: [2, 3],
    },
  },
  {
    name: 'the hosts file leads a name of the map to Cloudflare',
    change: {
      map: mapTo('app.internal'),
      hosts: [`${edge} app.internal`],
      visitors: { 'www.example.com': 527 },
    },
    expected: {
      rules: ['doctor/hosts-file', 'config-resolve/pointing'],
      status: ['warn', 'fail'],
      names: ['app.internal', edge],
      related: [['origin/edge-error', 'origin/railgun']],
      exit: 2,
    },
  },
  {
    name: 'the hosts file leads to the origin, as the documents have it, and the origin refuses port 443',
    change: { confFile: 'absent', hosts: [`${publicOrigins.refusing} www.example.com`] },
    args: ['www.example.com'],
    expected: {
      rules: ['origin/edge-error'],
      status: 'fail',
      names: [publicOrigins.refusing, '443'],
      related: [['trace/answered'], ['cert/handshake']],
      exit: 2,
    },
  },
  {
    name: 'the name server of the machine does not answer',
    change: { nameServer: '127.0.0.1' },
    expected: {
      rules: ['trace/resolved'],
      status: 'warn',
      names: ['example.com'],
      related: [['trace/resolved']],
      exit: 1,
    },
  },
  {
    name: 'the map names a host that does not resolve',
    change: {
      map: mapTo('app.nowhere.internal'),
      log: repeated(
        'connection failed app.nowhere.internal:443/www.example.com: dial tcp: lookup app.nowhere.internal: no such host',
      ),
      visitors: { 'www.example.com': 527 },
    },
    expected: {
      rules: ['origin/edge-error', 'origin/railgun', 'config-check/map-target'],
      status: 'fail',
      names: ['app.nowhere.internal', 'www.example.com'],
      related: [
        ['origin/railgun', 'cert/resolved'],
        ['logs/connection-failed-otherwise', 'logs/visitor-errors'],
      ],
      exit: 2,
    },
  },
  {
    name: 'failures of the past that do not happen now',
    change: {
      log: [170, 168, 165].map((minutes) => [
        minutes,
        `connection failed ${origins.www}:443/www.example.com: dial tcp ${origins.www}:443: i/o timeout`,
      ]),
    },
    expected: {
      rules: ['logs/connection-timeout'],
      status: 'warn',
      names: ['www.example.com'],
      related: [['logs/visitor-errors']],
      exit: 1,
    },
  },
];
