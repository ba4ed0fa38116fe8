import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { PortsFacts, UnixFacts } from '../facts.js';
import { answer } from './answer.js';
import { openPorts, openSocket } from './open.js';
import { speed } from './speed.js';
import { tls } from './tls.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfPorts: readonly Rule<PortsFacts>[] = [
  openPorts,
  tls,
  answer,
  speed,
  finishedRule('probe'),
  addressesRule('probe'),
];

export const rulesOfUnix: readonly Rule<UnixFacts>[] = [openSocket, tls, answer, speed, finishedRule('probe')];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('probe')];
