import { printable } from '../model/printable.js';
import type { StreamRecord } from '../model/record.js';
import type { Reporter } from './reporter.js';

/**
 * One row for each record, under a header row with the keys of the first: RFC 4180 quoting, but lines end in LF, as
 * everything else on a Unix pipe does. Control characters are written as escapes, so a record is always one line
 * (`--format ndjson` has them as they were). Reports and the run have no row.
 */
export function createCsv(): Reporter {
  let columns: readonly string[] | undefined;
  return {
    record(record) {
      const header = columns === undefined;
      columns ??= Object.keys(record);
      const row = rowOf(columns.map((column) => cell(record[column])));
      return header ? `${rowOf(columns.map(cell))}${row}` : row;
    },
    report: () => '',
    end: () => '',
  };
}

function rowOf(cells: readonly string[]): string {
  return `${cells.join(',')}\n`;
}

/**
 * What a spreadsheet takes for the beginning of a formula, and full-width forms that some fold to the same. Alone it is
 * none: standard input goes by the name `-`.
 */
const formula = /^[=+\-@\t\r＝＋－＠]./su;

function cell(value: StreamRecord[string]): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  const text = `${formula.test(value) ? "'" : ''}${printable(value)}`;
  return /[",]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
