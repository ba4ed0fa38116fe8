import { columnsOf } from './columns.js';
import type { Paint, Sheet } from './palette.js';
import { wrapped } from './wrapped.js';

/** A label that belongs to what is at a column of the line above. */
export interface PlacedLabel {
  readonly text: string;
  readonly column: number;
  readonly paint: Paint | undefined;
}

/**
 * Labels beneath a line, from left to right in order of their columns. Each line takes as many as have room beside the
 * ones to their right; the others hang on a stroke until there is room.
 */
export function drawLabels(labels: readonly PlacedLabel[], sheet: Sheet): string[] {
  const lines: string[] = [];
  let hanging = [...labels];
  while (hanging.length > 0) {
    const fitting = hanging.filter(({ text, column }, index) => {
      const next = hanging[index + 1];
      return column + columnsOf(text) <= (next === undefined ? sheet.width : next.column - 1);
    });
    const last = hanging.at(-1);
    if (fitting.length === 0 && last !== undefined) {
      hanging = hanging.slice(0, -1);
      lines.push(...drawLong(last, hanging, sheet));
    } else {
      lines.push(drawLine(hanging.map((label) => (fitting.includes(label) ? label : stroke(label, sheet)))));
      hanging = hanging.filter((label) => !fitting.includes(label));
    }
  }
  return lines;
}

/** A label that would not end within the width from where it hangs: it ends at the width instead. */
function drawLong(label: PlacedLabel, hanging: readonly PlacedLabel[], sheet: Sheet): string[] {
  const texts = wrapped(label.text, Math.max(sheet.width - label.column, Math.floor(sheet.width / 2)));
  const columns = Math.max(...texts.map(columnsOf));
  const column = Math.max(Math.min(label.column, sheet.width - columns), 0);
  const beside = hanging.filter((other) => other.column < column - 1).map((other) => stroke(other, sheet));
  return texts.map((text) => drawLine([...beside, { ...label, text, column }]));
}

function stroke({ column }: PlacedLabel, { paint }: Sheet): PlacedLabel {
  return { text: '│', column, paint: paint.faint };
}

function drawLine(labels: readonly PlacedLabel[]): string {
  let drawn = '';
  let at = 0;
  for (const { text, column, paint } of labels) {
    drawn += ' '.repeat(Math.max(column - at, 0)) + (paint === undefined ? text : paint(text));
    at = column + columnsOf(text);
  }
  return drawn.trimEnd();
}
