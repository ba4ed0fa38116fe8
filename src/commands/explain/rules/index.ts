import type { Rule } from '../../../model/rule.js';
import type { ExplainedFacts, UnreadFacts, UnrecognisedFacts } from '../facts.js';
import { causes, checks, retry, side, support } from './action.js';
import { conflicts } from './conflicts.js';
import { conditions, meaning, otherwise } from './meaning.js';
import { readable, unrecognised } from './recognised.js';

// In the order in which somebody who was called at night needs them; a status line quotes the first.
export const rulesOfExplained: readonly Rule<ExplainedFacts>[] = [
  meaning,
  conditions,
  side,
  causes,
  checks,
  retry,
  support,
  conflicts,
  otherwise,
];

export const rulesOfUnrecognised: readonly Rule<UnrecognisedFacts>[] = [unrecognised];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readable];
