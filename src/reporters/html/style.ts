import { Markup } from './markup.js';

/**
 * No width in pixels, no image, no font to fetch. Colours are the ones of the reader's system, light or dark, and on paper
 * light; each pair of them has the contrast that WCAG AA asks for.
 */
export const style = new Markup(`
:root {
  color-scheme: light dark;
  --page: #ffffff; --surface: #f4f6f8; --ink: #1a1d21; --faint: #56606b; --line: #cfd5db; --mark: #ffe58a;
  --good: #11602a; --warning: #744800; --bad: #a8141e; --unknown: #6232a6; --information: #0a4f8f;
  --good-page: #e3f5e8; --warning-page: #fdf0d0; --bad-page: #fde8e8; --unknown-page: #f1e9fc; --information-page: #e4f0fb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --surface: #1e2328; --ink: #e6e9ec; --faint: #a5afb9; --line: #3a424a; --mark: #6b5600;
    --good: #6fdc8c; --warning: #f0b849; --bad: #ff9a9a; --unknown: #cdb0ff; --information: #7cc2ff;
    --good-page: #12301d; --warning-page: #352808; --bad-page: #421a1c; --unknown-page: #2d2145; --information-page: #122f4a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 70rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem;
  background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.25; margin: 1.5rem 0 0.5rem; break-after: avoid; }
h1 { font-size: 1.75rem; margin-top: 0; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.05rem; }
p { margin: 0.5rem 0; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
code, strong, span, a { unicode-bidi: isolate; }
code, td, th, dd, dt, strong, bdi, .steps li, .lead { white-space: pre-wrap; }
ul { padding-left: 1.25rem; margin: 0.5rem 0; }
a { color: var(--information); }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid var(--information); outline-offset: 2px; }
.command { font-weight: 600; color: var(--faint); margin: 0 0 0.25rem; }
.lead { font-size: 1.15rem; }
.when, footer { color: var(--faint); font-size: 0.9rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.badge {
  display: inline-block; padding: 0.05em 0.5em; border: 1px solid currentColor; border-radius: 0.3em;
  font-size: 0.8em; font-weight: 700; white-space: nowrap;
}
.sign { width: 0.9em; height: 0.9em; margin-right: 0.35em; vertical-align: -0.08em; }
.sign path { fill: none; stroke: currentColor; stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.good { color: var(--good); } .badge.good { background: var(--good-page); }
.warning { color: var(--warning); } .badge.warning { background: var(--warning-page); }
.bad { color: var(--bad); } .badge.bad { background: var(--bad-page); }
.unknown { color: var(--unknown); } .badge.unknown { background: var(--unknown-page); }
.information { color: var(--information); } .badge.information { background: var(--information-page); }
.faint { color: var(--faint); }
article { border-top: 2px solid var(--line); margin-top: 1.5rem; contain: paint; }
article:focus { outline: none; }
article:only-of-type > h2 .badge, article:only-of-type > .when { display: none; }
article:target { border-top-color: var(--information); }
.pairs, .origin { margin: 0.75rem 0; }
.pairs > div, .origin > div { display: grid; gap: 0 1rem; padding: 0.2rem 0; break-inside: avoid; }
.pairs > div { grid-template-columns: minmax(0, 11rem) minmax(0, 1fr) minmax(0, 1fr); }
.origin > div { grid-template-columns: minmax(0, 5rem) minmax(0, 1fr); }
dt { color: var(--faint); }
dd { margin: 0; }
.pairs dd:nth-of-type(1):last-child { grid-column: 2 / -1; }
dd.means { color: var(--faint); }
.origin { font-size: 0.9rem; }
.wide { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
th, td {
  padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; text-align: left; font-weight: 400;
  overflow-wrap: break-word; max-width: 32rem;
}
thead { display: table-header-group; }
thead th { font-weight: 600; border-bottom: 1px solid var(--line); }
thead td { border-bottom: 1px solid var(--line); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tr { break-inside: avoid; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.wide .right { white-space: nowrap; }
.bars { width: 100%; margin: 0.75rem 0; }
.bars tbody tr + tr > * { border-top: 0; }
.bars th, .bars .right { overflow-wrap: anywhere; padding-top: 0.1rem; padding-bottom: 0.1rem; }
.bars .drawn { width: 70%; vertical-align: middle; }
.summary { width: 100%; }
.summary .prose { min-width: 14rem; }
.summary .drawn { width: 15%; min-width: 5rem; padding-top: 0.6rem; padding-right: 0; }
.drawn svg { display: block; width: 100%; height: 0.8rem; fill: var(--information); }
.findings { list-style: none; padding: 0; }
.finding { border-left: 4px solid currentColor; padding: 0.1rem 0 0.1rem 0.9rem; margin: 0.9rem 0; break-inside: avoid; }
.finding > * { color: var(--ink); }
.says { margin-top: 0; }
.says strong { font-weight: 600; }
.label { font-weight: 600; margin-bottom: 0; }
.steps { margin-top: 0; }
.source { background: var(--surface); padding: 0.4rem 0.6rem; }
.source .number { color: var(--faint); user-select: none; margin-right: 0.5rem; }
mark { background: var(--mark); color: inherit; outline: 1px solid currentColor; padding: 0 0.1em; }
.fields { background: var(--surface); padding: 0.5rem 0.6rem; line-height: 1.3; }
.fields > span { font-family: ui-monospace, monospace; font-size: 0.9em; white-space: pre-wrap; vertical-align: top; }
.part { display: inline-flex; flex-direction: column; max-width: 100%; }
.part code { border-bottom: 2px solid var(--faint); min-height: 1.4em; font-size: 1em; }
.part small { color: var(--faint); font-family: system-ui, sans-serif; padding-right: 0.4em; }
.part.bad code { border-bottom: 3px double var(--bad); }
.part.bad small { color: var(--bad); font-weight: 600; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; color: var(--information); width: fit-content; }
pre { background: var(--surface); padding: 0.75rem; white-space: pre-wrap; margin: 0.5rem 0; }
.ticket { user-select: all; }
@media (max-width: 40rem) {
  .pairs > div { grid-template-columns: minmax(0, 7rem) minmax(0, 1fr); }
  .pairs dt { grid-row: 1 / span 2; }
  dd.means { grid-column: 2; }
  .wide th, .wide td { padding-right: 0.5rem; }
  .bars .drawn { width: 35%; }
}
@media (forced-colors: active) {
  .drawn svg { fill: CanvasText; }
  mark { forced-color-adjust: auto; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .wide { overflow: visible; }
  .wide th, .wide td, .wide .right { overflow-wrap: anywhere; max-width: none; white-space: pre-wrap; }
  article { contain: none; }
  summary { color: inherit; }
}
@page { margin: 1.5cm; }
`);

/** What the policy of the page lets through: a test holds it to the style. */
export const styleHash = 'sha256-Ne8VNwpgGtma7YpWw8QvOiV2Ce+eDV9hMOs8/e6nQ4o=';
