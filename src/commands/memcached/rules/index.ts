import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, ServerFacts } from '../facts.js';
import { answers } from './answers.js';
import { certificate } from './certificate.js';
import { connections } from './connections.js';
import { evictions } from './evictions.js';
import { hitRatio } from './hit-ratio.js';
import { itemSize } from './item-size.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { password } from './password.js';
import { statistics } from './statistics.js';
import { version } from './version.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfServer: readonly Rule<ServerFacts>[] = [
  certificate,
  latency,
  memory,
  evictions,
  itemSize,
  connections,
  version,
  statistics,
  password,
  hitRatio,
  addressesRule('memcached'),
];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [answers, addressesRule('memcached')];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('memcached')];
