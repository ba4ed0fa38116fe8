import type { RailgunParameter, RailgunParameterType } from '../knowledge/railgun-parameters.js';
import { endpointOf, familyOf, portOf } from '../model/endpoint.js';
import { foundText } from './conf-lines.js';

/** What is wrong with a value of some type. */
export interface ValueProblem {
  /** A sentence without a full stop. */
  readonly says: string;
  /** `no`: rg-listener cannot use it; `undocumented`: it may, but no document has such a value. */
  readonly kind: 'no' | 'undocumented';
}

interface ValueType {
  /** What is expected, for a message. */
  readonly expected: string;
  accepts(text: string): boolean;
}

/** Times of more digits are none that anything waits for. */
const whole = (unit: string, digits: 6 | 9 | 15): ValueType => ({
  expected: unit,
  accepts: (text) => /^\d+$/.test(text) && text.length <= digits,
});

const hostPort: ValueType = {
  expected: 'host:port',
  accepts: (text) => {
    const endpoint = endpointOf(text);
    return 'kind' in endpoint && endpoint.kind === 'host' && endpoint.port !== undefined && !isNoName(endpoint.host);
  },
};

const types: Readonly<Record<RailgunParameterType, ValueType>> = {
  ip: { expected: 'an IP address', accepts: (text) => familyOf(text) !== undefined },
  port: { expected: 'a port from 1 to 65535', accepts: (text) => portOf(text) !== undefined },
  switch: { expected: '0 or 1', accepts: (text) => text === '0' || text === '1' },
  level: { expected: '0, 1 or 5', accepts: (text) => /^\d{1,3}$/.test(text) },
  seconds: whole('a whole number of seconds, without a unit', 9),
  milliseconds: whole('a whole number of milliseconds, without a unit', 9),
  minutes: whole('a whole number of minutes, without a unit', 6),
  bytes: whole('a whole number of bytes, without a unit', 15),
  count: whole('a whole number', 15),
  multiplier: { expected: 'a number', accepts: (text) => /^\d{1,9}(?:\.\d{1,9})?$/.test(text) },
  'host-port': hostPort,
  'host-or-ip': {
    expected: 'a host name or an address, without a port',
    accepts: (text) => {
      const endpoint = endpointOf(text);
      return 'kind' in endpoint && endpoint.kind === 'host' && endpoint.port === undefined && !isNoName(endpoint.host);
    },
  },
  listen: { expected: 'host:port or :port', accepts: (text) => listenPlaceOf(text) !== undefined },
  syslog: {
    expected: 'host:port or the path of a socket',
    accepts: (text) => text.startsWith('/') || hostPort.accepts(text),
  },
  // Judged place by place: see `serversProblem`.
  servers: { expected: 'host:port, several separated by blanks, or the path of one socket', accepts: () => true },
  path: { expected: 'a path', accepts: (text) => !/\p{Cc}/u.test(text) },
  url: { expected: 'a URL that begins with http:// or https://', accepts: (text) => /^https?:\/\/[^\s/]+/i.test(text) },
  // It has a rule of its own.
  token: { expected: '32 letters and digits', accepts: () => true },
  text: { expected: 'a text', accepts: () => true },
};

/** What is wrong with a value that is not empty; nothing where it is of its type. */
export function valueProblem({ type, allowed }: RailgunParameter, text: string): ValueProblem | undefined {
  const { expected, accepts } = types[type];
  if (!accepts(text)) return { says: `expected ${expected}, found ${foundText(text)}${hint(type, text)}`, kind: 'no' };
  if (type === 'servers') return serversProblem(text);
  if (type === 'level' && allowed?.includes(text) === false) {
    return { says: `expected ${expected}, found ${foundText(text)}`, kind: 'undocumented' };
  }
  if (type === 'path' && !text.startsWith('/')) {
    return text.startsWith('~')
      ? { says: `expected a path, found ${foundText(text)}: only a shell knows what ~ is`, kind: 'no' }
      : { says: `the path does not begin with a slash: from where it counts is not documented`, kind: 'undocumented' };
  }
  return undefined;
}

/** What a value of this type is to be, for a message. */
export function expectedOf({ type }: RailgunParameter): string {
  return types[type].expected;
}

function serversProblem(text: string): ValueProblem | undefined {
  const { expected } = types.servers;
  const no = (says: string): ValueProblem => ({ says: `expected ${expected}, found ${says}`, kind: 'no' });
  if (/[,;]/.test(text)) return no(`${foundText(text)}: servers are separated by blanks`);
  const places = text.split(/[ \t]+/);
  const sockets = places.filter((place) => place.startsWith('/'));
  if (sockets.length > 0) {
    if (places.length === 1) return undefined;
    const what = sockets.length < places.length ? 'a socket and servers' : `${sockets.length} sockets`;
    return { says: `expected ${expected}, found ${what}`, kind: 'undocumented' };
  }
  for (const place of places) {
    const endpoint = endpointOf(place);
    if (!('kind' in endpoint) || endpoint.kind === 'unix' || isNoName(endpoint.host)) return no(foundText(place));
    if (endpoint.port === undefined) return no(`${foundText(place)}, which has no port: memcached has 11211`);
  }
  return undefined;
}

/** Names end with a label that is no number: `256.0.0.1` is a slip. */
function isNoName(host: string): boolean {
  return /(?:^|\.)\d+\.?$/.test(host) && familyOf(host) === undefined;
}

const words: Readonly<Record<string, string>> = { on: '1', yes: '1', true: '1', off: '0', no: '0', false: '0' };

/** What may be meant. */
function hint(type: RailgunParameterType, text: string): string {
  const lower = text.toLowerCase();
  if (type === 'switch' && Object.hasOwn(words, lower)) return `: that is ${words[lower]}`;
  if (type === 'seconds' && /^\d{1,12}s$/.test(lower)) return `: write ${lower.slice(0, -1)}`;
  if (type === 'milliseconds' && /^\d{1,12}ms$/.test(lower)) return `: write ${lower.slice(0, -2)}`;
  if (type === 'host-or-ip' && lower.includes('://')) return ': the host alone is wanted';
  return '';
}

/** Where a `stats.listen` is; host absent: on every address. Nothing for what is neither `host:port` nor `:port`. */
export function listenPlaceOf(text: string): { readonly host?: string; readonly port: number } | undefined {
  if (text.startsWith(':')) {
    const everywhere = portOf(text.slice(1));
    return everywhere === undefined ? undefined : { port: everywhere };
  }
  const endpoint = endpointOf(text);
  if ('problem' in endpoint || endpoint.kind === 'unix' || endpoint.port === undefined) return undefined;
  return { host: endpoint.host, port: endpoint.port };
}
