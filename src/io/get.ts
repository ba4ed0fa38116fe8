import type { Duplex } from 'node:stream';
import { bracketed, isIpv4, isIpv6 } from '../model/endpoint.js';
import type { Failure, Outcome } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { asciiName } from './ascii-name.js';
import { classify } from './classify.js';
import { connect } from './connect.js';
import { handshake } from './handshake.js';
import type { Limits } from './limits.js';
import type { HttpProxy } from './proxy.js';
import { type HttpAnswer, type HttpHead, loadHttp, request, tunnel } from './request.js';

export interface GetOptions {
  /** Where to connect to: an address of the target, or of the proxy. */
  readonly to: Destination;
  /** No TLS. */
  readonly plain: boolean;
  /** The host and port of the target, for Host, SNI, the check of the certificate, and the proxy. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Lower-case names. Host and Connection come by themselves. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM texts of the authorities to trust. */
  readonly ca?: readonly string[];
  /** Whom to ask to connect us; `through` is where it shall connect to. */
  readonly proxy?: HttpProxy & { readonly through: { readonly host: string; readonly port: number } };
  /** Seconds for the attempt to connect; absent: until the run ends. */
  readonly connectTimeout?: number;
}

/** Milliseconds of every step that was finished. */
export interface Phases {
  readonly connect?: number;
  /** From asking the proxy for a connection to its answer, with the TLS handshake with the proxy where there is one. */
  readonly proxy?: number;
  readonly tls?: number;
  /** From the request to the first byte of the answer. */
  readonly firstByte?: number;
  /** All steps, from the attempt to connect to the last byte; what it takes to prepare them here is not in it. */
  readonly total: number;
}

export interface Got {
  readonly phases: Phases;
  readonly tls?: { readonly protocol: string; readonly cipher: string };
  /** The head of the answer, where one came, even if the rest did not. */
  readonly head?: HttpHead;
  readonly outcome: Outcome<HttpAnswer>;
}

/**
 * One GET, from connecting to the last byte: every phase timed, the certificate verified before anything is asked, redirects
 * not followed. Never throws.
 */
export async function get(options: GetOptions, signal: AbortSignal): Promise<Got> {
  await loadHttp();
  const { to, plain, port, path, headers, ca, proxy, connectTimeout } = options;
  // What people write is not always what DNS, TLS and HTTP take.
  const host = asciiName(options.host);
  const phases: { -readonly [Phase in keyof Phases]: Phases[Phase] } = { total: 0 };
  const limits: Limits = { signal };
  let seen: Pick<Got, 'tls'> = {};
  const done = (outcome: Outcome<HttpAnswer>, head?: HttpHead): Got => {
    phases.total += outcome.ms;
    return { phases, ...seen, ...(head !== undefined && { head }), outcome };
  };

  const connected = await connect(to, { signal, ...(connectTimeout !== undefined && { seconds: connectTimeout }) });
  if (!connected.ok) return done(connected);
  phases.connect = connected.ms;
  phases.total += connected.ms;
  let stream: Duplex = connected.value;

  if (proxy !== undefined) {
    const reached = await reach(stream, proxy, plain, ca, limits);
    if (!reached.ok) return done(reached);
    stream = reached.value;
    if (!plain || proxy.tls) phases.proxy = reached.ms;
    phases.total += reached.ms;
  }

  if (!plain) {
    const secured = await secure(stream, host, ca, limits);
    if (!secured.ok) return done(secured);
    phases.tls = secured.ms;
    phases.total += secured.ms;
    seen = { tls: secured.value.tls };
    stream = secured.value.stream;
  }

  const target = hostAndPort(host, port, plain ? 80 : 443);
  const absolute = plain && proxy !== undefined ? `http://${target}${path}` : path;
  const authorization = plain && proxy?.authorization !== undefined && { 'proxy-authorization': proxy.authorization };
  const answer = await request(
    stream,
    { method: 'GET', path: absolute, headers: { host: target, ...headers, ...authorization } },
    limits,
  );
  const firstByte = answer.ok ? answer.value.firstByteMs : answer.partial?.firstByteMs;
  if (firstByte !== undefined) phases.firstByte = firstByte;
  if (proxy !== undefined && plain && answer.ok && isOfProxy(answer.value)) {
    const detail = `the proxy answered ${answer.value.status} ${answer.value.reason}`.trimEnd();
    return done({ ok: false, failure: refusedByProxy(detail), ms: answer.ms }, answer.value);
  }
  return done(answer, answer.ok ? answer.value : answer.partial?.head);
}

