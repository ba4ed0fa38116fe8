import { connect as open } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Outcome } from '../model/failure.js';
import type { Destination } from '../model/network.js';
import { classify } from './classify.js';
import { systemMessage } from './system-message.js';

/** A connection that each side closes for itself: what is sent can end before what is received. */
export type Connection = Duplex;

/** The `detail` of an attempt that was given up: what the system says while it is still trying. */
export const stillTrying = 'Operation now in progress';

/** The size of `sun_path`, in which the path of a unix socket and the NUL after it must find room. */
const longestPath = 108;

/**
 * Opens a TCP connection, or one to a unix socket (`@name` is one without a file), that each side closes for itself, as
 * programs in C do: the C library's words are the `detail` of a failure. `seconds`: absent, as long as the system tries.
 * `connect` is for everything else.
 */
export function dial(to: Destination, seconds: number | undefined): Promise<Outcome<Connection>> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const failure = { ...classify(error, 'connect'), detail: systemMessage(error) };
      resolve({ ok: false, failure, ms: elapsed() });
    };
    const problem = to.kind === 'unix' ? problemOf(to.path) : undefined;
    if (problem !== undefined) {
      failed(Object.assign(new Error(problem), { code: problem }));
      return;
    }
    const socket =
      to.kind === 'unix'
        ? open({ path: to.path.replace(/^@/, '\0'), allowHalfOpen: true })
        : open({ host: to.address, port: to.port, family: to.family, allowHalfOpen: true });
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => {
            socket.destroy();
            const failure = { code: 'timeout', step: 'connect', blame: 'path', detail: stillTrying } as const;
            resolve({ ok: false, failure, ms: elapsed() });
          }, seconds * 1000);
    socket.once('error', (error) => {
      clearTimeout(timer);
      failed(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      // What happens before somebody listens ends the stream, which they then see; it must not end the process.
      socket.on('error', () => undefined);
      socket.pause();
      resolve({ ok: true, value: socket, ms: elapsed() });
    });
  });
}

function problemOf(path: string): 'EINVAL' | 'ENAMETOOLONG' | undefined {
  if (path === '') return 'EINVAL';
  const length = Buffer.byteLength(path);
  return length > longestPath || (length === longestPath && !path.startsWith('@')) ? 'ENAMETOOLONG' : undefined;
}
