import type { Bar } from '../../model/block.js';
import { spansOf } from '../reading/spans.js';
import { html, type Markup } from './markup.js';

/** Units across a drawing, which is stretched to the room that there is. */
const across = 1000;

/** A title, and a row for each bar: what it is of, how much in words, and drawn; the one that ends last fills the width. */
export function drawBars(title: string, bars: readonly Bar[]): Markup {
  const spans = spansOf(bars);
  const rows = bars.map(({ label, text }, index) => {
    const { from, to } = spans[index] ?? { from: 0, to: 0 };
    return html`<tr><th scope="row">${label}</th><td class="right">${text}</td><td class="drawn">${drawSpan(from, to)}</td></tr>
`;
  });
  return html`<table class="bars"><caption>${title}</caption>
<tbody>
${rows}</tbody></table>
`;
}

/**
 * A bar from one share of the width to another (0 to 1), or nothing where it has no length; what is there at all is seen.
 * Drawn as SVG, since browsers print no background. What it shows is written beside it, so a screen reader passes it by.
 */
export function drawSpan(from: number, to: number): Markup | readonly Markup[] {
  const start = Math.round(from * across);
  const width = Math.max(Math.round(to * across) - start, 4);
  if (!(to > from)) return [];
  const x = Math.min(start, across - width);
  return html`<svg viewBox="0 0 ${across} 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect x="${x}" width="${width}" height="10"/></svg>`;
}