/** Has the proxy connect us, where TLS asks for a connection of its own. */
async function reach(
  stream: Duplex,
  proxy: NonNullable<GetOptions['proxy']>,
  plain: boolean,
  ca: readonly string[] | undefined,
  limits: Limits,
): Promise<Outcome<Duplex>> {
  let way = stream;
  let ms = 0;
  if (proxy.tls) {
    const secured = await secure(way, proxy.host, ca, limits);
    if (!secured.ok) return { ...secured, failure: ofProxy(secured.failure) };
    ms = secured.ms;
    way = secured.value.stream;
  }
  if (plain) return { ok: true, value: way, ms };
  const through = hostAndPort(asciiName(proxy.through.host), proxy.through.port, 0);
  const headers = {
    host: through,
    ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
  };
  const opened = await tunnel(way, { method: 'CONNECT', path: through, headers }, limits);
  ms += opened.ms;
  if (!opened.ok) return { ok: false, failure: ofProxy(opened.failure), ms };
  const { status } = opened.value.head;
  if (status < 300) return { ok: true, value: opened.value.stream, ms };
  return { ok: false, failure: refusedByProxy(`the proxy answered ${status} to CONNECT ${through}`), ms };
}

/**
 * Whether the answer to a plain request says that the proxy made it: 407, the `error` of Proxy-Status (RFC 9209; whoever is
 * nearest to us is last in it), or Squid's header. Many proxies say nothing of the kind.
 */
function isOfProxy({ status, headers }: HttpHead): boolean {
  if (status === 407) return true;
  // Cloudflare's own errors can have a Proxy-Status too.
  if (headers['cf-ray'] !== undefined) return false;
  const last = [headers['proxy-status'] ?? []].flat().join(',').split(',').at(-1) ?? '';
  return /;\s*error=/i.test(last) || headers['x-squid-error'] !== undefined;
}

function refusedByProxy(detail: string): Failure {
  return { code: 'proxy-refused', step: 'connect', blame: 'path', detail };
}

function ofProxy(failure: Failure): Failure {
  return { ...failure, blame: 'path', detail: `the proxy: ${failure.detail}` };
}

/** A TLS handshake that has to verify: nothing is sent to a server that did not. */
async function secure(
  stream: Duplex,
  host: string,
  ca: readonly string[] | undefined,
  limits: Limits,
): Promise<Outcome<{ readonly stream: Duplex; readonly tls: NonNullable<Got['tls']> }>> {
  const isAddress = isIpv4(host) || isIpv6(host);
  const done = await handshake(
    stream,
    { identity: host, alpn: ['http/1.1'], ...(!isAddress && { servername: host }), ...(ca !== undefined && { ca }) },
    limits,
  );
  if (!done.ok) return { ok: false, failure: done.failure, ms: done.ms };
  const { socket, protocol, cipher, unverified } = done.value;
  if (unverified === undefined) return { ok: true, value: { stream: socket, tls: { protocol, cipher } }, ms: done.ms };
  socket.destroy();
  const error = Object.assign(new Error(`the certificate does not verify: ${unverified}`), { code: unverified });
  return { ok: false, failure: classify(error, 'tls'), ms: done.ms };
}

/** `example.com`, `example.com:8443`, `[2001:db8::1]`: as in Host. A zone is of this machine only. */
function hostAndPort(host: string, port: number, usual: number): string {
  const text = bracketed(host.replace(/%.*/, ''));
  return port === usual ? text : `${text}:${port}`;
}
