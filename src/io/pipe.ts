import type { Duplex, Readable, Writable } from 'node:stream';

export interface Ends {
  /** Absent: an input that has ended. */
  readonly stdin: Readable | undefined;
  readonly stdout: Writable;
}

export interface PipeOptions {
  /** `both`: the input must have ended and the peer have closed; `either`: whichever is first. */
  readonly until: 'both' | 'either';
  /** When the input ends, the peer is told, and can still answer. */
  readonly halfClose: boolean;
  /** Seconds without anything to read or write after which it is over; absent: never. */
  readonly idleSeconds?: number;
  /** What becomes of the input before it is sent. */
  readonly outgoing?: (chunk: Buffer) => Buffer;
  /** What becomes of what the peer sent before it is written. */
  readonly incoming?: (chunk: Buffer) => Buffer;
}

/**
 * Connects standard input and output with a peer, byte for byte, each way no faster than its slower end. Resolves when
 * it is over, or nothing happened for too long. That a peer resets the connection, or that nobody reads the output, is an
 * end as good as any. The caller destroys the connection; the input can be read on from where it was left.
 */
export function pipe(connection: Duplex, { stdin, stdout }: Ends, options: PipeOptions): Promise<'over' | 'idle'> {
  return new Promise((resolve) => {
    const { until, halfClose, idleSeconds, outgoing = asItIs, incoming = asItIs } = options;
    let inputEnded = stdin === undefined || stdin.readableEnded || stdin.destroyed;
    let peerEnded = connection.readableEnded || connection.destroyed;
    let cannotSend = connection.destroyed;
    let cannotPrint = stdout.destroyed;
    let sending = 0;
    let printing = 0;

    const timer = idleSeconds === undefined ? undefined : setTimeout(() => finish('idle'), idleSeconds * 1000);
    const finish = (how: 'over' | 'idle') => {
      clearTimeout(timer);
      for (const [event, listener] of ofInput) stdin?.off(event, listener);
      for (const [event, listener] of ofPeer) connection.off(event, listener);
      for (const [event, listener] of ofOutput) stdout.off(event, listener);
      stdin?.pause();
      resolve(how);
    };
    const look = () => {
      const sent = cannotSend || (inputEnded && sending === 0);
      const printed = cannotPrint || (peerEnded && printing === 0);
      if (until === 'both' ? sent && printed : sent || printed) finish('over');
    };
    const endInput = () => {
      if (inputEnded) return;
      inputEnded = true;
      if (halfClose) connection.end();
      look();
    };
    const lose = () => {
      cannotSend = true;
      peerEnded = true;
      look();
    };

    const ofInput: Listeners = [
      [
        'data',
        (chunk: Buffer) => {
          timer?.refresh();
          const bytes = outgoing(chunk);
          if (cannotSend || bytes.length === 0) return;
          sending++;
          const hasRoom = connection.write(bytes, () => {
            timer?.refresh();
            sending--;
            look();
          });
          if (!hasRoom) stdin?.pause();
        },
      ],
      ['end', endInput],
      ['close', endInput],
      // What cannot be read (a directory, a terminal that is gone) is at its end.
      ['error', endInput],
    ];
    const ofPeer: Listeners = [
      [
        'data',
        (chunk: Buffer) => {
          timer?.refresh();
          const bytes = incoming(chunk);
          if (cannotPrint || bytes.length === 0) return;
          printing++;
          const hasRoom = stdout.write(bytes, () => {
            timer?.refresh();
            printing--;
            look();
          });
          if (!hasRoom) connection.pause();
        },
      ],
      ['drain', () => stdin?.resume()],
      [
        'end',
        () => {
          timer?.refresh();
          peerEnded = true;
          look();
        },
      ],
      ['close', lose],
      ['error', lose],
    ];
    const ofOutput: Listeners = [
      ['drain', () => connection.resume()],
      [
        'error',
        () => {
          cannotPrint = true;
          // What the peer still says is read and dropped: it must not wait for a reader who has gone.
          connection.resume();
          look();
        },
      ],
    ];
    for (const [event, listener] of ofInput) stdin?.on(event, listener);
    for (const [event, listener] of ofPeer) connection.on(event, listener);
    for (const [event, listener] of ofOutput) stdout.on(event, listener);
    if (!stdout.listeners('error').includes(ignore)) stdout.on('error', ignore);
    connection.resume();
    if (inputEnded) {
      if (halfClose) connection.end();
      look();
    } else stdin?.resume();
  });
}

type Listeners = readonly (readonly [event: string, listener: (chunk: Buffer) => void])[];

function asItIs(chunk: Buffer): Buffer {
  return chunk;
}

/** Whoever writes after it is over must not end the process. */
function ignore(): void {
  // Nothing to do.
}
