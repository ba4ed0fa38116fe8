/** 1234567 as 1,234,567. Not by `toLocaleString`, which takes 17 ms to load its tables. */
export function grouped(count: number): string {
  if (count < 1000) return String(count);
  return String(count).replace(/^(\d+)/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}

const sizes = [
  [1024 ** 3, 'GB'],
  [1024 ** 2, 'MB'],
  [1024, 'KB'],
] as const;

/** Bytes as memcached's own options count them: 67108864 is 64 MB. */
export function bytesText(bytes: number): string {
  const [size, unit] = sizes.find(([least]) => bytes >= least) ?? [1, 'bytes'];
  const number = bytes / size;
  return `${Number(number < 10 ? number.toFixed(1) : number.toFixed(0))} ${unit}`;
}

/** 0.8734 as 87.3 %. */
export function percentText(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** 12.345 as 12.3 a second; small ones keep two digits that mean something. */
export function rateText(perSecond: number): string {
  return `${grouped(Number(perSecond >= 100 ? perSecond.toFixed(0) : perSecond.toPrecision(2)))} a second`;
}

/** Seconds as 3 d 4 h, 4 h 5 min, 5 min 6 s or 6 s. */
export function durationText(seconds: number): string {
  const units = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const whole = Math.floor(seconds);
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return '0 s';
  const parts = units.slice(first, first + 2).map(([size, unit], index) => {
    const larger = index === 0 ? undefined : units[first]?.[0];
    const count = Math.floor((larger === undefined ? whole : whole % larger) / size);
    return { count, text: `${count} ${unit}` };
  });
  return parts.flatMap(({ count, text }) => (count === 0 ? [] : [text])).join(' ');
}
