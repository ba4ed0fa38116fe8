import type { Outcome } from '../model/failure.js';
import type { StopReason } from './deadline.js';
import { openInput } from './input.js';

/**
 * Reads a whole file, or standard input for `-`, of at most `cap` bytes; gzip is inflated. A longer one is a failure: half
 * a file is none. When `signal` is aborted, its reason is the failure.
 */
export async function readBytes(path: string, cap: number, signal: AbortSignal): Promise<Outcome<Buffer>> {
  const opened = await openInput(path);
  if (!opened.ok) return opened;
  const started = performance.now();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const tooLong = new AbortController();
  const take = (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > cap) tooLong.abort();
    else chunks.push(chunk);
  };
  const failed = await opened.value.read(take, AbortSignal.any([signal, tooLong.signal]));
  opened.value.close();
  const ms = performance.now() - started;
  if (tooLong.signal.aborted) {
    const detail = `${path} is longer than the ${cap} bytes that are read of such a file`;
    return { ok: false, failure: { code: 'answer-too-long', step: 'input', blame: 'us', detail }, ms };
  }
  const failure = failed ?? (signal.aborted ? (signal.reason as StopReason) : undefined);
  return failure === undefined ? { ok: true, value: Buffer.concat(chunks), ms } : { ok: false, failure, ms };
}
