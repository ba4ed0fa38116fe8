import type { Outcome } from '../model/failure.js';
import type { StopReason } from './deadline.js';
import { openInput } from './input.js';

/**
 * Reads a whole file, or standard input for `-`, as UTF-8; gzip is inflated. For lists and configuration, not logs.
 * Half a list is none: when `signal` is aborted, its reason is the failure.
 */
export async function readText(path: string, signal: AbortSignal): Promise<Outcome<string>> {
  const opened = await openInput(path);
  if (!opened.ok) return opened;
  const started = performance.now();
  const chunks: Uint8Array[] = [];
  const failed = await opened.value.read((chunk) => void chunks.push(chunk), signal);
  opened.value.close();
  const ms = performance.now() - started;
  const failure = failed ?? (signal.aborted ? (signal.reason as StopReason) : undefined);
  return failure === undefined
    ? { ok: true, value: Buffer.concat(chunks).toString('utf8'), ms }
    : { ok: false, failure, ms };
}
