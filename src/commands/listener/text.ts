/** 1234567 as 1,234,567. Not by `toLocaleString`, which takes 17 ms to load its tables. */
export function grouped(count: number): string {
  if (Math.abs(count) < 1000) return String(count);
  return String(count).replace(/^(-?\d+)/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}

const sizes = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'KB'],
] as const;

/** 128060840 as 128 MB: powers of ten. */
export function bytesText(bytes: number): string {
  const [size, unit] = sizes.find(([least]) => Math.abs(bytes) >= least) ?? [1, 'bytes'];
  const number = bytes / size;
  return `${Number(Math.abs(number) < 10 ? number.toFixed(1) : number.toFixed(0))} ${unit}`;
}

/** 12.345 as 12 a second; small ones keep two digits that mean something. */
export function rateText(perSecond: number): string {
  return `${numberText(perSecond)} a second`;
}

/** 0.2 a second as 12 a minute. */
export function minuteRateText(perSecond: number): string {
  return `${numberText(perSecond * 60)} a minute`;
}

function numberText(number: number): string {
  return grouped(Number(Math.abs(number) >= 100 ? number.toFixed(0) : number.toPrecision(2)));
}

/** Seconds as 3 d 4 h, 4 h 5 min, 5 min 6 s or 6 s. */
export function durationText(seconds: number): string {
  const units = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const whole = Math.floor(Math.abs(seconds));
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return '0 s';
  const parts = units.slice(first, first + 2).map(([size, unit], index) => {
    const larger = index === 0 ? undefined : units[first]?.[0];
    const count = Math.floor((larger === undefined ? whole : whole % larger) / size);
    return { count, text: `${count} ${unit}` };
  });
  return parts.flatMap(({ count, text }) => (count === 0 ? [] : [text])).join(' ');
}

/** Names in a sentence: at most five of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
