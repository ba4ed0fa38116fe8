import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { LogsFacts } from '../facts.js';
import { activation } from './activation.js';
import { causes } from './cause.js';
import { clock } from './clock.js';
import { debugLogging } from './debug-logging.js';
import { readable } from './readable.js';
import { recognised } from './recognised.js';
import { hungRequests, originErrors, slowOrigin } from './requests.js';
import { unrecognised } from './unrecognised.js';
import { visitorErrorsRule } from './visitor-errors.js';

// A status line quotes the first of the worst, or where all is well the first one: what tells most comes first.
export const rulesOfLog: readonly Rule<LogsFacts>[] = [
  finishedRule('logs'),
  visitorErrorsRule,
  activation,
  ...causes,
  hungRequests,
  slowOrigin,
  originErrors,
  debugLogging,
  readable,
  recognised,
  unrecognised,
  clock,
];
