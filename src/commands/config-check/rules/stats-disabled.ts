import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

const outputs = ['stats.log', 'stats.url', 'stats.listen'] as const;

/** Whether statistics are both gathered and put somewhere, or neither. */
export const statsDisabled = confRule({
  id: 'stats-disabled',
  means:
    'Statistics are gathered only with stats.enabled = 1, and go only where stats.log, stats.url or stats.listen says.',
  remedy: 'Set stats.enabled = 1, or take the line out.',
  cites: railgunParameterOf('stats.enabled')?.source ?? sources.railgunAdministration,
  well: 'statistics are gathered and put somewhere, or neither',
  *find(conf) {
    const enabled = conf.last('stats.enabled');
    const isOn = conf.text('stats.enabled') === '1';
    const set = outputs.flatMap((key) => {
      const by = conf.last(key);
      // One that may not be seen is there; one that cannot be read leads nowhere.
      const text = isOn ? conf.held(key).text : by?.meant;
      return by === undefined || text === '' || text === '0' ? [] : [by];
    });
    if (isOn && set.length === 0) {
      const says = 'stats.enabled = 1, and statistics go nowhere';
      const remedy = 'Set stats.listen = 127.0.0.1:24088 to ask for them, or stats.log = 1 to have them in the log.';
      yield { status: 'note', says, remedy, ...(enabled !== undefined && { by: enabled }) };
    }
    if (isOn) return;
    for (const by of set) {
      const says = `${by.row?.key} does nothing: stats.enabled is not 1`;
      const evidence = enabled === undefined ? [] : [`${enabled.pointer}/value`];
      yield { status: 'warn', code: 'ineffective-setting', says, by, evidence };
    }
  },
});
