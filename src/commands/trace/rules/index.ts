import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, NotATraceFacts, TraceAnswerFacts } from '../facts.js';
import { client } from './client.js';
import { answeredByDataCentre } from './data-centre.js';
import { expectedValues } from './expected-values.js';
import { failed } from './failed.js';
import { ray } from './ray.js';
import { notATrace } from './recognised.js';
import { quick } from './time.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfTrace: readonly Rule<TraceAnswerFacts>[] = [
  answeredByDataCentre,
  expectedValues,
  quick,
  addressesRule('trace'),
  ray,
  client,
];

export const rulesOfNotATrace: readonly Rule<NotATraceFacts>[] = [notATrace, addressesRule('trace')];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [failed, addressesRule('trace')];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('trace')];
