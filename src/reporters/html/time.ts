import type { Report } from '../../model/report.js';
import { html, type Markup } from './markup.js';

/** When it began, UTC, and how long it took. */
export function drawTime({ at, durationMs }: Pick<Report, 'at' | 'durationMs'>): Markup {
  return html`<time datetime="${at}">${at.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC')}</time>, took ${durationText(durationMs)}`;
}

/** Milliseconds as a person reads them. */
export function durationText(milliseconds: number): string {
  if (!(milliseconds >= 1000)) return `${Number(milliseconds.toPrecision(3))} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}
