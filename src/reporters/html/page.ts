import { printable } from '../../model/printable.js';
import { exitCodeOf, type Run } from '../../model/report.js';
import { tally } from '../../model/severity.js';
import { badge, verdictMarks } from './marks.js';
import { html, type Markup, preformatted } from './markup.js';
import { style, styleHash } from './style.js';
import { type Checked, drawSummary } from './summary.js';
import { drawTime } from './time.js';

/** The whole page. The policy in it lets a browser load nothing and run nothing, whatever came into it. */
export function drawPage(run: Run, checked: readonly Checked[], reports: readonly Markup[]): Markup {
  const { word } = verdictMarks[run.verdict];
  const what = subject(checked);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="rg-diag ${run.version}">
<title>${word}: ${what} - rg-diag ${run.command}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="command">rg-diag ${run.command}</p>
<h1>${badge(verdictMarks[run.verdict])} <bdi>${what}</bdi></h1>
${lead(checked)}<p class="when">${drawTime(run)}; exit code ${run.exitCode}${run.exitCode === exitCodeOf(run.verdict) ? '' : ': the run ended early, and this is what was found by then'}</p>
</header>
${checked.length > 1 ? drawSummary(checked) : []}<main>
${reports}${drawTicket(run)}</main>
<footer><p>Made by rg-diag ${run.version}. This page loads nothing and runs nothing.</p></footer>
</body>
</html>
`;
}

/** The target where there is one, else what they come to. */
function subject(checked: readonly Checked[]): string {
  const [only, ...others] = checked;
  if (only === undefined) return 'nothing was checked';
  return others.length === 0
    ? only.name
    : tally(checked)
        .map(({ text }) => text)
        .join(', ');
}

/** Of one target the worst that was found: of several, the summary says it. */
function lead([only, ...others]: readonly Checked[]): Markup | readonly Markup[] {
  return only === undefined || only.says === '' || others.length > 0
    ? []
    : html`<p class="lead">${only.says}</p>
`;
}

/** For pasting: one click selects it. */
function drawTicket({ ticket }: Run): Markup | readonly Markup[] {
  if (ticket === undefined) return [];
  const lines = ticket.trimEnd().split('\n').map(printable);
  return html`<section aria-labelledby="ticket"><h2 id="ticket">For the support ticket</h2>
<pre class="ticket">${preformatted(lines.join('\n'))}</pre></section>
`;
}
