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

function standardOutput(onReaderGone: () => void): Sink {
  let trouble: Error | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    trouble =
      error.code === 'EPIPE' ? new ReaderGone() : new WriteFailed(`cannot write to standard output: ${error.message}`);
    if (trouble instanceof ReaderGone) onReaderGone();
  });
  return {
    async write(text) {
      if (text === '') return;
      if (trouble === undefined) {
        // The callback comes when the text has left, or with the error that the handler above has named.
        await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
      }
      if (trouble !== undefined) throw trouble;
    },
    async finish() {
      if (trouble !== undefined) throw trouble;
    },
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
