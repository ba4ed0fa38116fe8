import { printableJson } from '../../model/printable.js';
import { html, type Markup, preformatted } from './markup.js';

/** Characters of JSON in one report, and in the whole page: more would make it hard to open. */
const mostInReport = 200_000;
const mostInPage = 4_000_000;

/** Draws what was seen of each target in turn, as JSON to be unfolded, for as long as there is room for it in the page. */
export function factsDrawer(): (facts: unknown) => Markup {
  let room = mostInPage;
  return (facts) => {
    const most = Math.min(mostInReport, room);
    const json = most === 0 ? '' : printableJson(facts, 2);
    const kept = json.length <= most ? json : json.slice(0, json.lastIndexOf('\n', most) + 1);
    room -= kept.length;
    const isWhole = most > 0 && kept.length === json.length;
    const rest = isWhole
      ? []
      : html`<p>There is no room for more here: <code>--json</code> has all of it.</p>
`;
    return html`<details><summary>Facts as JSON</summary>
<pre>${preformatted(kept)}</pre>
${rest}</details>
`;
  };
}
