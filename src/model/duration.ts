/** Milliseconds to the microsecond: more digits would only be noise. */
export function toMicrosecond(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** Seconds, of either sign, as 3 d 4 h, 4 h 5 min, 5 min 6 s, 12 s or, below ten of them, 6.5 s. */
export function durationText(seconds: number): string {
  const length = Math.abs(seconds);
  const whole = Math.round(length);
  if (whole < 60) return `${length < 10 ? Number(length.toFixed(1)) : whole} s`;
  const first = units.findIndex(([size]) => whole >= size);
  const parts = units.slice(first, first + 2).map(([size, unit], index) => {
    const larger = index === 0 ? undefined : units[first]?.[0];
    const count = Math.floor((larger === undefined ? whole : whole % larger) / size);
    return { count, text: `${count} ${unit}` };
  });
  return parts.flatMap(({ count, text }) => (count === 0 ? [] : [text])).join(' ');
}
