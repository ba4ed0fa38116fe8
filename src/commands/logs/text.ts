import { grouped } from '../../model/count.js';

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

/**
 * The most frequent keys of a table, with their counts: `www.example.com (12), b.example (3) and 4 more`.
 * @param others lines that name another one than these
 */
export function namesText(counts: Readonly<Record<string, number>>, most: number, others = 0): string {
  const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, most).map(([name, count]) => `${name} (${grouped(count)})`);
  const left = all.length - shown.length;
  const more = moreText(left, leastNames(counts, others));
  return `${shown.join(', ')}${more === '' ? '' : ` and ${more} more`}`;
}

/** `4`, or where only a part of them is kept by name `at least 12`; empty where there are none. */
export function moreText(kept: number, least: number): string {
  if (least > 0) return `at least ${grouped(kept + least)}`;
  return kept > 0 ? grouped(kept) : '';
}

/** Names that are counted one by one before the others are only counted together. */
const mostCounted = 4096;

/** How many names so many other lines have at least: those that are kept are the most frequent ones. */
export function leastNames(counts: Readonly<Record<string, number>>, others: number): number {
  if (others <= 0) return 0;
  const kept = Object.values(counts);
  return Math.min(Math.max(Math.ceil(others / Math.min(...kept)), 1), mostCounted - kept.length);
}

/** Whether a line is text for the most part: one of some file of bytes, read as Latin-1, has controls and upper characters. */
export function isText(line: string): boolean {
  const controls = line.match(controlCharacters)?.length ?? 0;
  const upper = line.match(upperCharacters)?.length ?? 0;
  return controls <= line.length * 0.12 && controls + upper <= line.length * 0.4;
}

/** But the tab; what bytes are that are no UTF-8. */
const controlCharacters = /(?!\t)[\p{Cc}\ufffd]/gu;
const upperCharacters = /[\u00a0-\u00ff]/g;
