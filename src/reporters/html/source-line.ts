import type { SourcePlace } from '../../model/place.js';
import { markedPart } from '../reading/marked-part.js';
import { html, type Markup } from './markup.js';

/** UTF-16 units of a long line that are shown before and behind where the marked part begins. */
const around = 200;

/** The line with its number, and what is meant marked in it; of a long line what is around that. */
export function drawSourceLine({ line, column, length, text }: SourcePlace): Markup | readonly Markup[] {
  if (text === undefined) return [];
  const { start, end } = markedPart(text, { ...(column !== undefined && { column }), ...(length && { length }) });
  const from = Math.max(start - around, 0);
  const to = Math.min(start + around, text.length);
  const number = line === undefined ? [] : html`<span class="number">${line}</span> `;
  const marked =
    column === undefined
      ? part(text, from, to)
      : html`${part(text, from, start)}<mark>${part(text, start, Math.min(end, to))}</mark>${part(text, Math.min(end, to), to)}`;
  const [before, behind] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  return html`<p class="source">${number}<code>${before}${marked}${behind}</code></p>
`;
}

/** How wide a tab is in an editor, only the editor knows. */
function part(text: string, start: number, end: number): Markup {
  return html`${text.slice(start, end).replaceAll('\t', '    ')}`;
}
