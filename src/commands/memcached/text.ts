import { grouped } from '../../model/count.js';

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
