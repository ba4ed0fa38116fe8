import { printable } from '../../model/printable.js';
import type { Run } from '../../model/report.js';
import type { Sheet } from './palette.js';

/** Neither coloured nor folded: it is for pasting. */
export function drawTicket({ ticket }: Run, { width }: Sheet): string[] {
  if (ticket === undefined) return [];
  const title = '──── for the support ticket: copy from here ';
  return [
    `${title}${'─'.repeat(Math.max(width - title.length, 4))}`,
    ...ticket.trimEnd().split('\n').map(printable),
    '─'.repeat(width),
  ];
}
