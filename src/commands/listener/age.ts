/** Seconds between two instants of RFC 3339, the earlier first: whole ones, for the system counts no smaller. */
export function secondsBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 1000);
}
