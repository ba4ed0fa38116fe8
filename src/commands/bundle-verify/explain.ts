import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { verifyBlocks } from './blocks.js';
import type { BundleVerifyFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfBundle, rulesOfFailed } from './rules/index.js';

/** What it means how a bundle compares with its manifest, and what was found in it. */
export function explain(facts: BundleVerifyFacts): Explanation {
  if (facts.kind === 'failed') {
    return { findings: judge(rulesOfFailed, facts), metrics: metricsOf(facts), blocks: [], signals: [] };
  }
  const { manifest, files } = facts;
  const made = manifest.state === 'read' ? `${manifest.at}, rg-diag ${manifest.version}` : 'unknown';
  return {
    findings: judge(rulesOfBundle, facts),
    metrics: metricsOf(facts),
    blocks: verifyBlocks(facts),
    signals: [['Bundle', `${files.length} files, made ${made}`]],
  };
}
