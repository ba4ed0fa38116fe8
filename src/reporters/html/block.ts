import type { Block, Column, Pair } from '../../model/block.js';
import { drawBars } from './bars.js';
import { drawFields } from './fields.js';
import { sign, statusMarks } from './marks.js';
import { html, type Markup } from './markup.js';

/** The blocks of a report. `name` is what they are about: a table without a heading of its own is called by that. */
export function drawBlocks(blocks: readonly Block[], name: string, verbose: boolean): Markup[] {
  let heading = name;
  return blocks.flatMap((block) => {
    if (block.verbose && !verbose) return [];
    if (block.kind === 'heading') heading = block.text;
    return [drawBlock(block, heading)];
  });
}

function drawBlock(block: Block, heading: string): Markup {
  switch (block.kind) {
    case 'heading':
      return html`<h3>${block.text}</h3>
`;
    case 'pairs':
      return drawPairs(block.pairs);
    case 'table':
      return drawTable(block, heading);
    case 'bars':
      return drawBars(block.title, block.bars);
    case 'fields':
      return drawFields(block.source, block.fields);
    case 'note':
      return html`<p>${block.text}</p>
`;
    case 'commands':
      return html`<p class="label">${block.title}</p>
<ul class="steps">${block.lines.map((line) => html`<li><code>${line}</code></li>`)}</ul>
`;
  }
}

type Table = Extract<Block, { kind: 'table' }>;

function drawPairs(pairs: readonly Pair[]): Markup {
  return html`<dl class="pairs">
${pairs.map(drawPair)}</dl>
`;
}

function drawPair({ label, value, means, status }: Pair): Markup {
  const drawn = status === undefined ? html`<strong>${value}</strong>` : judged(value, status);
  const meaning = means === undefined || means === '' ? [] : html`<dd class="means">${means}</dd>`;
  return html`<div><dt>${label}</dt><dd>${drawn}</dd>${meaning}</div>
`;
}

/** The word is for those who see neither sign nor colour. */
function judged(value: string, status: NonNullable<Pair['status']>): Markup {
  const { tone, word } = statusMarks[status];
  return html`<strong class="${tone}">${sign(tone)}${value}</strong> <span class="unseen">(${word})</span>`;
}

/**
 * A table which scrolls by itself where it has no room, also by keyboard. The first column says what a row is of, unless it
 * is all that there is.
 */
export function drawTable({ columns, rows, statuses }: Omit<Table, 'kind'>, name: string): Markup {
  const titles = columns.map(({ title, align }) =>
    title === '' ? html`<td></td>` : html`<th scope="col"${classOf(align)}>${title}</th>`,
  );
  const lines = rows.map((cells, row) => {
    const status = statuses?.[row];
    const mark =
      status === undefined
        ? []
        : html`<span class="${statusMarks[status].tone}">${sign(statusMarks[status].tone)}</span>`;
    const drawn = columns.map(({ align }, index) => {
      const text = cells[index] ?? '';
      return index === 0 && columns.length > 1 && text !== ''
        ? html`<th scope="row"${classOf(align)}>${mark}${text}</th>`
        : html`<td${classOf(align)}>${text}</td>`;
    });
    return html`<tr>${drawn}</tr>
`;
  });
  return html`<div class="wide" role="group" aria-label="Table: ${name}" tabindex="0"><table aria-label="${name}">
<thead><tr>${titles}</tr></thead>
<tbody>
${lines}</tbody></table></div>
`;
}

function classOf(align: Column['align']): Markup | readonly Markup[] {
  return align === 'right' ? html` class="right"` : [];
}
