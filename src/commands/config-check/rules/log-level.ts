import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { sources } from '../../../knowledge/sources.js';
import { confRule } from './conf-rule.js';

/** Whether everything is still logged, after somebody looked for a fault. */
export const logLevel = confRule({
  id: 'log-level',
  means: 'Every request leaves several lines in the log, with the addresses of visitors: it is not for production.',
  remedy: 'Set log.level = 0 when the fault is found.',
  cites: railgunParameterOf('log.level')?.source ?? sources.railgunLogging,
  well: 'the log level is one for production',
  *find(conf) {
    const by = conf.last('log.level');
    if (by === undefined || conf.number('log.level') !== 5) return;
    yield { status: 'warn', code: 'debug-logging', says: 'log.level = 5: everything is logged', by };
  },
});
