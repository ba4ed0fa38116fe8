import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { redactBlocks } from './blocks.js';
import type { BundleRedactFacts } from './facts.js';
import { metricsOf } from './metrics.js';
import { rulesOfBundle, rulesOfFailed } from './rules/index.js';

/** What it means what was masked, and whether anything is left. */
export function explain(facts: BundleRedactFacts): Explanation {
  if (facts.kind === 'failed') {
    return { findings: judge(rulesOfFailed, facts), metrics: metricsOf(facts), blocks: [], signals: [] };
  }
  return {
    findings: judge(rulesOfBundle, facts),
    metrics: metricsOf(facts),
    blocks: redactBlocks(facts),
    signals: [['Masked', `${facts.files.length} files, ${facts.leftOut.length} left out`]],
  };
}
