import { BlockList } from 'node:net';
import { familyOf } from '../model/endpoint.js';
import type { Failure } from '../model/failure.js';

/** The proxy that the environment names. */
export interface HttpProxy {
  /** Whether the proxy itself is spoken to over TLS. */
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** As it may be shown: `http://proxy.example:3128`, never with a name or password. */
  readonly text: string;
  /** The value of Proxy-Authorization: secret. */
  readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a target: `https_proxy` or `HTTPS_PROXY` (for plain HTTP `http_proxy` or `HTTP_PROXY`), unless `no_proxy` or
 * `NO_PROXY` names the target. Nothing where none is wanted; a failure where the variable is no URL of a proxy.
 */
export function proxyFor(
  { plain, host, port }: { readonly plain: boolean; readonly host: string; readonly port: number },
  environment: Environment = process.env,
): HttpProxy | Failure | undefined {
  const name = plain ? 'http_proxy' : 'https_proxy';
  const text = environment[name] || environment[name.toUpperCase()];
  if (text === undefined || text === '') return undefined;
  if (isExempt(host, port, environment['no_proxy'] || environment['NO_PROXY'] || '')) return undefined;
  return proxyOf(text) ?? invalid(environment[name] ? name : name.toUpperCase());
}

function proxyOf(text: string): HttpProxy | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined;
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  const credentials = credentialsOf(url);
  return {
    tls,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    text: `${url.protocol}//${url.hostname}:${port}`,
    ...(credentials !== undefined && {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    }),
  };
}

function credentialsOf({ username, password }: URL): string | undefined {
  return username === '' && password === '' ? undefined : `${decoded(username)}:${decoded(password)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A % that escapes nothing stands for itself.
    return text;
  }
}

/** The value is not shown: it may hold a password. */
function invalid(name: string): Failure {
  const detail = `the variable ${name} is not the URL of an HTTP proxy, such as http://proxy.example:3128`;
  return { code: 'invalid-proxy', step: 'input', blame: 'us', detail };
}

/** Entries of NO_PROXY: `*`, a name with all below it, with or without a leading dot, an address, or `192.0.2.0/24`. */
function isExempt(host: string, port: number, list: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, range, prefix] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
      if (range !== undefined) return isInRange(name, range, Number(prefix));
      const [, own = entry, ownPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
      if (ownPort !== undefined && Number(ownPort) !== port) return false;
      const wanted = own.replace(/^\[(.*)\]$/, '$1').replace(/^\*?\.|\.$/g, '');
      return name === wanted || (familyOf(name) === undefined && name.endsWith(`.${wanted}`));
    });
}

function isInRange(host: string, range: string, prefix: number): boolean {
  const family = familyOf(host);
  if (family === undefined || familyOf(range) !== family || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(range, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host.replace(/%.*/, ''), family === 4 ? 'ipv4' : 'ipv6');
}
