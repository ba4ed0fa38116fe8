import type { Finding } from '../../model/finding.js';
import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { originBlocks } from './blocks.js';
import type { OriginFacts, SeenFacts } from './facts.js';
import { maskedQueries, maskedUrl } from './masked-url.js';
import { originMetrics } from './metrics.js';
import { edgeError, meaningOf } from './rules/edge-error.js';
import { rulesOfOrigin, rulesOfUnread } from './rules/index.js';
import { originSignals } from './signals.js';

/** What the origin means to visitors: findings, numbers, what a person should see, and what a ticket needs. */
export function explain(facts: OriginFacts): Explanation {
  if (facts.kind === 'unread') {
    const signals = [['URL', maskedUrl(facts.url)]] as const;
    return { findings: judge(rulesOfUnread, facts), metrics: [], blocks: [], signals };
  }
  return {
    findings: judge(rulesOfOrigin, facts).map((finding) => shown(finding, facts)),
    metrics: originMetrics(facts),
    blocks: originBlocks(facts),
    signals: originSignals(facts),
  };
}

/** What an error means, and whose side it is, depends on the error; what the origin was asked may be secret. */
function shown(finding: Finding, facts: SeenFacts): Finding {
  const isError = finding.rule === edgeError.id && finding.means !== '';
  return { ...finding, says: maskedQueries(finding.says), ...(isError && { means: meaningOf(facts) }) };
}
