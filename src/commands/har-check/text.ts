import type { HarDifference } from '../../decoders/har-comparison.js';
import type { HarEntry } from '../../decoders/har-entry.js';
import { shortened } from '../../model/shortened.js';

const longestUrl = 100;

/** `GET https://www.example.com/: 522, ray 8f0c…-FRA` */
export function entryText(entry: HarEntry): string {
  const ray = rayText(entry);
  return `${requestText(entry)}: ${answerText(entry)}${ray === '' ? '' : `, ray ${ray}`}`;
}

export function requestText({ method, url }: HarEntry): string {
  return `${method} ${shortened(url, longestUrl)}`;
}

/** The status, or what the browser says in its place. */
export function answerText({ status, error }: HarEntry): string {
  return status === 0 ? (error ?? 'no answer') : String(status);
}

export function rayText({ ray, colo }: HarEntry): string {
  return [ray, colo].filter((part) => part !== undefined).join('-');
}

export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** The phase that took longest: `wait 4.20 s`. */
export function longestPhase({ phases }: HarEntry): string {
  const [longest] = Object.entries(phases).sort(([, a], [, b]) => b - a);
  return longest === undefined ? '' : `${longest[0]} ${secondsText(longest[1])}`;
}

/** `522 and 200`, or the times where these differ. */
export function differenceText({ kind, first, second, phase }: HarDifference): string {
  if (kind !== 'time') return `${answerText(first)} and ${answerText(second)}`;
  return `${secondsText(first.ms)} and ${secondsText(second.ms)}${phase === undefined ? '' : `, mostly in ${phase}`}`;
}

/** `200 (31), 522 (2) and 3 more` */
export function countsText(counts: Readonly<Record<string, number>>, most = 8): string {
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, most).map(([name, count]) => `${name} (${count})`);
  return shown.join(', ') + (all.length > most ? ` and ${all.length - most} more` : '');
}
