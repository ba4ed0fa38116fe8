import type { Duplex } from 'node:stream';
import type { Failure } from '../model/failure.js';
import { type AnswerTimes, awaitAnswer } from './answer-timer.js';
import { classify } from './classify.js';
import { limit } from './limits.js';

/** Whoever reads the answer: it says how far it is. The decoder of the protocol comes as an argument, because io decodes nothing. */
export interface AnswerReader {
  push(bytes: Uint8Array): void;
  /** The peer has ended its side. */
  end(): void;
  readonly state: 'head' | 'body' | 'whole' | 'broken';
}

export interface ExchangeTimes extends AnswerTimes {
  /** Seconds that are spent on the body once the head is there, and bytes of the whole answer that are read. */
  readonly bodySeconds: number;
  readonly mostBytes: number;
}

export interface Exchanged {
  /** Milliseconds from the request to the first byte that came back; absent: none came. */
  readonly firstByteMs?: number;
  readonly ms: number;
  /** Whether the peer's TCP acknowledged the request; absent where the system does not tell. */
  readonly acknowledged?: boolean;
  /** Why it ended, other than by the answer: silence, a reset, the end of the run. The reader knows what is wrong with the rest. */
  readonly failure?: Failure;
}

/**
 * Sends a request and hands what comes back to a reader, until that has a whole answer or a broken one, the peer closes, or
 * the time is up. A body that does not end in its time, or within `mostBytes`, is no failure. The stream is destroyed. `unacknowledged` tells how
 * many bytes the peer's TCP has not acknowledged.
 */
export function exchange(
  stream: Duplex,
  bytes: Uint8Array,
  reader: AnswerReader,
  times: ExchangeTimes,
  unacknowledged: () => number | undefined,
  signal: AbortSignal,
): Promise<Exchanged> {
  const started = performance.now();
  return new Promise((resolve) => {
    let firstByteMs: number | undefined;
    let acknowledged: boolean | undefined;
    let over = false;
    const finish = (failure?: Failure) => {
      if (over) return;
      over = true;
      giveUp();
      stream.destroy();
      resolve({
        ...(firstByteMs !== undefined && { firstByteMs }),
        ms: performance.now() - started,
        ...(acknowledged !== undefined && { acknowledged }),
        ...(failure !== undefined && { failure }),
      });
    };
    const { bodySeconds, mostBytes } = times;
    let received = 0;
    let giveUp = awaitAnswer(
      times,
      { hasBegun: () => firstByteMs !== undefined, unacknowledged },
      signal,
      (failure, told) => {
        acknowledged = told;
        finish(failure);
      },
    );
    stream.on('data', (chunk: Buffer) => {
      if (over) return;
      const wasHead = reader.state === 'head';
      firstByteMs ??= performance.now() - started;
      acknowledged = true;
      received += chunk.length;
      reader.push(chunk);
      const state: AnswerReader['state'] = reader.state;
      if (wasHead && state === 'body') {
        giveUp();
        giveUp = limit({ seconds: bodySeconds, signal }, 'exchange', 'target', 'no whole answer', (failure) =>
          finish(failure.byRun === true ? failure : undefined),
        );
      }
      if (state === 'whole' || state === 'broken' || received >= mostBytes) finish();
    });
    const ended = () => {
      if (over) return;
      reader.end();
      finish();
    };
    stream.on('end', ended);
    stream.on('close', ended);
    stream.on('error', (error) => finish(classify(error, 'exchange')));
    if (stream.destroyed) {
      if (stream.errored) finish(classify(stream.errored, 'exchange'));
      else ended();
      return;
    }
    stream.write(bytes);
    stream.resume();
  });
}
