import type { Field } from '../../model/block.js';
import { html, type Markup } from './markup.js';

/** More raw text than this (UTF-16 units) is cut down to what is around the part at which reading stopped. */
const longest = 2000;

/** The raw text, its parts underlined, and beneath each what it is; the part at which reading stopped is marked. */
export function drawFields(source: string, fields: readonly Field[]): Markup {
  const placed = fields.map((field) => within(field, source.length)).sort((a, b) => a.start - b.start || a.end - b.end);
  const focus = placed.find(({ status }) => status === 'fail')?.start ?? 0;
  const from = source.length <= longest || focus < longest / 2 ? 0 : focus - longest / 2;
  const to = Math.min(from + longest, source.length);
  const parts: Markup[] = from === 0 ? [] : [html`<span>…</span>`];
  let at = from;
  for (const field of placed) {
    if (field.end < from || field.start > to) continue;
    const start = Math.max(field.start, at);
    // Of parts that overlap, the first has what they share.
    const end = Math.min(Math.max(field.end, start), to);
    if (start > at) parts.push(html`<span>${source.slice(at, start)}</span>`);
    parts.push(drawPart(source.slice(start, end), field));
    at = end;
  }
  if (at < to) parts.push(html`<span>${source.slice(at, to)}</span>`);
  if (to < source.length) parts.push(html`<span>…</span>`);
  return html`<p class="fields">${parts}</p>
`;
}

function drawPart(text: string, { label, status }: Field): Markup {
  const tone = status === 'fail' ? html` bad` : [];
  return html`<span class="part${tone}"><code>${text}</code> <small>${label}</small></span>`;
}

/** Whatever a field says, it ends within the text. */
function within(field: Field, length: number): Field {
  const start = Math.min(Math.max(Math.trunc(field.start) || 0, 0), length);
  return { ...field, start, end: Math.min(Math.max(Math.trunc(field.end) || 0, start), length) };
}
