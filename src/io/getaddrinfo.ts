import { isIP, SocketAddress } from 'node:net';
import type { Failure, Outcome } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { classify } from './classify.js';
import { systemMessage } from './system-message.js';

export interface Hints {
  readonly family?: 4 | 6;
  /** Ask no name server: addresses only, in every spelling that inet_aton(3) knows. */
  readonly numeric: boolean;
}

/** One address, as the system writes it. */
export type Address = Extract<Destination, { kind: 'ip' }>;

/**
 * The addresses of a host in the system's order, as programs in C get them: without a bound, and with the C library's
 * words as `detail` of a failure. `resolve` is for everything else.
 */
export async function getaddrinfo(host: string, port: number, hints: Hints): Promise<Outcome<readonly Address[]>> {
  const started = performance.now();
  const found = await ask(host, hints);
  const ms = performance.now() - started;
  if ('code' in found) return { ok: false, failure: found, ms };
  return { ok: true, value: found.map(([address, family]) => ({ kind: 'ip', address, family, port })), ms };
}

async function ask(host: string, { family, numeric }: Hints): Promise<(readonly [string, 4 | 6])[] | Failure> {
  const literal = isIP(host);
  if (literal === 4 || literal === 6) {
    if (family !== undefined && family !== literal) return failure('Address family for hostname not supported');
    return [[literal === 6 ? canonical(host) : host, literal]];
  }
  if (host === '' || (numeric && !isNumeric(host))) return failure('Name or service not known');
  // Addresses are connected to without all that names need.
  const { lookup } = await import('node:dns');
  return new Promise((answer) => {
    lookup(host, { all: true, verbatim: true, family: family ?? 0 }, (error, addresses) => {
      if (error !== null) answer({ ...classify(error, 'resolve'), detail: systemMessage(error) });
      else answer(addresses.map((one) => [one.address, one.family === 6 ? 6 : 4]));
    });
  });
}

function failure(detail: string): Failure {
  return { code: 'name-not-found', step: 'resolve', blame: 'us', detail };
}

/** `0:0::1` is `::1`. */
function canonical(ipv6: string): string {
  const [address = '', ...zone] = ipv6.split('%');
  return [new SocketAddress({ address, family: 'ipv6' }).address, ...zone].join('%');
}

/** inet_aton(3): one to four numbers, decimal, octal or hexadecimal; the last one fills what is left of four bytes. */
function isNumeric(host: string): boolean {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return false;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  return numbers.every((number) => number <= 255) && last < 256 ** (4 - numbers.length);
}
