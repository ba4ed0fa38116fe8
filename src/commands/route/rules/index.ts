import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, WayFacts } from '../facts.js';
import { cloudflare } from './cloudflare.js';
import { failed } from './failed.js';
import { finished } from './finished.js';
import { loop } from './loop.js';
import { loss } from './loss.js';
import { probes } from './probes.js';
import { reached } from './reached.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfRoute: readonly Rule<WayFacts>[] = [
  reached,
  loop,
  finished,
  loss,
  addressesRule('route'),
  cloudflare,
  probes,
];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [failed, addressesRule('route')];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('route')];
