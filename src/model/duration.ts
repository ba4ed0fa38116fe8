/** Milliseconds to the microsecond: more digits would only be noise. */
export function toMicrosecond(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
