import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, VerifiedFacts } from '../facts.js';
import { complete } from './complete.js';
import { files } from './files.js';
import { listed } from './listed.js';
import { manifest } from './manifest.js';
import { noSecret } from './no-secret.js';
import { owner } from './owner.js';
import { readable } from './readable.js';
import { size } from './size.js';
import { takenTypes } from './taken-types.js';
import { text } from './text.js';
import { unchanged } from './unchanged.js';
import { unmasked } from './unmasked.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfBundle: readonly Rule<VerifiedFacts>[] = [
  noSecret,
  unmasked,
  manifest,
  unchanged,
  complete,
  listed,
  files,
  size,
  takenTypes,
  text,
  owner,
];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [readable];
