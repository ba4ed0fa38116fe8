import type { Report, Verdict } from '../../model/report.js';
import { worstFinding } from '../../model/severity.js';
import { shortened } from '../../model/shortened.js';
import { drawSpan } from './bars.js';
import { badge, verdictMarks } from './marks.js';
import { html, type Markup } from './markup.js';
import { nameOf } from './target-name.js';
import { durationText } from './time.js';

/** What the summary keeps of a report. */
export interface Checked {
  readonly name: string;
  readonly verdict: Verdict;
  /** The worst that was found; empty where all is well. */
  readonly says: string;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly durationMs: number;
}

export function checkedOf({ target, verdict, findings, at, durationMs }: Report): Checked {
  const worst = worstFinding(findings);
  const says = worst === undefined || worst.status === 'pass' || worst.status === 'skip' ? '' : worst.says;
  return { name: nameOf(target), verdict, says: shortened(says, 400), began: Date.parse(at), durationMs };
}

/** A row for each of several reports, with a link to it, and drawn when it was looked at and for how long. */
export function drawSummary(checked: readonly Checked[]): Markup {
  const start = least(checked.map(({ began }) => began));
  const whole = -least(checked.map(({ began, durationMs }) => -(began + durationMs))) - start;
  const rows = checked.map(({ name, verdict, says, began, durationMs }, index) => {
    const from = (began - start) / whole;
    return html`<tr><th scope="row"><a href="#report-${index + 1}"><bdi>${name}</bdi></a></th><td>${badge(verdictMarks[verdict])}</td><td class="prose">${says}</td><td class="right">${durationText(durationMs)}</td><td class="drawn">${drawSpan(from, from + durationMs / whole)}</td></tr>
`;
  });
  return html`<nav aria-labelledby="summary"><h2 id="summary">Summary</h2>
<div class="wide" role="group" aria-label="Table: Summary" tabindex="0"><table class="summary" aria-labelledby="summary">
<thead><tr><th scope="col">Target</th><th scope="col">Verdict</th><th scope="col">Worst finding</th><th scope="col" class="right">Took</th><th scope="col">Timeline</th></tr></thead>
<tbody>
${rows}</tbody></table></div></nav>
`;
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
