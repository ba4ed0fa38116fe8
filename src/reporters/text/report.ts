import type { Block } from '../../model/block.js';
import { printable } from '../../model/printable.js';
import type { Report } from '../../model/report.js';
import { shortened } from '../../model/shortened.js';
import { shown } from '../reading/shown.js';
import { drawBars } from './bars.js';
import { beside } from './beside.js';
import { drawFields } from './fields.js';
import { drawFindings } from './findings.js';
import { drawPairs } from './pairs.js';
import { type Sheet, statusMarks, verdictMarks } from './palette.js';
import { wrapped } from './wrapped.js';

const indent = '  ';

/** The verdict and the target, the command's blocks, the findings. */
export function drawReport(report: Report, blocks: readonly Block[], sheet: Sheet): string[] {
  const indented: Sheet = { ...sheet, width: sheet.width - indent.length };
  const sections: string[][] = [];
  let heading: string[] = [];
  for (const block of blocks) {
    if (block.verbose && !sheet.verbose) continue;
    const lines = drawBlock(block, indented);
    // A heading stands on what it is the heading of.
    if (block.kind === 'heading') heading = [...heading, ...lines];
    else {
      sections.push([...heading, ...lines]);
      heading = [];
    }
  }
  sections.push(heading);
  const drawn = sections.filter((lines) => lines.some((line) => line !== ''));
  const findings = drawFindings(report, indented);
  const body = [...drawn, ...(findings.length === 0 ? [] : [findings])].flatMap((lines) => [
    // With nothing but findings there is nothing to set them apart from.
    ...(drawn.length === 0 ? [] : ['']),
    ...lines.map((line) => (line === '' ? line : `${indent}${line}`)),
  ]);
  return [...drawHead(report, sheet), ...body];
}

function drawHead({ target, verdict, at, durationMs }: Report, { paint, width, verbose }: Sheet): string[] {
  const { mark, word, tone } = verdictMarks[verdict];
  const sign = `${mark} ${word}`;
  const name = target === '' ? '(empty)' : printable(shortened(target, 2 * width));
  const lines = wrapped(name, width - sign.length - 2);
  const when = verbose ? [`${at}, ${durationMs} ms`] : [];
  return [
    ...beside(
      [
        { lines: [sign], columns: sign.length, paint: (text) => paint.strong(paint[tone](text)) },
        { lines, paint: paint.strong },
      ],
      '  ',
    ),
    ...when.map((line) => `${' '.repeat(sign.length + 2)}${paint.faint(line)}`),
  ];
}

function drawBlock(block: Block, sheet: Sheet): string[] {
  switch (block.kind) {
    case 'heading':
      return wrapped(shown(block.text), sheet.width).map((line) => sheet.paint.strong(line));
    case 'pairs':
      return drawPairs(block.pairs, sheet);
    case 'table':
      return sheet.table(block.columns, block.rows, sheet, (row, column) => {
        const status = column === 0 ? block.statuses?.[row] : undefined;
        return status === undefined ? undefined : statusMarks[status].tone;
      });
    case 'bars':
      return drawBars(block.title, block.bars, sheet);
    case 'fields':
      return drawFields(block.source, block.fields, sheet);
    case 'note':
      return wrapped(shown(block.text), sheet.width);
    case 'commands':
      return [sheet.paint.strong(shown(block.title)), ...block.lines.map((line) => `  ${shown(line)}`)];
  }
}
