import type { Deadline } from '../io/deadline.js';
import type { Failure } from '../model/failure.js';
import { WriteFailed } from './crash.js';
import { writeNow } from './write.js';

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
export async function openSink(path: string | undefined, quiet: boolean, deadline: Deadline): Promise<Sink> {
  // A shell that sent standard output to a file would lose what else it writes there.
  const isStandard = path === undefined || path === '-' || /^\/(dev\/stdout|(dev|proc\/self)\/fd\/1)$/.test(path);
  if (!isStandard) return outputFile(path, deadline.signal);
  return quiet && path === undefined ? nowhere : standardOutput(deadline);
}

export const nowhere: Sink = { async write() {}, async finish() {}, async discard() {} };

function standardOutput(deadline: Deadline): Sink {
  return {
    async write(text) {
      const error = writeNow(1, text);
      if (error === undefined) return;
      if (error.code !== 'EPIPE') throw new WriteFailed(`cannot write to standard output: ${error.message}`);
      deadline.interrupt('nobody reads the output');
      throw new ReaderGone();
    },
    async finish() {},
    async discard() {},
  };
}

async function outputFile(path: string, signal: AbortSignal): Promise<Sink> {
  const { replaceFile } = await import('../io/replace-file.js');
  const file = await replaceFile(path, signal);
  if ('code' in file) throw new WriteFailed(`cannot write ${path}: ${file.detail}`);
  const orThrow = (failure: Failure | undefined) => {
    if (failure !== undefined) throw new WriteFailed(`cannot write ${path}: ${failure.detail}`);
  };
  return {
    write: async (text) => orThrow(await file.write(text)),
    finish: async () => orThrow(await file.commit()),
    discard: () => file.discard(),
  };
}
