import type { Block } from '../../model/block.js';
import type { Report } from '../../model/report.js';
import { drawBlocks } from './block.js';
import { drawFindings } from './findings.js';
import { badge, verdictMarks } from './marks.js';
import { html, type Markup } from './markup.js';
import { drawNumbers } from './numbers.js';
import { nameOf } from './target-name.js';
import { drawTime } from './time.js';

interface Drawing {
  /** Counts from 1; what the summary links to. */
  readonly number: number;
  readonly verbose: boolean;
  readonly facts: (facts: unknown) => Markup;
}

/** One target: the command's blocks, the findings, and folded what they rest on. */
export function drawReport(report: Report, blocks: readonly Block[], { number, verbose, facts }: Drawing): Markup {
  const name = nameOf(report.target);
  return html`<article id="report-${number}" aria-labelledby="target-${number}" tabindex="-1">
<h2 id="target-${number}">${badge(verdictMarks[report.verdict])} <bdi>${name}</bdi></h2>
<p class="when">${drawTime(report)}</p>
${drawBlocks(blocks, name, verbose)}${drawFindings(report, verbose)}${drawNumbers(report.metrics)}${facts(report.facts)}</article>
`;
}
