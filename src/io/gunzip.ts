import { createGunzip } from 'node:zlib';
import type { Failure } from '../model/failure.js';
import { classify } from './classify.js';

/** Whether bytes begin as a gzip member does (RFC 1952: ID1, ID2, method deflate). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Compressed bytes that are inflated at a time: a thousandfold bomb then holds 32 MB, not the whole file. */
const pieceBytes = 1 << 15;

export interface Gunzipper {
  /** Inflates one chunk and hands over what comes out. Resolves with the failure if the data is corrupt. */
  push(chunk: Uint8Array): Promise<Failure | undefined>;
  /** To be called at the end of the input: a failure if the data ends too early. */
  end(): Promise<Failure | undefined>;
}

/**
 * Inflates gzip (several members too) and hands over everything that can be inflated, also of a file that is cut off
 * or damaged further on: a stream of `node:zlib` throws away what it had ready when it meets the damage.
 */
export function createGunzipper(take: (chunk: Uint8Array) => void | Promise<void>): Gunzipper {
  const gunzip = createGunzip({ chunkSize: 1 << 16 });
  let ready: Uint8Array[] = [];
  let failure: Failure | undefined;
  const failed = new Promise<void>((resolve) => {
    gunzip.on('error', (error) => {
      failure = classify(error, 'input');
      resolve();
    });
  });
  gunzip.on('data', (data: Uint8Array) => ready.push(data));

  const step = async (work: (done: () => void) => void): Promise<Failure | undefined> => {
    await Promise.race([new Promise<void>(work), failed]);
    const inflated = ready;
    ready = [];
    for (const chunk of inflated) await take(chunk);
    return failure;
  };
  return {
    async push(chunk) {
      for (let at = 0; at < chunk.length && failure === undefined; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        await step((done) => gunzip.write(piece, () => done()));
      }
      return failure;
    },
    end() {
      return step((done) => {
        gunzip.once('end', done);
        gunzip.end();
      });
    },
  };
}
