import { listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import type { LogsFacts } from '../facts.js';

/** Seconds that whole seconds and the way from the edge explain. */
const usual = 5;
/** Zones differ by quarters of an hour, and by no more than this. */
const [quarter, furthestZone] = [900, 14 * 3600];
/** More than this is no clock: a year was taken wrongly. */
const weeks = 20 * 86_400;

/** The times of the log against those in the pings of the edge. */
export const clock: Rule<LogsFacts> = {
  id: 'logs/clock',
  means:
    'The times of the log are not those of Cloudflare’s edge, so that its lines are hard to compare with anything else.',
  remedy: 'Set the clock of the machine of rg-listener by NTP.',
  cites: listenerLogLines.ping.source,
  skips: ({ clock: seen }) => (seen === undefined ? 'no ping of the edge is logged' : undefined),
  check({ clock: seen }) {
    // What a ping is late by comes on top.
    const ahead = seen?.leastAheadSeconds ?? 0;
    const evidence = ['/clock'];
    const off = Math.abs(ahead);
    if (off <= usual) return { status: 'pass', says: 'the times of the log are those of the edge', evidence };
    const says = `the times of the log are ${durationText(off)} ${ahead > 0 ? 'ahead of' : 'behind'} those of the edge`;
    if (off > weeks) {
      const remedy =
        'The year of a syslog is taken from the age of the file: give the time when it was written with --now.';
      return { status: 'note', says, evidence, remedy };
    }
    const fromZone = Math.abs(off - Math.round(off / quarter) * quarter);
    if (off >= quarter - usual && off <= furthestZone && fromZone <= usual) {
      const remedy = 'The log is probably of another time zone: name it, as in TZ=Europe/Berlin rg-diag logs FILE.';
      return { status: 'note', says, evidence, remedy };
    }
    return { status: 'note', says, evidence };
  },
};
