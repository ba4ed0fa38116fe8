import type { Finding } from '../../model/finding.js';
import { placeText } from '../../model/place.js';
import { resolvePointer } from '../../model/pointer.js';
import { printableJson } from '../../model/printable.js';
import type { Report } from '../../model/report.js';
import { bySeverity } from '../../model/severity.js';
import { shortened } from '../../model/shortened.js';
import { badge, statusMarks } from './marks.js';
import { html, type Markup } from './markup.js';
import { drawAgain, drawRelated } from './related.js';
import { drawSourceLine } from './source-line.js';

type Judged = Pick<Report, 'findings' | 'facts'>;

/** What is not as it should be, the worst first; what is, is there to be unfolded. */
export function drawFindings({ findings, facts }: Judged, verbose: boolean): Markup {
  const counts = (finding: Finding) => finding.status !== 'pass' && finding.status !== 'skip';
  const draw = (finding: Finding) => drawFinding(finding, facts, verbose);
  const told = bySeverity(findings).filter(counts).map(draw);
  const list =
    told.length === 0
      ? []
      : html`<h3>Findings</h3>
<ul class="findings">
${told}</ul>
`;
  return html`${list}${folded(findings, 'pass', draw)}${folded(findings, 'skip', draw)}`;
}

function folded(
  findings: readonly Finding[],
  status: 'pass' | 'skip',
  draw: (finding: Finding) => Markup,
): Markup | readonly Markup[] {
  const these = findings.filter((finding) => finding.status === status);
  if (these.length === 0) return [];
  const checks = these.length === 1 ? '1 check' : `${these.length} checks`;
  return html`<details><summary>${checks} ${status === 'pass' ? 'passed' : 'did not apply'}</summary>
<ul class="findings">
${these.map(draw)}</ul></details>
`;
}

function drawFinding(finding: Finding, facts: unknown, verbose: boolean): Markup {
  const { status, says, means, remedy, place, fix } = finding;
  const mark = statusMarks[status];
  const where = place === undefined ? [] : html`<code class="place">${placeOf(place)}</code> `;
  const steps = remedy.split('\n').filter((step) => step !== '');
  return html`<li class="finding ${mark.tone}">
<p class="says">${badge(mark)} ${where}<strong>${says}</strong></p>
${place === undefined ? [] : drawSourceLine(place)}${
  means === ''
    ? []
    : html`<p>${means}</p>
`
}${
  steps.length === 0
    ? []
    : html`<p class="label">What to do</p>
<ul class="steps">${steps.map((step) => html`<li>${step}</li>`)}</ul>
`
}${
  fix === undefined
    ? []
    : html`<p><span class="label">Fix:</span> <span>${fix.says}</span> (<code>--fix</code> does this)</p>
`
}${drawRelated(finding)}${drawAgain(finding)}${verbose ? drawOrigin(finding, facts) : []}</li>
`;
}

function placeOf({ file, ...place }: NonNullable<Finding['place']>): string {
  return placeText({ ...place, file: file === '' ? '(empty)' : shortened(file, 400) });
}

/** Which rule it was, what it rests on and where the knowledge comes from. */
function drawOrigin({ rule, code, evidence, cites }: Finding, facts: unknown): Markup {
  const rows = [
    row('Rule', html`<code>${rule}</code>`),
    ...(code === undefined ? [] : [row('Code', html`<code>${code}</code>`)]),
    ...evidence.map((pointer) => row('Evidence', drawEvidence(pointer, facts))),
    ...(cites === '' ? [] : [row('See', html`${cites}`)]),
  ];
  return html`<dl class="origin">
${rows}</dl>
`;
}

/** More of one value than this is found among the facts. */
const longestValue = 500;

function drawEvidence(pointer: string, facts: unknown): Markup {
  const value = resolvePointer(facts, pointer);
  const text = value === undefined ? ' is not in the facts' : ` = ${shortened(printableJson(value), longestValue)}`;
  return html`<code>${pointer === '' ? 'facts' : pointer}${text}</code>`;
}

function row(label: string, content: Markup): Markup {
  return html`<div><dt>${label}</dt><dd>${content}</dd></div>
`;
}
