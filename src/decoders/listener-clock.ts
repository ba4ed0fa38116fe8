import type { ListenerLine } from './listener-log-line.js';

/** How far the times of a log are ahead of the clock of Cloudflare's edge, in seconds; negative: behind. */
export interface ListenerClock {
  /** Signs of life of the edge that say when they were sent. */
  readonly pings: number;
  readonly leastAheadSeconds: number;
  readonly mostAheadSeconds: number;
}

/** Compares the times in lines of `FnPing` from the edge with those of the log. */
export interface ListenerClockReader {
  /** `at` in milliseconds since the epoch. Other lines are ignored. */
  push(line: ListenerLine, at: number | undefined): void;
  /** What was seen since the last call; nothing where no ping was. */
  report(): ListenerClock | undefined;
}

export function createListenerClockReader(): ListenerClockReader {
  let [pings, least, most] = [0, Infinity, -Infinity];
  return {
    push({ id, parts }, at) {
      // What rg-listener itself sends has its own clock.
      if (id !== 'ping' || parts['direction'] !== 'Rx' || at === undefined) return;
      const sent = instantOf(parts['time'] ?? '');
      if (sent === undefined) return;
      const ahead = Math.round(at - sent) / 1000;
      pings += 1;
      least = Math.min(least, ahead);
      most = Math.max(most, ahead);
    },
    report() {
      const seen = { pings, leastAheadSeconds: least, mostAheadSeconds: most };
      [pings, least, most] = [0, Infinity, -Infinity];
      return seen.pings === 0 ? undefined : seen;
    },
  };
}

/** As Go prints an instant: `2012-10-27 23:37:55.872617 +0000 UTC`; in milliseconds. */
function instantOf(text: string): number | undefined {
  const [all, day, time, fraction = '', zone = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,9})? ([+-]\d{4})(?: |$)/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const milliseconds = fraction === '' ? '' : `.${fraction.slice(1, 4).padEnd(3, '0')}`;
  const instant = Date.parse(`${day}T${time}${milliseconds}${zone.slice(0, 3)}:${zone.slice(3)}`);
  return Number.isNaN(instant) ? undefined : instant;
}
