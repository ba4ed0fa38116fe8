import { printable } from '../../model/printable.js';
import { shortened } from '../../model/shortened.js';
import { wrappedLines } from './wrapped-lines.js';

/** UTF-16 units of a sentence of somebody else. */
const longest = 600;

/** A heading with what stands beneath it; nothing where nothing does. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, '-'.repeat(title.length), ...lines];
}

/** Words of others: on one line, and no longer than anybody reads. */
export function said(text: string): string {
  return printable(shortened(text, longest));
}

/** `Zone:      example.com` */
export function pair(label: string, value: string): string[] {
  return wrappedLines(`${label}:`.padEnd(11), said(value));
}

export function item(text: string): string[] {
  return wrappedLines('- ', said(text));
}

/** What only a person can fill in. */
export function gap(text: string): string[] {
  return wrappedLines('>>> ', text);
}
