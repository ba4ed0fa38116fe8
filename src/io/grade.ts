import type { Agent } from 'node:https';
import type { Failure } from '../model/failure.js';
import type { Grade } from '../model/grade.js';
import type { Destination } from '../model/network.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

export interface GradeOptions {
  readonly host: string;
  readonly servername?: string;
  readonly starttls?: 'smtp' | 'imap' | 'pop3' | 'ftp';
  /** PEM texts of the authorities to trust. */
  readonly ca?: readonly string[];
  /** Seconds for the attempt to connect; absent: until the run ends. */
  readonly connectTimeout?: number;
}

/** Milliseconds that ssl-checker waits for an answer of the server. */
const patience = 10_000;

/**
 * What ssl-checker makes of a server: which protocols and weak ciphers it accepts, whether it sends HSTS, and a letter for
 * that. Several connections and a HEAD request. `limits` bounds the whole; connections that are then under way end by
 * themselves.
 */
export async function grade(
  { address, port }: Extract<Destination, { kind: 'ip' }>,
  { host, servername, starttls, ca, connectTimeout }: GradeOptions,
  limits: Limits,
): Promise<Grade> {
  const answer = async (): Promise<Grade> => {
    const done = withoutDeprecations();
    try {
      const [{ sslChecker }, { Agent }] = await Promise.all([import('ssl-checker'), import('node:https')]);
      const result = await sslChecker(address, {
        port,
        grade: true,
        rejectUnauthorized: false,
        timeout: patience,
        signal: limits.signal,
        agent: agentOf(new Agent({ maxCachedSessions: 0 }), connectTimeout),
        headers: { Host: host },
        ...(servername !== undefined && { servername }),
        ...(ca !== undefined && { ca: [...ca] }),
        ...(starttls !== undefined && { protocol: starttls }),
      });
      const { hsts } = result;
      return {
        ...(result.grade !== undefined && {
          grade: result.grade.grade,
          protocols: result.grade.protocols,
          weakCiphers: result.grade.weakCiphers,
          reasons: result.grade.reasons,
        }),
        ...(starttls === undefined && { hsts: hsts === null ? null : hstsOf(hsts) }),
      };
    } catch (error) {
      return { failure: failureOf(error) };
    } finally {
      done();
    }
  };
  const graded = await new Promise<Grade>((resolve) => {
    const giveUp = limit(limits, 'request', 'target', 'no grade', (failure) => resolve({ failure }));
    void answer().then((result) => {
      giveUp();
      resolve(result);
    });
  });
  const notHonoured = [
    // Its probes after STARTTLS begin with TLS at once, and so find nothing; it trusts what Node brings there.
    ...(starttls === undefined ? [] : ['protocols and ciphers after STARTTLS', 'the authorities to trust']),
    ...(connectTimeout === undefined
      ? []
      : [`--connect-timeout${starttls === undefined ? ' while protocols and ciphers are tried' : ''}`]),
  ];
  return { ...graded, ...(notHonoured.length > 0 && { notHonoured }) };
}

let underWay = 0;
let wanted = false;

/**
 * Where there is no name, ssl-checker sends the address as one, and Node complains of that on standard error. Until the
 * returned function was called, for each time that this one was, it does not.
 */
function withoutDeprecations(): () => void {
  if (underWay === 0) wanted = process.noDeprecation === true;
  underWay += 1;
  process.noDeprecation = true;
  return () => {
    underWay -= 1;
    if (underWay === 0) process.noDeprecation = wanted;
  };
}

/** ssl-checker itself waits for a connection as long as the system does. Only its HEAD request takes an agent. */
function agentOf(agent: Agent, connectTimeout: number | undefined): Agent {
  if (connectTimeout === undefined) return agent;
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (...given) => {
    const socket = open(...given);
    const late = () => {
      const message = `no connection within ${connectTimeout} s`;
      socket?.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }));
    };
    // setTimeout's longest delay is 2^31-1 ms.
    const timer = setTimeout(late, Math.min(connectTimeout * 1000, 0x7fffffff));
    for (const event of ['connect', 'close']) socket?.once(event, () => clearTimeout(timer));
    return socket;
  };
  return agent;
}

/** Two errors are ssl-checker's own, and have nothing but words. */
function failureOf(error: unknown): Failure {
  const { detail, ...failure } = classify(error, 'request');
  const named = { ...failure, detail: `ssl-checker: ${detail}` };
  if (detail === 'Timed Out') return { ...named, code: 'timeout', blame: 'target' };
  if (detail === 'No certificate') return { ...named, code: 'tls-failed', blame: 'target' };
  return named;
}

function hstsOf({
  maxAge,
  includeSubDomains,
  preload,
}: {
  maxAge?: number;
  includeSubDomains?: boolean;
  preload?: boolean;
}) {
  return {
    ...(maxAge !== undefined && { maxAge }),
    ...(includeSubDomains !== undefined && { includeSubDomains }),
    ...(preload !== undefined && { preload }),
  };
}
