import { railgunParameterOf } from '../../../knowledge/railgun-parameters.js';
import { railgunReload } from '../../../knowledge/railgun-reload.js';
import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import { rowOf } from '../causes.js';
import type { LogsFacts } from '../facts.js';
import { counted } from '../text.js';

/** Less is somebody who looks for something: lines, and seconds from the first to the last. */
const sustained = { lines: 1000, seconds: 3600 };

/** log.level = 5 that nobody turned off. */
export const debugLogging: Rule<LogsFacts> = {
  id: 'logs/debug-logging',
  means: 'log.level = 5 writes many lines for each request, with the addresses of visitors, and is not for production.',
  remedy: `When you have what you need: set log.level = 0 in railgun.conf, and ${railgunReload('log.level')} (or restart it: the documents name both).`,
  cites: railgunParameterOf('log.level')?.source ?? '',
  check({ causes }) {
    const evidence = ['/causes'];
    const debug = causes.filter(({ id }) => rowOf(id)?.kind === 'debug');
    const lines = debug.reduce((sum, { count }) => sum + count, 0);
    if (lines === 0) return { status: 'pass', says: 'no line of log.level = 5', evidence };
    const instants = debug.flatMap(({ first, last }) =>
      [first, last].flatMap((at) => (at === undefined ? [] : Date.parse(at))),
    );
    const seconds = instants.length === 0 ? 0 : (Math.max(...instants) - Math.min(...instants)) / 1000;
    const over = seconds > 0 ? ` over ${durationText(seconds)}` : '';
    const says = `${counted(lines, 'line')} of log.level = 5${over}`;
    return lines >= sustained.lines && seconds >= sustained.seconds
      ? { status: 'warn', says, evidence, code: 'debug-logging' }
      : { status: 'note', says, evidence };
  },
};
