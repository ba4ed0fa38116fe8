import { Resolver } from 'node:dns';
import { bracketed, familyOf } from '../model/endpoint.js';
import type { Failure, Outcome } from '../model/failure.js';
import type { Destination, NetworkOptions } from '../model/network.js';
import { asciiName } from './ascii-name.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';
import { isInHosts, lookUp } from './system-names.js';

/** Where the addresses come from. `hosts`: the file of this machine, which the system looks into before it asks anybody. */
export type ResolvedBy = 'literal' | 'option' | 'hosts' | 'system' | 'resolver';

export interface Resolved {
  /** Every address, in the order in which they were given; at least one. */
  readonly destinations: readonly Extract<Destination, { kind: 'ip' }>[];
  readonly by: ResolvedBy;
}

/**
 * Every address of a host, each with the port to connect to. `--connect-to` and `--resolve` come first, then literal
 * addresses, then the name server of `--resolver` (which is asked for A and AAAA, and nobody else is) or the system
 * (`/etc/hosts` and whatever else it is set up to ask).
 */
export async function resolve(
  host: string,
  port: number,
  options: NetworkOptions,
  signal: AbortSignal,
): Promise<Outcome<Resolved>> {
  const started = performance.now();
  const wanted = options.connectTo?.host ?? host;
  const to = options.connectTo?.port ?? port;
  const found = await addressesOf(wanted, to, options, { signal });
  const ms = performance.now() - started;
  if ('code' in found) return { ok: false, failure: found, ms };
  const distinct = [...new Set(found.addresses)];
  const destinations = distinct.flatMap((address) => {
    const family = familyOf(address);
    if (family === undefined || (options.family !== undefined && family !== options.family)) return [];
    return [{ kind: 'ip', address, family, port: to } as const];
  });
  if (destinations.length > 0) return { ok: true, value: { destinations, by: found.by }, ms };
  const kinds = options.family === undefined ? '' : ` of IPv${options.family}`;
  const detail = `${wanted} has no address${kinds}${distinct.length === 0 ? '' : `, only ${distinct.join(', ')}`}`;
  return { ok: false, failure: { code: 'no-address', step: 'resolve', blame: 'resolver', detail }, ms };
}

interface Found {
  readonly addresses: readonly string[];
  readonly by: ResolvedBy;
}

async function addressesOf(
  host: string,
  port: number,
  { resolve: given = [], resolver, family }: NetworkOptions,
  limits: Limits,
): Promise<Found | Failure> {
  // What is no name in DNS is asked for as it is, so that the answer says so.
  const name = asciiName(host);
  const rows = given.filter((row) => row.port === port && row.host === name);
  if (rows.length > 0) return { addresses: rows.map(({ address }) => address), by: 'option' };
  if (familyOf(host) !== undefined) return { addresses: [host], by: 'literal' };
  // As every browser reads 127.1 or 2130706433.
  if (familyOf(name) !== undefined) return { addresses: [name], by: 'literal' };
  return resolver === undefined ? askSystem(name, family, limits) : askServer(name, family, resolver, limits);
}

function askSystem(host: string, family: 4 | 6 | undefined, limits: Limits): Promise<Found | Failure> {
  return new Promise((resolve) => {
    const giveUp = limit(limits, 'resolve', 'resolver', `no answer about ${host}`, resolve);
    const ask = async (): Promise<Found | Failure> => {
      const answer = await lookUp(host, family);
      // The system says the same of a name that is not there as of one without an address of this family.
      const whole = family !== undefined && isNotFound(answer) ? await lookUp(host) : answer;
      return whole instanceof Error
        ? systemFailure(whole)
        : { addresses: whole, by: isInHosts(host) ? 'hosts' : 'system' };
    };
    void ask().then((found) => {
      giveUp();
      resolve(found);
    });
  });
}

function isNotFound(answer: readonly string[] | NodeJS.ErrnoException): boolean {
  return answer instanceof Error && answer.code === 'ENOTFOUND';
}

function systemFailure(error: NodeJS.ErrnoException): Failure {
  const failure = classify(error, 'resolve');
  if (error.code !== 'EAI_AGAIN') return failure;
  return { ...failure, detail: `${failure.detail}: the name servers of the system gave no answer, or an error` };
}

async function askServer(
  host: string,
  family: 4 | 6 | undefined,
  { address, port }: { readonly address: string; readonly port: number },
  limits: Limits,
): Promise<Found | Failure> {
  const server = `${bracketed(address)}:${port}`;
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers([server]);
  return new Promise((resolve) => {
    const giveUp = limit(limits, 'resolve', 'resolver', `no answer from ${server} about ${host}`, (failure) => {
      resolve(failure);
      resolver.cancel();
    });
    const ask = (method: 'resolve4' | 'resolve6') =>
      new Promise<readonly string[] | Failure>((answer) => {
        resolver[method](host, (error, addresses) => {
          if (error === null) answer(addresses);
          // The name is there, but has no address of this family.
          else if (error.code === 'ENODATA') answer([]);
          else answer(serverFailure(error, server));
        });
      });
    const asked = [...(family === 6 ? [] : [ask('resolve4')]), ...(family === 4 ? [] : [ask('resolve6')])];
    void Promise.all(asked).then((answers) => {
      giveUp();
      const addresses = answers.flatMap((answer) => ('code' in answer ? [] : answer));
      const failure = answers.find((answer): answer is Failure => 'code' in answer);
      // One family that cannot be asked for does not hide the other.
      resolve(addresses.length > 0 || failure === undefined ? { addresses, by: 'resolver' } : failure);
    });
  });
}

/** A name server that does not answer, or is not there, is something else than a host that does not. */
function serverFailure(error: NodeJS.ErrnoException, server: string): Failure {
  const failure = classify(error, 'resolve');
  const isUnreachable = error.code === 'ETIMEOUT' || error.code === 'ECONNREFUSED';
  if (!isUnreachable) return { ...failure, detail: `${failure.detail} (asked ${server})` };
  const detail = `the name server ${server} ${error.code === 'ETIMEOUT' ? 'does not answer' : 'refuses to be asked'} (${error.code})`;
  return { code: 'resolver-unreachable', step: 'resolve', blame: 'resolver', detail };
}
