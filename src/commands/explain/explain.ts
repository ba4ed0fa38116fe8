import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { blocksOf } from './blocks.js';
import type { ExplainFacts } from './facts.js';
import { rulesOfExplained, rulesOfUnread, rulesOfUnrecognised } from './rules/index.js';

/** What a text means: findings, what a person should see, and what a ticket needs. */
export function explain(facts: ExplainFacts): Explanation {
  switch (facts.kind) {
    case 'explained':
      return {
        findings: judge(rulesOfExplained, facts),
        metrics: [],
        blocks: blocksOf(facts),
        // What was read from a file may hold more than what is explained.
        signals: facts.file === undefined ? [['Text', facts.text]] : [['File', facts.file]],
      };
    case 'unrecognised':
      return { findings: judge(rulesOfUnrecognised, facts), metrics: [], blocks: [], signals: [] };
    // The command that measured it has judged it.
    case 'saved':
      return { findings: [], metrics: [], blocks: [], signals: [] };
    case 'unread':
      return { findings: judge(rulesOfUnread, facts), metrics: [], blocks: [], signals: [] };
  }
}
