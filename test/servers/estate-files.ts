import { origins, publicAddress } from './estate-places.js';
import { token } from './rg-listener.js';

/** A line of rg-listener, and how many minutes ago it was written. */
export type Logged = readonly [minutesAgo: number, text: string];

/** The railgun.conf of a healthy estate, with other values of some keys, or without them. */
export function healthyConf(changed: Readonly<Record<string, string | undefined>> = {}): string {
  const settings: Readonly<Record<string, string | undefined>> = {
    'activation.token': token,
    'activation.railgun_host': publicAddress,
    'wan.port': '2408',
    'map.file': '/etc/railgun/railgun-nat.conf',
    'stderr.file': '/var/log/railgun/panic.log',
    'pid.file': '/var/run/railgun/railgun.pid',
    'log.level': '0',
    'validate.cert': '1',
    'ca.bundle': '/etc/ssl/railgun-ca-certs.crt',
    'memcached.servers': '127.0.0.1:11211',
    // The machines of the tests are slow at times.
    'memcached.timeout': '2000',
    'memcached.limit': '1000000',
    'memcached.expiration': '600',
    'stats.enabled': '1',
    'stats.log': '0',
    'stats.interval': '1',
    'stats.listen': '127.0.0.1:24088',
    ...changed,
  };
  const lines = Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]));
  return ['# rg-listener.conf', ...lines, ''].join('\n');
}

export const healthyMap: readonly string[] = [`www.example.com = ${origins.www}`, `shop.example.com = ${origins.shop}`];

/** The map where www.example.com is at another origin. */
export const mapTo = (address: string): readonly string[] => [
  `www.example.com = ${address}`,
  `shop.example.com = ${origins.shop}`,
];

/** A good start, two hours ago. */
export const healthyLog: readonly Logged[] = [
  [120, '[Activation] Activation POST completed.'],
  [120, '[Activation] Assigned Railgun ID: 1'],
  [120, '[Activation] Acquired cert from server'],
];

/** The same line every few minutes, up to now. */
export const repeated = (text: string, times = 8, every = 5): Logged[] =>
  Array.from({ length: times }, (_, index) => [(times - index) * every, text] as const);

/** A log as rsyslog writes it, the oldest line first. */
export function logText(lines: readonly Logged[], now: number): string {
  return [...lines]
    .sort(([one], [other]) => other - one)
    .map(([minutes, text]) => `${new Date(now - minutes * 60_000).toISOString()} www rg-listener: ${text}\n`)
    .join('');
}
