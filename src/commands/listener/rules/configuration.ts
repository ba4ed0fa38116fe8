import { listenerKnowledge } from '../../../knowledge/railgun-listener.js';
import { packageConf } from '../../../model/package-files.js';
import type { Rule } from '../../../model/rule.js';
import { confWord } from '../conf-word.js';
import type { SeenFacts } from '../facts.js';

function remedyOf(facts: Pick<SeenFacts, 'local'>): string {
  const word = confWord(facts);
  const operand = word === packageConf ? '' : ` ${word}`;
  return `Correct the line.\nSee what else is wrong in the file: rg-diag config check${operand}`;
}

/** Whether railgun.conf says clearly where the listener is. */
export const configuration: Rule<SeenFacts> = {
  id: 'listener/configuration',
  means: 'What rg-listener makes of such a line is not documented: it may not be where it was looked for.',
  remedy: remedyOf({}),
  cites: listenerKnowledge.parameters.source,
  skips: ({ local }) => (local === undefined ? 'it is looked at from outside' : undefined),
  check(facts) {
    const problems = facts.local?.config.problems ?? [];
    const [first] = problems;
    const evidence = ['/local/config'];
    if (first === undefined) return { status: 'pass', says: 'railgun.conf says where everything is', evidence };
    const { line, column, key, says } = first;
    const others = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    return {
      status: 'warn',
      says: `${key} in line ${line}, column ${column}: ${says}${others}`,
      evidence: ['/local/config/problems'],
      remedy: remedyOf(facts),
      code: 'malformed',
    };
  },
};
