import { instantOf } from '../../decoders/instant.js';
import { hasRailgun, type SourceSeen } from './inventory.js';
import type { Planning, ProposedPart } from './plan.js';
import { fromFile } from './plan-files.js';
import type { LogExtent } from './planned-part.js';

/** Paths that are shown of a log with its rotated files. */
const mostShown = 3;

/** The lines of rg-listener, and the logs of the web server that were given. */
export function planOfLogs(planning: Planning): ProposedPart[] {
  const { asked, inventory, fileName } = planning;
  const extent = extentOf(planning);
  const web = inventory.originLogs.map(
    (seen): ProposedPart => ({
      kind: 'origin-log',
      file: fileName('origin-log', String(inventory.originLogs.indexOf(seen) + 1), 'txt'),
      what: 'end of a log of the web server',
      how: seen.path,
      evidence: ['origin-log'],
      named: true,
      from: fromFile(withAtMost(seen, asked.logBytes), inventory.isRoot, (path) => ({
        kind: 'origin-log',
        path,
        extent,
      })),
    }),
  );
  const log: ProposedPart = {
    kind: 'log',
    file: fileName('log', '', 'txt'),
    what: 'what rg-listener logged',
    how: howOf(planning),
    evidence: ['log'],
    named: asked.logs !== undefined,
    from: fromLogs(planning, extent),
  };
  return [log, ...web];
}

function extentOf({ asked, inventory: { now } }: Planning): LogExtent {
  return { since: instantOf(asked.since, now) ?? 0, bytes: asked.logBytes };
}

function howOf({ asked, inventory }: Planning): string {
  const { logs, hasJournal } = inventory;
  if (logs.length === 0) return hasJournal ? `journalctl, since ${asked.since}` : '/var/log/syslog, /var/log/messages';
  const shown = logs.slice(-mostShown).map(({ path }) => path);
  const more = logs.length > shown.length ? ` and ${logs.length - shown.length} older` : '';
  return `${shown.reverse().join(', ')}${more}, since ${asked.since}`;
}

function fromLogs({ asked, inventory }: Planning, extent: LogExtent): ProposedPart['from'] {
  const { logs, hasJournal, isRoot } = inventory;
  if (!hasRailgun(inventory) && asked.logs === undefined) {
    return { why: 'rg-listener is not on this machine', because: 'absent' };
  }
  if (logs.length === 0) {
    // The journal has no size that could be known before.
    if (hasJournal) return { source: { kind: 'journal', extent } };
    return { why: 'there is neither a log of the system nor a journal' };
  }
  const there = logs.filter((seen) => seen.state === 'there');
  const [wrong] = logs.filter((seen) => seen.state !== 'there').reverse();
  if (there.length === 0 && wrong !== undefined) return fromFile(wrong, isRoot);
  const bytes = there.reduce((sum, file) => sum + Math.min(file.bytes, extent.bytes), 0);
  return { source: { kind: 'log', paths: logs.map(({ path }) => path), extent }, bytes };
}

function withAtMost(seen: SourceSeen, bytes: number): SourceSeen {
  return seen.state === 'there' ? { ...seen, bytes: Math.min(seen.bytes, bytes) } : seen;
}
