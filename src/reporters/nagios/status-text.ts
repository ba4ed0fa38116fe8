import { printable } from '../../model/printable.js';

/**
 * Text for a line of a monitoring plugin. `|` would begin performance data. Line ends and tabs become blanks and a
 * backslash before `n` is escaped, because Nagios turns the two characters `\n` of a passive result into a line end.
 */
export function statusText(text: string): string {
  return printable(text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(/\\(?=n)/g, '\\x5c')).replaceAll('|', '\\x7c');
}
