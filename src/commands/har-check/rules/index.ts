import type { Rule } from '../../../model/rule.js';
import type { HarFacts, UnreadFacts } from '../facts.js';
import { compared } from './compared.js';
import { errors } from './errors.js';
import { proxied } from './proxied.js';
import { railgun } from './railgun.js';
import { readable } from './readable.js';
import { slow } from './slow.js';
import { unanswered } from './unanswered.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfHar: readonly Rule<HarFacts>[] = [compared, errors, unanswered, slow, railgun, proxied];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readable];
