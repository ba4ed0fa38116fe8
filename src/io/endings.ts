const endings = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `end` when the signal is aborted (soon, where it is already), unless the returned function was called before. A
 * listener of the signal for each would do too, were there not a thousand at once: adding one means looking at all of
 * them, and Node warns of a leak.
 */
export function whenAborted(signal: AbortSignal, end: () => void): () => void {
  if (signal.aborted) {
    const timer = setTimeout(end, 0);
    return () => clearTimeout(timer);
  }
  const waiting = endings.get(signal) ?? begin(signal);
  waiting.add(end);
  return () => waiting.delete(end);
}

function begin(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  endings.set(signal, waiting);
  signal.addEventListener('abort', () => {
    for (const end of waiting) end();
  });
  return waiting;
}
