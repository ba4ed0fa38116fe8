import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { BundleFacts } from '../facts.js';
import { types } from './accepted.js';
import { byHandRule } from './by-hand.js';
import { complete } from './complete.js';
import { cut } from './cut.js';
import { diagnosis } from './diagnosis.js';
import { handedOver } from './handed-over.js';
import { secretsKnown } from './secrets-known.js';

// A status line quotes the first of the worst, so what tells most comes first.
export const rulesOfBundle: readonly Rule<BundleFacts>[] = [
  handedOver,
  secretsKnown,
  complete,
  types,
  finishedRule('bundle'),
  diagnosis,
  byHandRule,
  cut,
];
