import type { Duplex } from 'node:stream';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import { type Limits, limit } from './limits.js';

/** Looks at what has come so far: how many bytes of it are the answer, or nothing while more is needed. */
export type Enough = (bytes: Buffer) => number | undefined;

/** Why listening ended: the answer was whole, the peer ended its side, or there was more than anyone should read. */
export type Ending = 'enough' | 'closed' | 'cap';

export interface Heard {
  readonly bytes: Buffer;
  readonly ending: Ending;
}

/** What did come before listening failed: silence is told from a peer that drips. */
export type HeardOutcome = Outcome<Heard> & { readonly partial: Buffer };

/**
 * Saying and hearing over a connection, TCP, TLS or unix: whatever the peer sends, no more is kept than `cap` bytes and
 * what the system read along with them. One step at a time. `close` destroys the connection.
 */
export class Conversation {
  readonly #stream: Duplex;
  #buffer: Buffer = Buffer.alloc(0);
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  readonly #onData = (chunk: Buffer): void => {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    // What nobody waits for yet stays in the system's buffers, and so with the peer.
    this.#stream.pause();
    this.#wake?.();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#wake?.();
  };

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', this.#onData);
    stream.on('end', this.#onEnd);
    stream.on('close', this.#onEnd);
    stream.on('error', (error) => {
      this.#error ??= error;
      this.#wake?.();
    });
    stream.pause();
  }

  /** Hands bytes to the system; what becomes of them shows in the next `hear`. */
  say(bytes: string | Uint8Array): void {
    if (!this.#stream.destroyed && this.#stream.writable) this.#stream.write(bytes);
  }

  /** Ends this side; the peer can still answer. */
  end(): void {
    this.#stream.end();
  }

  /**
   * Waits until `enough` is content, the peer ends its side (then with what there is, even nothing), or `cap` bytes have
   * come. Fails on a reset, and when the time is up: `limits.seconds` bounds the whole step, however the bytes drip.
   */
  hear(enough: Enough, cap: number, limits: Limits): Promise<HeardOutcome> {
    const started = performance.now();
    return new Promise((resolve) => {
      let giveUp = (): void => undefined;
      const finish = (result: Heard | Failure) => {
        giveUp();
        this.#wake = undefined;
        this.#stream.pause();
        const ms = performance.now() - started;
        if ('bytes' in result) resolve({ ok: true, value: result, ms, partial: result.bytes });
        else resolve({ ok: false, failure: result, ms, partial: this.#buffer.subarray(0, cap) });
      };
      const look = (): void => {
        const held = this.#buffer.subarray(0, cap);
        const length = held.length === 0 ? undefined : enough(held);
        if (length !== undefined) finish(this.#take(length, 'enough'));
        else if (this.#buffer.length >= cap) finish(this.#take(cap, 'cap'));
        else if (this.#error !== undefined) finish(classify(this.#error, 'exchange'));
        else if (this.#ended) finish(this.#take(this.#buffer.length, 'closed'));
        else this.#stream.resume();
      };
      giveUp = limit(limits, 'exchange', 'target', 'no whole answer', (failure) => {
        const silent = this.#buffer.length === 0;
        const detail = silent ? failure.detail.replace('no whole answer', 'no answer') : failure.detail;
        finish({ ...failure, detail });
      });
      this.#wake = look;
      look();
    });
  }

  /** The stream with what was read too far put back: for a TLS handshake that follows words in the clear. */
  release(): Duplex {
    // Its own listeners only: a socket listens to itself too.
    this.#stream.off('data', this.#onData);
    this.#stream.off('end', this.#onEnd);
    this.#stream.pause();
    if (this.#buffer.length > 0) this.#stream.unshift(this.#buffer);
    this.#buffer = Buffer.alloc(0);
    return this.#stream;
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(length: number, ending: Ending): Heard {
    const bytes = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return { bytes, ending };
  }
}

/** Enough is a line, with its LF. */
export function line(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(0x0a);
  return end < 0 ? undefined : end + 1;
}
