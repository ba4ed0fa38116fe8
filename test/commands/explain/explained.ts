import { explain } from '../../../src/commands/explain/explain.js';
import type { ExplainFacts } from '../../../src/commands/explain/facts.js';
import { recogniseText } from '../../../src/decoders/explained-text.js';
import type { Finding } from '../../../src/model/finding.js';

/** Everything that `rg-diag explain TEXT` says: in the findings, which every format has, and in all of it. */
export interface Explained {
  readonly readings: ReturnType<typeof recogniseText>['readings'];
  readonly findings: readonly Finding[];
  /** What one rule says and advises. */
  of(rule: string): string;
  readonly all: string;
}

export function explained(text: string): Explained {
  const { readings } = recogniseText(text);
  const facts: ExplainFacts = { kind: 'explained', asked: {}, text, readings };
  const { findings, blocks } = explain(facts);
  const of = (rule: string) => {
    const finding = findings.find((candidate) => candidate.rule === `explain/${rule}`);
    return finding === undefined ? '' : `${finding.says}\n${finding.remedy}`;
  };
  const said = findings.map(({ says, remedy }) => `${says}\n${remedy}`);
  return { readings, findings, of, all: [...said, JSON.stringify(blocks)].join('\n') };
}
