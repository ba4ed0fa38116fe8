import { addressesRule, resolvedRule, type UnresolvedFacts } from '../../../model/reach.js';
import type { Rule } from '../../../model/rule.js';
import type { FailedFacts, SeenFacts } from '../facts.js';
import { activated } from './activated.js';
import { alike } from './alike.js';
import { answers } from './answers.js';
import { balancer } from './balancer.js';
import { bound } from './bound.js';
import { certificate } from './certificate.js';
import { configuration } from './configuration.js';
import { exposed } from './exposed.js';
import { freshness } from './freshness.js';
import { memory } from './memory.js';
import { originResponses } from './origin-responses.js';
import { panicLog } from './panic-log.js';
import { pidFile } from './pid-file.js';
import { port } from './port.js';
import { process } from './process.js';
import { readable } from './readable.js';
import { requests } from './requests.js';
import { restarts } from './restarts.js';
import { retries } from './retries.js';
import { servedPanics } from './served-panics.js';
import { sharedLoad } from './shared-load.js';
import { statistics } from './statistics.js';
import { tls } from './tls.js';
import { version } from './version.js';
import { wanChurn } from './wan-churn.js';

// For each kind of facts. A status line quotes the first of the worst, so what tells most comes first.

export const rulesOfListener: readonly Rule<SeenFacts>[] = [
  process,
  port,
  answers,
  tls,
  certificate,
  activated,
  bound,
  panicLog,
  servedPanics,
  restarts,
  originResponses,
  requests,
  wanChurn,
  memory,
  retries,
  statistics,
  freshness,
  exposed,
  pidFile,
  configuration,
  balancer,
  alike,
  sharedLoad,
  version,
  addressesRule('listener'),
];

export const rulesOfFailed: readonly Rule<FailedFacts>[] = [readable];

export const rulesOfUnresolved: readonly Rule<UnresolvedFacts>[] = [resolvedRule('listener')];
