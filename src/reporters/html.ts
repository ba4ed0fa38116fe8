import { factsDrawer } from './html/facts.js';
import type { Markup } from './html/markup.js';
import { drawPage } from './html/page.js';
import { drawReport } from './html/report.js';
import { type Checked, checkedOf } from './html/summary.js';
import type { CreateReporter } from './reporter.js';

/**
 * One page that stands alone: no network, no script. It begins with the verdict over all reports, so nothing is written
 * before the end; until then each report is kept as it is drawn, and its facts are not.
 */
export const createHtml: CreateReporter = (_command, { verbose }) => {
  const checked: Checked[] = [];
  const drawn: Markup[] = [];
  const facts = factsDrawer();
  return {
    report(report, blocks) {
      checked.push(checkedOf(report));
      drawn.push(drawReport(report, blocks, { number: checked.length, verbose, facts }));
      return '';
    },
    end: (run) => drawPage(run, checked, drawn).source,
  };
};
