import type { StopReason } from '../../io/deadline.js';
import { openInput } from '../../io/input.js';
import type { Outcome } from '../../model/failure.js';

/** The beginning of an input. */
export interface Beginning {
  readonly text: string;
  /** There is more. */
  readonly truncated: boolean;
}

/**
 * Reads the first `cap` bytes of a file, or of standard input for `-`, as UTF-8; gzip is inflated. Nothing more is read:
 * an error page and the lines around an error stand at the beginning. When `signal` is aborted, its reason is the failure.
 */
export async function readBeginning(path: string, cap: number, signal: AbortSignal): Promise<Outcome<Beginning>> {
  const opened = await openInput(path);
  if (!opened.ok) return opened;
  const started = performance.now();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const enough = new AbortController();
  const take = (chunk: Uint8Array) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > cap) enough.abort();
  };
  const failed = await opened.value.read(take, AbortSignal.any([signal, enough.signal]));
  opened.value.close();
  const ms = performance.now() - started;
  const failure = enough.signal.aborted
    ? undefined
    : (failed ?? (signal.aborted ? (signal.reason as StopReason) : undefined));
  if (failure !== undefined) return { ok: false, failure, ms };
  const bytes = Buffer.concat(chunks).subarray(0, cap);
  return { ok: true, value: { text: bytes.toString('utf8'), truncated: length > cap }, ms };
}
