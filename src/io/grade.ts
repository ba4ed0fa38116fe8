import type { Failure } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { type Limits, limit } from './limits.js';

export interface GradeOptions {
  readonly host: string;
  readonly servername?: string;
  readonly starttls?: 'smtp' | 'imap' | 'pop3' | 'ftp';
  /** PEM texts of the authorities to trust. */
  readonly ca?: readonly string[];
}

export interface Grade {
  readonly grade?: string;
  readonly protocols?: readonly string[];
  readonly weakCiphers?: boolean;
  readonly reasons?: readonly string[];
  readonly hsts?: { readonly maxAge?: number; readonly includeSubDomains?: boolean; readonly preload?: boolean } | null;
  readonly notHonoured?: readonly string[];
  readonly failure?: Failure;
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
  { host, servername, starttls, ca }: GradeOptions,
  limits: Limits,
): Promise<Grade> {
  // Where there is no name, it sends the address as one, and Node complains of that on standard error.
  if (servername === undefined) process.noDeprecation = true;
  // Its probes after STARTTLS begin with TLS at once, and so find nothing; it trusts what Node brings there.
  const notHonoured =
    starttls === undefined ? [] : ['protocols and ciphers after STARTTLS', 'the authorities to trust'];
  const answer = async (): Promise<Grade> => {
    try {
      const [{ sslChecker }, { Agent }] = await Promise.all([import('ssl-checker'), import('node:https')]);
      const result = await sslChecker(address, {
        port,
        grade: true,
        rejectUnauthorized: false,
        timeout: patience,
        signal: limits.signal,
        agent: new Agent({ maxCachedSessions: 0 }),
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
      const detail = error instanceof Error ? error.message : String(error);
      const code = detail === 'Timed Out' ? 'timeout' : 'tls-failed';
      return { failure: { code, step: 'request', blame: 'target', detail: `ssl-checker: ${detail}` } };
    }
  };
  const graded = await new Promise<Grade>((resolve) => {
    const giveUp = limit(limits, 'request', 'target', 'no grade', (failure) => resolve({ failure }));
    void answer().then((result) => {
      giveUp();
      resolve(result);
    });
  });
  return { ...graded, ...(notHonoured.length > 0 && { notHonoured }) };
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
