import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { pointerTo } from '../seen-statistics.js';

/** So many intervals may pass before numbers are old: rg-diag's own threshold. */
const intervals = 3;

/** Seconds that clocks may differ. */
const tolerance = 60;

function remedyOf(top: string): string {
  return `See how busy it is: ${top}\nRestart it: ${listenerKnowledge.service.restart}\nCompare the clocks: date -u`;
}

/** Whether the statistics are those of now. */
export const freshness: Rule<SeenFacts> = {
  id: 'listener/freshness',
  means:
    'rg-listener makes its statistics anew every stats.interval minutes: where they are older, it may hang. Three of these intervals and a minute are the threshold, which is rg-diag’s own.',
  remedy: remedyOf('top'),
  cites: listenerKnowledge.statistics.source,
  skips: ({ statistics }) =>
    statistics.state !== 'read'
      ? 'there are no statistics'
      : statistics.ageSeconds === undefined
        ? 'the statistics do not say when they were made'
        : undefined,
  check({ statistics, local }) {
    const age = (statistics.state === 'read' ? statistics.ageSeconds : undefined) ?? 0;
    const evidence = ['/statistics/ageSeconds', pointerTo('time')];
    if (age < -tolerance) {
      const says = `the statistics are from ${durationText(age)} in the future`;
      const remedy = 'Compare the clocks of this machine and of the listener: date -u';
      return { status: 'note', says, evidence, remedy };
    }
    const says = `the statistics were made ${durationText(Math.max(age, 0))} ago`;
    // What an interval of 0 means is not documented; 1 is the shortest other one.
    const interval = Math.max(local?.config.statsInterval ?? 1, 1) * 60;
    if (age <= intervals * interval + tolerance) return { status: 'pass', says, evidence };
    if (local === undefined) {
      const remedy = 'Compare it with stats.interval in the railgun.conf of that listener.';
      return { status: 'note', says: `${says}; how often it makes them is not known here`, evidence, remedy };
    }
    const pid = local.processes.state === 'seen' ? local.processes.processes[0]?.pid : undefined;
    return {
      status: 'warn',
      says,
      evidence: [...evidence, '/local/config/statsInterval'],
      remedy: remedyOf(pid === undefined ? 'top' : `top -p ${pid}`),
      code: 'stale-statistics',
    };
  },
};
