import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, RedactedFacts } from '../facts.js';
import { done } from './done.js';
import { leftOut } from './left-out.js';
import { masked } from './masked.js';
import { noSecretLeft } from './no-secret-left.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfBundle: readonly Rule<RedactedFacts>[] = [noSecretLeft, masked, leftOut];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [done];
