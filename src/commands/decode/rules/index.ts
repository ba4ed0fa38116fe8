import type { Rule } from '../../../model/rule.js';
import type { LogFacts, MalformedFacts, UnreadFacts, ValueFacts } from '../facts.js';
import { compression } from './compression.js';
import { decodedValue, malformedValue, valuesInLog } from './decodable.js';
import { expectedFormInLog, expectedFormOfValue } from './expected-form.js';
import { internalErrorInLog, internalErrorOfValue } from './internal-error.js';
import { malformedValues } from './malformed-values.js';
import { persistentDirect } from './persistent-direct.js';
import { readableInput, readableToItsEnd } from './readable.js';
import { unknownFlags } from './unknown-flags.js';

// For each kind of facts, in the order in which a person reads them.

export const rulesOfValue: readonly Rule<ValueFacts>[] = [
  decodedValue,
  expectedFormOfValue,
  internalErrorOfValue,
  compression,
  unknownFlags,
];

export const rulesOfMalformed: readonly Rule<MalformedFacts>[] = [malformedValue];

export const rulesOfLog: readonly Rule<LogFacts>[] = [
  readableToItsEnd,
  valuesInLog,
  expectedFormInLog,
  internalErrorInLog,
  persistentDirect,
  malformedValues,
];

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readableInput];
