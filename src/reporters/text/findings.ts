import type { Finding } from '../../model/finding.js';
import { resolvePointer } from '../../model/pointer.js';
import { printableJson } from '../../model/printable.js';
import type { Report } from '../../model/report.js';
import { bySeverity } from '../../model/severity.js';
import { shown } from '../reading/shown.js';
import { beside } from './beside.js';
import { clipped } from './columns.js';
import { drawHeadline } from './headline.js';
import { type Sheet, statusMarks } from './palette.js';
import { drawAgain, drawRelated } from './related.js';
import { drawSource } from './source.js';
import { wrapped } from './wrapped.js';

/** The findings, the worst first: what was found, beneath it what to do, what belongs to it and, verbose, what it rests on. */
export function drawFindings({ findings, facts }: Pick<Report, 'findings' | 'facts'>, sheet: Sheet): string[] {
  return bySeverity(findings)
    .filter(({ status }) => sheet.verbose || (status !== 'pass' && status !== 'skip'))
    .flatMap((finding) => drawFinding(finding, facts, sheet));
}

function drawFinding(finding: Finding, facts: unknown, sheet: Sheet): string[] {
  const { paint, width, verbose } = sheet;
  const { mark, tone } = statusMarks[finding.status];
  const lines = beside(
    [
      { lines: [mark], columns: 1, paint: paint[tone] },
      { lines: drawHeadline(finding, { ...sheet, width: width - 2 }) },
    ],
    ' ',
  );
  if (finding.place !== undefined) {
    const source = drawSource(finding.place, paint[tone], { ...sheet, width: width - 2 });
    lines.push(...source.map((line) => `  ${line}`));
  }
  for (const step of finding.remedy.split('\n').filter((text) => text !== '')) {
    const remedy = wrapped(shown(step), width - 4);
    lines.push(...beside([{ lines: [' '], columns: 1 }, { lines: ['→'], columns: 1 }, { lines: remedy }], ' '));
  }
  if (finding.fix !== undefined) {
    const fix = wrapped(`${shown(finding.fix.says)} (--fix does this)`, width - 7);
    lines.push(
      ...beside(
        [{ lines: [' '], columns: 1 }, { lines: ['fix:'], columns: 4, paint: paint.good }, { lines: fix }],
        ' ',
      ),
    );
  }
  lines.push(...drawRelated(finding, sheet), ...drawAgain(finding, sheet));
  if (verbose && finding.means !== '') {
    lines.push(...wrapped(shown(finding.means), width - 4).map((line) => `    ${line}`));
  }
  if (verbose) lines.push(...origin(finding, facts, width - 4).map((line) => `    ${paint.faint(line)}`));
  return lines;
}

function origin({ rule, code, evidence, cites }: Finding, facts: unknown, width: number): string[] {
  return [
    ...wrapped(`rule ${shown(rule)}${code === undefined ? '' : `, code ${code}`}`, width),
    ...evidence.map((pointer) => {
      const value = resolvePointer(facts, pointer);
      const text = value === undefined ? 'is not in the facts' : `= ${shown(printableJson(value))}`;
      return clipped(`${pointer === '' ? 'facts' : shown(pointer)} ${text}`, width);
    }),
    ...(cites === '' ? [] : wrapped(`see ${shown(cites)}`, width)),
  ];
}
