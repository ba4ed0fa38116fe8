import { connect as open, type Socket } from 'node:net';
import type { Outcome } from '../model/failure.js';
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
    const socket =
      to.kind === 'unix' ? open({ path: to.path }) : open({ host: to.address, port: to.port, family: to.family });
    const giveUp = limit(limits, 'connect', 'path', 'no answer to the attempt to connect', (failure) => {
      socket.destroy();
      resolve({ ok: false, failure, ms: performance.now() - started });
    });
    const failed = (error: Error) => {
      giveUp();
      socket.destroy();
      resolve({ ok: false, failure: classify(error, 'connect'), ms: performance.now() - started });
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
