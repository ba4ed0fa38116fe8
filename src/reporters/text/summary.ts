import type { Report, Run, Verdict } from '../../model/report.js';
import { tally, worstFinding } from '../../model/severity.js';
import { shortened } from '../../model/shortened.js';
import { shown } from '../reading/shown.js';
import { clipped } from './columns.js';
import { type Sheet, verdictMarks } from './palette.js';

/** A report in the summary. */
export interface SummaryLine {
  readonly target: string;
  readonly verdict: Verdict;
  readonly says: string;
}

/** What the summary keeps of a report. */
export function summaryLine({ target, verdict, findings }: Report): SummaryLine {
  const worst = worstFinding(findings);
  const says = worst === undefined || worst.status === 'pass' || worst.status === 'skip' ? '' : worst.says;
  return { target: shortened(target, 200), verdict, says: shortened(says, 400) };
}

/** Beyond this many targets, those that are well are counted instead of listed. */
const mostListed = 50;

/** What several reports come to; nothing for one that has said it all. */
export function drawSummary(run: Run, finished: readonly SummaryLine[], sheet: Sheet): string[] {
  const [only, ...others] = finished;
  if (only !== undefined && others.length === 0 && only.verdict === run.verdict) return [];
  const { mark, word, tone } = verdictMarks[run.verdict];
  // A target that is watched gives a report each time.
  const noun = new Set(finished.map(({ target }) => target)).size === finished.length ? 'target' : 'report';
  const count = `${finished.length} ${noun}${finished.length === 1 ? '' : 's'}`;
  const parts = tally(finished).map(({ verdict, text }) => sheet.paint[verdictMarks[verdict].tone](text));
  const total = finished.length === 0 ? 'nothing was checked' : `${count}: ${parts.join(', ')}`;
  const totals = `${sheet.paint.strong(sheet.paint[tone](`${mark} ${word}`))}  ${total}`;

  const listed = finished.length > mostListed ? finished.filter(({ verdict }) => verdict !== 'ok') : finished;
  if (listed.length === 0 || finished.length < 2) return [totals];
  const targetColumns = Math.floor((sheet.width - 11) / 2);
  const table = sheet.table(
    [
      { title: 'target', align: 'left' },
      { title: 'verdict', align: 'left' },
      { title: 'worst finding', align: 'left' },
    ],
    listed.map(({ target, verdict, says }) => {
      const { mark, word } = verdictMarks[verdict];
      return [clipped(shown(target), targetColumns), `${mark} ${word}`, says];
    }),
    sheet,
    (row, column) => {
      const verdict = listed[row]?.verdict;
      return column === 1 && verdict !== undefined ? verdictMarks[verdict].tone : undefined;
    },
  );
  return [...table, '', totals];
}
