import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { DoctorFacts } from '../facts.js';
import { checked } from './checked.js';
import { clock } from './clock.js';
import { configuration } from './configuration.js';
import { hostsFile } from './hosts-file.js';
import { refused } from './refused.js';
import { routes } from './routes.js';

/** What the doctor itself has to say, beside what the checks found. */
export const rulesOfDoctor: readonly Rule<DoctorFacts>[] = [
  checked,
  configuration,
  hostsFile,
  routes,
  clock,
  refused,
  finishedRule('doctor'),
];
