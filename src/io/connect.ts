import { statSync } from 'node:fs';
import { connect as open, type Socket } from 'node:net';
import type { Failure, Outcome } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

/**
 * Opens a TCP connection, or one to a unix socket, and nothing more: no data is sent or read. `limits.seconds` is
 * `--connect-timeout`. The socket is paused until it is read from; whoever gets it destroys it.
 */
export function connect(to: Destination, limits: Limits): Promise<Outcome<Socket>> {
  const started = performance.now();
  return new Promise((resolve) => {
    const fail = (failure: Failure) => resolve({ ok: false, failure, ms: performance.now() - started });
    const problem = to.kind === 'unix' ? pathProblem(to.path) : undefined;
    if (problem !== undefined) {
      fail(problem);
      return;
    }
    const socket =
      to.kind === 'unix' ? open({ path: to.path }) : open({ host: to.address, port: to.port, family: to.family });
    const giveUp = limit(limits, 'connect', 'path', 'no answer to the attempt to connect', (failure) => {
      socket.destroy();
      fail(failure);
    });
    const failed = (error: Error) => {
      giveUp();
      socket.destroy();
      fail(failureOf(error, to));
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      const ms = performance.now() - started;
      giveUp();
      socket.off('error', failed);
      // Errors between two steps are met by the next one; without a listener they would end the process.
      socket.on('error', () => undefined);
      socket.pause();
      resolve({ ok: true, value: socket, ms });
    });
  });
}

/** The longest path that `sun_path` of Linux holds, in bytes. */
const longestPath = 107;

/** Of a path that is too long, or has a NUL in it, Node would connect to the beginning. */
function pathProblem(path: string): Failure | undefined {
  const length = Buffer.byteLength(path);
  if (length <= longestPath && !path.includes('\0')) return undefined;
  const detail = path.includes('\0')
    ? `a NUL in the path ${path}`
    : `a path of ${length} bytes: that of a unix socket has at most ${longestPath}`;
  return { code: 'invalid-path', step: 'connect', blame: 'us', detail };
}

function failureOf(error: Error, to: Destination): Failure {
  const failure = classify(error, 'connect', to.kind);
  // The system refuses a file that is no socket as one that nobody listens on.
  if (to.kind === 'unix' && failure.code === 'connection-refused' && !isSocket(to.path)) {
    return { ...failure, code: 'not-a-socket', detail: `${failure.detail}: the file is not a socket` };
  }
  return failure;
}

function isSocket(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() !== false;
}
