import { addressesRule } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { DestinationFacts, UnreadFacts } from '../facts.js';
import { ambiguity } from './ambiguity.js';
import { destination } from './destination.js';
import { pointing } from './pointing.js';
import { port } from './port.js';
import { proxied } from './proxied.js';
import { reachable } from './reachable.js';
import { readable } from './readable.js';
import { scheme } from './scheme.js';
import { settings } from './settings.js';
import { unusable } from './unusable.js';
import { wildcard } from './wildcard.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first: where all is well, where it goes.

export const rulesOfDestination: readonly Rule<DestinationFacts>[] = [
  destination,
  pointing,
  reachable,
  addressesRule('config-resolve'),
  port,
  ambiguity,
  unusable,
  wildcard,
  settings,
  scheme,
  proxied,
];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readable];
