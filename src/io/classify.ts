import type { Blame, Failure, FailureCode, Step } from '../model/failure.js';
import { tlsFailure } from './classify-tls.js';

type Row = readonly [FailureCode, Blame];

/** Errors of files and devices: every error code of Node and the system → what it is called and whose side it is. */
const local: Readonly<Record<string, Row>> = {
  ENOENT: ['file-not-found', 'us'],
  ENOTDIR: ['file-not-found', 'us'],
  // Such a file may well be there: it is the way to it that cannot be followed.
  ENAMETOOLONG: ['invalid-path', 'us'],
  ELOOP: ['invalid-path', 'us'],
  ERR_INVALID_ARG_VALUE: ['invalid-path', 'us'],
  EACCES: ['permission-denied', 'us'],
  EPERM: ['permission-denied', 'us'],
  EISDIR: ['not-a-file', 'us'],
  ENXIO: ['not-a-file', 'us'],
  ENODEV: ['not-a-file', 'us'],
  EMFILE: ['too-many-open-files', 'us'],
  ENFILE: ['too-many-open-files', 'us'],
  EAGAIN: ['busy', 'us'],
  EBUSY: ['busy', 'us'],
  ETXTBSY: ['busy', 'us'],
  EIO: ['read-failed', 'us'],
  EBADF: ['read-failed', 'us'],
  EINVAL: ['read-failed', 'us'],
  ESPIPE: ['read-failed', 'us'],
  ESTALE: ['read-failed', 'us'],
  ECONNRESET: ['read-failed', 'us'],
  ENOSPC: ['no-space', 'us'],
  EDQUOT: ['no-space', 'us'],
  EFBIG: ['no-space', 'us'],
  EROFS: ['read-only', 'us'],
  EPIPE: ['reader-gone', 'us'],
  Z_BUF_ERROR: ['truncated-input', 'us'],
  Z_DATA_ERROR: ['corrupt-input', 'us'],
};

/** Errors of the steps that reach a peer, where they mean something else than they do for files. */
const remote: Readonly<Record<string, Row>> = {
  // Names: getaddrinfo's codes, then those of c-ares.
  ENOTFOUND: ['name-not-found', 'resolver'],
  // Said of name servers that are silent, and of those that answer with an error.
  EAI_AGAIN: ['resolver-failed', 'resolver'],
  EAI_FAIL: ['resolver-failed', 'resolver'],
  ENODATA: ['no-address', 'resolver'],
  ESERVFAIL: ['resolver-failed', 'resolver'],
  EREFUSED: ['resolver-failed', 'resolver'],
  EFORMERR: ['resolver-failed', 'resolver'],
  ENOTIMP: ['resolver-failed', 'resolver'],
  EBADRESP: ['resolver-failed', 'resolver'],
  EBADNAME: ['name-not-found', 'us'],
  // Connections
  ECONNREFUSED: ['connection-refused', 'target'],
  ETIMEDOUT: ['timeout', 'path'],
  ENETUNREACH: ['no-route', 'path'],
  EHOSTUNREACH: ['host-unreachable', 'path'],
  EADDRNOTAVAIL: ['address-unavailable', 'us'],
  EAFNOSUPPORT: ['address-unavailable', 'us'],
  // A route of this machine, a policy, or (IPv6 only) a firewall on the way: the code is the same.
  EACCES: ['prohibited', 'path'],
  EPERM: ['prohibited', 'path'],
  // A blackhole route, or a link-local address without its zone.
  EINVAL: ['address-unavailable', 'us'],
  ENOPROTOOPT: ['protocol-unavailable', 'target'],
  // Conversations
  ECONNRESET: ['connection-reset', 'target'],
  ECONNABORTED: ['connection-reset', 'target'],
  EPIPE: ['connection-closed', 'target'],
  // Certificates: OpenSSL's reasons not to trust one, and Node's about names.
  CERT_HAS_EXPIRED: ['certificate-expired', 'target'],
  CERT_NOT_YET_VALID: ['certificate-not-yet-valid', 'target'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['hostname-mismatch', 'target'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['self-signed', 'target'],
  SELF_SIGNED_CERT_IN_CHAIN: ['untrusted-issuer', 'target'],
  UNABLE_TO_GET_ISSUER_CERT: ['untrusted-issuer', 'target'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['untrusted-issuer', 'target'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['untrusted-issuer', 'target'],
  CERT_UNTRUSTED: ['untrusted-issuer', 'target'],
  CERT_SIGNATURE_FAILURE: ['invalid-signature', 'target'],
  CERT_REVOKED: ['revoked', 'target'],
  INVALID_CA: ['not-a-ca', 'target'],
  INVALID_PURPOSE: ['wrong-purpose', 'target'],
  CERT_CHAIN_TOO_LONG: ['constraint-violated', 'target'],
  PATH_LENGTH_EXCEEDED: ['constraint-violated', 'target'],
  // What Node has no name for: a key or a digest that is too weak, a constraint on names.
  UNSPECIFIED: ['untrusted-issuer', 'target'],
  // HTTP: undici's codes; an error of its parser has only a name.
  UND_ERR_HEADERS_OVERFLOW: ['answer-too-long', 'target'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['malformed-response', 'target'],
  UND_ERR_SOCKET: ['malformed-response', 'target'],
  HTTPParserError: ['malformed-response', 'target'],
  HPE_HEADER_OVERFLOW: ['answer-too-long', 'target'],
};

/** Errors of connecting to a unix socket: it is a file of this machine that somebody listens on. */
const unixSocket: Readonly<Record<string, Row>> = {
  ENOENT: ['file-not-found', 'target'],
  ECONNREFUSED: ['connection-refused', 'target'],
  // Its backlog is full.
  EAGAIN: ['busy', 'target'],
  EPROTOTYPE: ['not-a-socket', 'target'],
  EINVAL: ['invalid-path', 'us'],
};

const remoteSteps: ReadonlySet<Step> = new Set(['resolve', 'connect', 'tls', 'request', 'exchange']);

/**
 * Turns whatever a system call threw into a failure. The message is kept; it is never what decides. `place` is what a
 * connection was made to.
 */
export function classify(error: unknown, step: Step, place: 'ip' | 'unix' = 'ip'): Failure {
  const key = codeOf(error) ?? '';
  const special = place === 'unix' ? unixSocket : remoteSteps.has(step) ? remote : {};
  const tls = special[key] === undefined && special === remote ? tlsFailure(error, step) : undefined;
  if (tls !== undefined) return tls;
  // Node's own parser of HTTP has a code for everything that it can meet.
  const meant = special[key] ?? (key.startsWith('HPE_') ? special['HTTPParserError'] : undefined);
  const row = special === remote && isNodesOwnReset(error) ? remote['EPIPE'] : meant;
  const [code, blame] = row ?? local[key] ?? ['unclassified', 'us'];
  // The same errors of a device or a descriptor meet those who read and those who write.
  const named = code === 'read-failed' && step === 'output' ? 'write-failed' : code;
  return { code: named, step, blame, detail: error instanceof Error ? error.message : String(error) };
}

/** Node calls it a reset when a peer ends a connection too early; that of the system names the call that met it. */
function isNodesOwnReset(error: unknown): boolean {
  return codeOf(error) === 'ECONNRESET' && !(error instanceof Error && 'syscall' in error);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error.name;
}
