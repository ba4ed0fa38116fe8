import type { Finding } from '../../model/finding.js';
import { resolvePointer } from '../../model/pointer.js';
import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { judgedAnew } from './anew.js';
import { originBlocks } from './blocks.js';
import type { OriginFacts, SeenFacts } from './facts.js';
import { maskedQueries, maskedUrl } from './masked-url.js';
import { originMetrics } from './metrics.js';
import { edgeError, meaningOf } from './rules/edge-error.js';
import { rulesOfOrigin, rulesOfUnread } from './rules/index.js';
import { originSignals } from './signals.js';
import { isProxied } from './verdict.js';

/** What the origin means to visitors: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: OriginFacts): Explanation {
  if (facts.kind === 'unread') {
    const signals = [['URL', maskedUrl(facts.url)]] as const;
    return { findings: judge(rulesOfUnread, facts), metrics: [], blocks: [], signals };
  }
  const anew = judgedAnew(facts);
  return {
    findings: judge(rulesOfOrigin, anew).map((finding) => shown(finding, anew, facts)),
    metrics: originMetrics(anew),
    blocks: originBlocks(anew),
    signals: originSignals(anew),
  };
}

/** What an error means, and whose side it is, depends on the error; what the origin was asked may be secret. */
function shown(finding: Finding, anew: SeenFacts, facts: SeenFacts): Finding {
  const isError = finding.rule === edgeError.id && finding.means !== '';
  return {
    ...finding,
    says: maskedQueries(finding.says),
    ...(isError && { means: meaningOf(anew) }),
    evidence: evidenceIn(facts, anew, finding),
  };
}

/** Where the evidence is in the facts as they are, which may have another attempt on top, or not all that was concluded. */
function evidenceIn(facts: SeenFacts, { decisive }: SeenFacts, { evidence, status }: Finding): readonly string[] {
  const isOnTop =
    decisive === undefined ||
    isProxied(facts) ||
    (facts.decisive?.address === decisive.address && facts.decisive.attempt === decisive.attempt);
  const base = isOnTop ? '' : `/addresses/${decisive.address}/attempts/${decisive.attempt}`;
  const there = evidence
    .map((pointer) => (/^\/(?:stages|tls|http)\b/.test(pointer) ? `${base}${pointer}` : pointer))
    .filter((pointer) => resolvePointer(facts, pointer) !== undefined);
  return there.length > 0 || status === 'skip' ? there : ['/addresses'];
}
