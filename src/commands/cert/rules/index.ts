import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, FileFacts, JudgedChain, ServerFacts, UnreadFacts } from '../facts.js';
import { extra, order, readable } from './chain.js';
import { listener, modes } from './cloudflare.js';
import { grade } from './grade.js';
import { handshake, readableFile, unseen } from './handshake.js';
import { commonNameOnly, hostname } from './names.js';
import { revoked, staleRevocation, staple, unverifiedRevocation } from './revocation.js';
import { weakKey, weakSignature } from './strength.js';
import {
  authority,
  constraints,
  invalidSignature,
  missingIntermediate,
  originCa,
  purpose,
  selfSigned,
  untrustedIssuer,
} from './trust.js';
import { expired, expiring, notYetValid } from './validity.js';

// A status line quotes the first of the worst, so what tells most comes first.
const ofChain: readonly Rule<JudgedChain>[] = [
  expired,
  notYetValid,
  hostname,
  revoked,
  selfSigned,
  untrustedIssuer,
  missingIntermediate,
  invalidSignature,
  authority,
  constraints,
  purpose,
  weakKey,
  weakSignature,
  expiring,
  readable,
  originCa,
  commonNameOnly,
  order,
  extra,
  staple,
  staleRevocation,
  unverifiedRevocation,
];

export const rulesOfServer: readonly Rule<ServerFacts>[] = [
  handshake,
  ...ofChain,
  addressesRule('cert'),
  grade,
  modes,
  listener,
];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [unseen, addressesRule('cert')];

export const rulesOfFile: readonly Rule<FileFacts>[] = ofChain;

export const rulesOfUnread: readonly Rule<UnreadFacts>[] = [readableFile];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('cert')];
