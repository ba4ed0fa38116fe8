import { addressesRule } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts, UnreadFacts } from '../facts.js';
import { addressKind } from './address-kind.js';
import { body, grammar, keepAlive, status } from './answer.js';
import { certificate } from './certificate.js';
import { edgeError } from './edge-error.js';
import { finished } from './finished.js';
import { intermittent } from './intermittent.js';
import { answerSpeed, headerSize } from './limits.js';
import { offered } from './offered.js';
import { otherModes } from './other-modes.js';
import { port } from './port.js';
import { publicPath } from './public.js';
import { railgun } from './railgun.js';
import { readable } from './readable.js';

// A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfOrigin: readonly Rule<SeenFacts>[] = [
  edgeError,
  certificate,
  publicPath,
  railgun,
  addressesRule('origin'),
  intermittent,
  addressKind,
  port,
  status,
  answerSpeed,
  headerSize,
  keepAlive,
  grammar,
  body,
  otherModes,
  offered,
  finished,
];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readable];
