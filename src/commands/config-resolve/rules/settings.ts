import { sources } from '../../../knowledge/sources.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { DestinationFacts } from '../facts.js';
import { checkCommand } from '../text.js';

/** Whether the settings that decide can be read as what they should be. */
export const settings: Rule<DestinationFacts> = {
  id: 'config-resolve/settings',
  means: 'A setting that decides where requests go is not as it should be: another one was taken for it.',
  remedy: '',
  cites: sources.railgunExecution,
  check({ listener, asked }): Check | readonly Check[] {
    const { problems, config: file } = listener;
    if (problems.length === 0) {
      return { status: 'pass', says: 'map.file, insecure.origin and wan.port can be read', evidence: ['/listener'] };
    }
    return problems.map(({ line, column, key, code, says }, index) => ({
      status: 'warn',
      says: says.startsWith(key) ? says : `${key}: ${says}`,
      evidence: [`/listener/problems/${index}`],
      code: code === 'duplicate' ? 'duplicate-key' : 'invalid-value',
      remedy: `Correct the line.\nSee what else is wrong in the file: ${checkCommand(asked)}`,
      place: { file, line, column },
    }));
  },
};
