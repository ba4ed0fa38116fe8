/** The widths of a table's columns, two blanks apart: what is too much for the width is taken from the widest. */
export function fitted(natural: readonly number[], width: number): number[] {
  const room = width - 2 * (natural.length - 1);
  const widths = [...natural];
  const least = 8;
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= least) break;
    widths[widest] = current - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
