import type { Failure } from '../model/failure.js';

export interface TargetList {
  readonly targets: readonly string[];
  /** Why there are none: the file could not be read. */
  readonly failure?: Failure;
}

/** Reads what `--targets` names: one target a line; blank lines and lines that begin with `#` are not targets. */
export async function readTargets(path: string | undefined, signal: AbortSignal): Promise<TargetList> {
  if (path === undefined) return { targets: [] };
  const { readText } = await import('../io/read-text.js');
  const text = await readText(path, signal);
  if (!text.ok) return { targets: [], failure: text.failure };
  const lines = text.value.split(/\r?\n/).map((line) => line.trim());
  return { targets: lines.filter((line) => line !== '' && !line.startsWith('#')) };
}
