import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { pointerTo } from '../seen-statistics.js';
import { durationText } from '../text.js';

/** So many intervals may pass before numbers are old: rg-diag's own threshold. */
const intervals = 3;

/** Seconds that clocks may differ. */
const tolerance = 60;

/** Whether the statistics are those of now. */
export const freshness: Rule<SeenFacts> = {
  id: 'listener/freshness',
  means: 'rg-listener makes its statistics anew every stats.interval minutes: these are older, so it may hang.',
  remedy: `See how busy it is: top.\nRestart it: ${listenerKnowledge.service.restart}.\nCompare the clocks: date -u.`,
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
      const remedy = 'Compare the clocks of this machine and of the listener: date -u.';
      return { status: 'note', says, evidence, remedy };
    }
    const says = `the statistics were made ${durationText(Math.max(age, 0))} ago`;
    // What an interval of 0 means is not documented.
    const interval = Math.max(local?.config.statsInterval ?? 1, 1) * 60;
    if (age > intervals * interval + tolerance) return { status: 'warn', says, evidence, code: 'stale-statistics' };
    return { status: 'pass', says, evidence };
  },
};
