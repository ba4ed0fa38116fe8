import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../knowledge/listener-log-lines.js';

/**
 * The statuses that visitors get where the log of rg-listener has a line with this cause, by what is published of any version; none where
 * they see nothing of it, no source says, or there is no such cause.
 */
export function visitorStatuses(id: string): readonly number[] {
  const row: ListenerLogLine | undefined = Object.hasOwn(listenerLogLines, id)
    ? listenerLogLines[id as ListenerLineId]
    : undefined;
  if (row?.kind !== 'error') return [];
  return [row.code, row.codeBefore530, row.otherCode?.code].filter((status) => typeof status === 'number');
}

/** Whether the log of rg-listener can have lines about an error that visitors get with this status. */
export function isLoggedStatus(status: number): boolean {
  return Object.keys(listenerLogLines).some((id) => visitorStatuses(id).includes(status));
}
