import { placeText } from './place.js';
import { printable } from './printable.js';
import type { Report } from './report.js';
import { bySeverity } from './severity.js';

export interface TicketPart {
  readonly report: Report;
  /** Raw signals: label and value, nothing secret. */
  readonly signals: readonly (readonly [label: string, value: string])[];
}

/** Lines beneath one finding: the first ones tell what kind of trouble it brought. */
const mostRelated = 20;

/** The text to paste into a support ticket: when (UTC), what was looked at, what was seen, what it means. */
export function ticketText(command: string, version: string, parts: readonly TicketPart[]): string {
  const lines = [`rg-diag ${version}, command ${command}`];
  for (const { report, signals } of parts) {
    lines.push(
      '',
      `Time (UTC):  ${report.at}`,
      `Target:      ${printable(report.target)}`,
      `Result:      ${report.verdict}`,
    );
    for (const [label, value] of signals) lines.push(`${`${label}:`.padEnd(13)}${printable(value)}`);
    for (const { status, rule, says, place, related = [] } of bySeverity(report.findings)) {
      if (status === 'pass' || status === 'skip') continue;
      const where = place === undefined ? '' : `${printable(placeText(place))}: `;
      lines.push(`- ${status} ${rule}: ${where}${printable(says)}`);
      for (const other of related.slice(0, mostRelated)) {
        const { relation, rule, target, says } = other;
        lines.push(`  ${relation}: ${other.status} ${printable(`${rule}: ${target}: ${says}`)}`);
      }
      if (related.length > mostRelated) lines.push(`  and ${related.length - mostRelated} more`);
      // Not `again`: support does not look at this machine, and what it found is what is said here.
    }
  }
  return `${lines.join('\n')}\n`;
}
