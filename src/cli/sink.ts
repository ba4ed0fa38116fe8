import { writeSync } from 'node:fs';
import type { Failure } from '../model/failure.js';
import { UsageError, WriteFailed } from './crash.js';

/** Where the output goes. Writing waits for a slow reader. */
export interface Sink {
  write(text: string): Promise<void>;
  /** The output is whole. */
  finish(): Promise<void>;
  /** The output is not whole: a file stays as it was. */
  discard(): Promise<void>;
}

/** The reader of our output has gone away (`| head`): no reason to complain, and none to go on. */
export class ReaderGone extends Error {}

/** The file that `--output` names, or standard output, or nowhere if that is to stay quiet. */
export async function openSink(path: string | undefined, quiet: boolean, onReaderGone: () => void): Promise<Sink> {
  if (path !== undefined) return outputFile(path);
  return quiet ? nowhere : standardOutput(onReaderGone);
}

const nowhere: Sink = { async write() {}, async finish() {}, async discard() {} };

/**
 * Written with the system call itself: to a pipe, a terminal or a file `process.stdout` is synchronous too, and takes
 * longer to set up than most runs last.
 */
function standardOutput(onReaderGone: () => void): Sink {
  return {
    async write(text) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) {
        try {
          at += writeSync(1, bytes, at);
        } catch (error) {
          const { code, message } = error as NodeJS.ErrnoException;
          if (code === 'EPIPE') {
            onReaderGone();
            throw new ReaderGone();
          }
          if (code !== 'EAGAIN') throw new WriteFailed(`cannot write to standard output: ${message}`);
          // Somebody who shares the pipe has made it non-blocking, and its reader is slow.
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    },
    async finish() {},
    async discard() {},
  };
}

async function outputFile(path: string): Promise<Sink> {
  const { replaceFile } = await import('../io/replace-file.js');
  const file = await replaceFile(path);
  if ('code' in file) throw new UsageError(`cannot write ${path}: ${file.detail}`);
  const orThrow = (failure: Failure | undefined) => {
    if (failure !== undefined) throw new WriteFailed(`cannot write ${path}: ${failure.detail}`);
  };
  return {
    write: async (text) => orThrow(await file.write(text)),
    finish: async () => orThrow(await file.commit()),
    discard: () => file.discard(),
  };
}
