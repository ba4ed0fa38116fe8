import { createSocket } from 'node:dgram';
import type { Failure, Outcome } from '../model/failure.js';
import { type Destination, destinationText } from '../model/network.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

/**
 * Sends one datagram and waits for the first one that comes back. The socket is connected: only then does the system
 * hand on that the port was refused. Silence says little over UDP, and its failure says so.
 */
export function exchangeDatagram(
  to: Extract<Destination, { kind: 'ip' }>,
  payload: Uint8Array,
  limits: Limits,
): Promise<Outcome<Buffer>> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = createSocket(to.family === 6 ? 'udp6' : 'udp4');
    let done = false;
    const finish = (result: Buffer | Failure) => {
      if (done) return;
      done = true;
      const ms = performance.now() - started;
      giveUp();
      socket.close();
      resolve(Buffer.isBuffer(result) ? { ok: true, value: result, ms } : { ok: false, failure: result, ms });
    };
    const giveUp = limit(limits, 'connect', 'path', 'no answer (open or filtered)', finish);
    const failed = (error: Error | null | undefined) => {
      if (error === null || error === undefined) return;
      const failure = classify(error, 'connect');
      finish({ ...failure, detail: `${failure.detail} (${destinationText(to)})` });
    };
    socket.on('error', failed);
    socket.once('message', finish);
    socket.once('connect', () => socket.send(payload, failed));
    try {
      socket.connect(to.port, to.address);
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
