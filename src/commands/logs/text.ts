/** 1234567 as 1,234,567. Not by `toLocaleString`, which takes 17 ms to load its tables. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 line`, `2,345 lines`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}

/** An RFC 3339 instant as a person reads it: `2026-11-20 23:35:57`, UTC. */
export function instantText(instant: string): string {
  return instant.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '');
}

/** The same without the year, where there is little room. */
export function shortInstantText(instant: string): string {
  return instantText(instant).slice(5);
}

/** Seconds as 3 d 4 h, 4 h 5 min, 5 min 6 s or 6.5 s. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Number(seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0))} s`;
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const whole = Math.round(seconds);
  const first = units.findIndex(([size]) => whole >= size);
  const parts = units.slice(first, first + 2).map(([size, unit], index) => {
    const larger = units[first + index - 1]?.[0];
    const count = Math.floor((index === 0 || larger === undefined ? whole : whole % larger) / size);
    return { count, text: `${count} ${unit}` };
  });
  return parts.flatMap(({ count, text }) => (count === 0 ? [] : [text])).join(' ');
}

/** The most frequent keys of a table, with their counts: `www.example.com (12), b.example (3) and 4 more`. */
export function namesText(counts: Readonly<Record<string, number>>, most: number): string {
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, most).map(([name, count]) => `${name} (${grouped(count)})`);
  const left = all.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
