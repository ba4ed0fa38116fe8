import Table from 'cli-table3';
import { shown } from './reading/shown.js';
import type { CreateReporter, Reporter, View } from './reporter.js';
import { columnsOf, miscounted } from './text/columns.js';
import { fitted } from './text/fitted.js';
import type { DrawTable, Paint, Palette, Sheet, Tone } from './text/palette.js';
import { drawReport } from './text/report.js';
import { drawSummary, type SummaryLine, summaryLine } from './text/summary.js';
import { drawTicket } from './text/ticket.js';
import { wrapped } from './text/wrapped.js';

/** For a person. What colours is loaded only where there are colours. */
export async function loadText({ colour }: Pick<View, 'colour'>): Promise<CreateReporter> {
  const paint = colour ? await colours() : plain;
  return (_command, view) => createText(view, paint);
}

/** Each report as soon as it is there, what several come to at the end, and the ticket last. */
function createText(view: View, paint: Palette): Reporter {
  const sheet: Sheet = {
    paint,
    table: drawTable,
    width: readable(view.width),
    verbose: view.verbose,
  };
  const finished: SummaryLine[] = [];
  let previous = 0;
  return {
    report(report, blocks) {
      finished.push(summaryLine(report));
      const lines = drawReport(report, blocks, sheet);
      // Reports of one line stand together as a list; longer ones stand apart.
      const apart = previous > 1 || (previous === 1 && lines.length > 1);
      previous = lines.length;
      return textOf(apart ? ['', ...lines] : lines);
    },
    end(run) {
      const parts = [drawSummary(run, finished, sheet), drawTicket(run, sheet)].filter((lines) => lines.length > 0);
      return parts.map((lines) => textOf(previous++ === 0 ? lines : ['', ...lines])).join('');
    },
  };
}

/** Lines longer than this are hard to follow, and shorter ones are no layout. */
function readable(width: number): number {
  return width > 0 ? Math.min(Math.max(Math.trunc(width), 40), 120) : 80;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

async function colours(): Promise<Palette> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    good: tight(chalk.green),
    warning: tight(chalk.yellow),
    bad: tight(chalk.red),
    unknown: tight(chalk.magenta),
    information: tight(chalk.cyan),
    faint: tight(chalk.dim),
    strong: tight(chalk.bold),
  };
}

const asItIs: Paint = (text) => text;

const plain: Palette = {
  good: asItIs,
  warning: asItIs,
  bad: asItIs,
  unknown: asItIs,
  information: asItIs,
  faint: asItIs,
  strong: asItIs,
};

/** Leaves blanks at the end outside of the colour, so that they can be taken off a line. */
function tight(paint: Paint): Paint {
  return (text) => {
    const drawn = text.trimEnd();
    return paint(drawn) + text.slice(drawn.length);
  };
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A blank that cli-table3 does not count. Text that is shown has no such character of its own. */
const standIn = '\u0001';

/** Columns two blanks apart, a rule beneath the titles, no further lines. Cells are folded where they have no room. */
const drawTable: DrawTable = (columns, rows, sheet, tint) => {
  const titles = columns.map(({ title }) => shown(title));
  const cells = rows.map((row) => columns.map((_, index) => shown(row[index] ?? '')));
  const widths = fitted(
    titles.map((title, index) =>
      cells.reduce((most, row) => Math.max(most, columnsOf(row[index] ?? '')), columnsOf(title)),
    ),
    sheet.width,
  );
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map(({ align }) => align),
  });
  // A row for each line of a row: cli-table3 takes time in the cube of the length of a cell that has several lines.
  const push = (texts: readonly string[], toneOf: (column: number) => Tone | undefined) => {
    const folded = texts.map((text, column) => wrapped(text, widths[column] ?? 0));
    const height = folded.reduce((most, lines) => Math.max(most, lines.length), 0);
    for (let line = 0; line < height; line += 1) {
      table.push(
        folded.map((lines, column) => {
          const text = lines[line] ?? '';
          const tone = toneOf(column);
          const drawn = tone === undefined ? text : sheet.paint[tone](text);
          const stand = standIn.repeat(miscounted(text));
          return columns[column]?.align === 'right' ? stand + drawn : drawn + stand;
        }),
      );
    }
  };
  push(titles, () => 'strong');
  table.push(widths.map((width) => sheet.paint.faint('─'.repeat(width))));
  for (const [row, texts] of cells.entries()) push(texts, (column) => tint?.(row, column));
  return table
    .toString()
    .replaceAll(standIn, ' ')
    .split('\n')
    .map((line) => line.trimEnd());
};
