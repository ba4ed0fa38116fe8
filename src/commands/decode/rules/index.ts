import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { LogFacts, MalformedFacts, UnreadFacts, ValueFacts } from '../facts.js';
import { compression } from './compression.js';
import { decodedValue, malformedValue, valuesInLog } from './decodable.js';
import { expectedFormInLog, expectedFormOfValue } from './expected-form.js';
import { internalErrorInLog, internalErrorOfValue } from './internal-error.js';
import { malformedValues } from './malformed-values.js';
import { persistentDirect } from './persistent-direct.js';
import { readableInput, readableToItsEnd } from './readable.js';
import { uncompressedLog } from './uncompressed-log.js';
import { unknownFlags } from './unknown-flags.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfValue: readonly Rule<ValueFacts>[] = [
  expectedFormOfValue,
  internalErrorOfValue,
  compression,
  unknownFlags,
  decodedValue,
];

export const rulesOfMalformed: readonly Rule<MalformedFacts>[] = [malformedValue];

export const rulesOfLog: readonly Rule<LogFacts>[] = [
  finishedRule('decode'),
  valuesInLog,
  readableToItsEnd,
  expectedFormInLog,
  internalErrorInLog,
  persistentDirect,
  uncompressedLog,
  malformedValues,
];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readableInput];
