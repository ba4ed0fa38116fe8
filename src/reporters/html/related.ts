import type { Finding, RelatedFinding } from '../../model/finding.js';
import { badge, statusMarks } from './marks.js';
import { html, type Markup } from './markup.js';

const titles: Readonly<Record<RelatedFinding['relation'], string>> = {
  follows: 'What follows from it',
  confirms: 'What confirms it',
};

/** What other checks found that belongs to a finding: what it brings about, then what bears it out. */
export function drawRelated({ related = [] }: Finding): Markup[] {
  return (['follows', 'confirms'] as const).flatMap((relation) => {
    const these = related.filter((finding) => finding.relation === relation);
    return these.length === 0
      ? []
      : html`<p class="label">${titles[relation]}</p>
<ul class="steps">${these.map(drawOne)}</ul>
`;
  });
}

function drawOne({ status, target, says }: RelatedFinding): Markup {
  return html`<li>${badge(statusMarks[status])} <bdi>${target === '' ? '(empty)' : target}</bdi>: <span>${says}</span></li>`;
}

/** The line to type. */
export function drawAgain({ again }: Finding): Markup | readonly Markup[] {
  return again === undefined || again === ''
    ? []
    : html`<p><span class="label">Check it again:</span> <code>${again}</code></p>
`;
}
