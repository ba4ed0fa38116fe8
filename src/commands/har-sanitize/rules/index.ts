import type { Rule } from '../../../model/rule.js';
import type { SanitizedFacts, UnreadFacts } from '../facts.js';
import { masked } from './masked.js';
import { noSecretLeft } from './no-secret-left.js';
import { readable } from './readable.js';
import { size } from './size.js';
import { valid } from './valid.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfSanitized: readonly Rule<SanitizedFacts>[] = [noSecretLeft, masked, valid, size];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readable];
