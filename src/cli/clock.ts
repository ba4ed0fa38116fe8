/** Milliseconds of a clock that never jumps. Not `performance.now()`, which takes a millisecond to be loaded. */
export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
