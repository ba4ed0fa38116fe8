import type { Outcome } from '../model/failure.js';
import { openInput } from './input.js';

/** Reads a whole file, or standard input for `-`, as UTF-8; gzip is inflated. For lists and configuration, not logs. */
export async function readText(path: string, signal: AbortSignal): Promise<Outcome<string>> {
  const opened = await openInput(path);
  if (!opened.ok) return opened;
  const started = performance.now();
  const chunks: Uint8Array[] = [];
  const failure = await opened.value.read((chunk) => void chunks.push(Uint8Array.from(chunk)), signal);
  opened.value.close();
  const ms = performance.now() - started;
  return failure === undefined
    ? { ok: true, value: Buffer.concat(chunks).toString('utf8'), ms }
    : { ok: false, failure, ms };
}
