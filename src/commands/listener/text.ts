import { grouped } from '../../model/count.js';

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

/** Names in a sentence: at most five of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
