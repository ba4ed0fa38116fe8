import type { Blame, Failure, FailureCode, Step } from '../model/failure.js';

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
  EAI_AGAIN: ['resolver-unreachable', 'resolver'],
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
  // A route or a firewall of this machine forbids it; what the network forbids comes as unreachable.
  EACCES: ['blocked-locally', 'us'],
  EPERM: ['blocked-locally', 'us'],
  EINVAL: ['blocked-locally', 'us'],
  ENOPROTOOPT: ['protocol-unavailable', 'target'],
  EPROTOTYPE: ['not-a-socket', 'target'],
  ENOTSOCK: ['not-a-socket', 'target'],
  ENOENT: ['file-not-found', 'target'],
  // A unix socket whose backlog is full.
  EAGAIN: ['busy', 'target'],
  // Conversations
  ECONNRESET: ['connection-reset', 'target'],
  ECONNABORTED: ['connection-reset', 'target'],
  EPIPE: ['connection-closed', 'target'],
};

const remoteSteps: ReadonlySet<Step> = new Set(['resolve', 'connect', 'tls', 'request', 'exchange']);

/** Turns whatever a system call threw into a failure. The message is kept; it is never what decides. */
export function classify(error: unknown, step: Step): Failure {
  const key = codeOf(error) ?? '';
  const row = remoteSteps.has(step) ? (remote[key] ?? local[key]) : local[key];
  const [code, blame] = row ?? ['unclassified', 'us'];
  // The same errors of a device or a descriptor meet those who read and those who write.
  const named = code === 'read-failed' && step === 'output' ? 'write-failed' : code;
  return { code: named, step, blame, detail: error instanceof Error ? error.message : String(error) };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
