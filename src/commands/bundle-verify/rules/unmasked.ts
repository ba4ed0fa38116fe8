import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { VerifiedFacts } from '../facts.js';

/** Lines that are named one by one. */
const mostPlaces = 20;

/** Whether masking it again would change nothing. */
export const unmasked: Rule<VerifiedFacts> = {
  id: 'bundle-verify/unmasked',
  means: 'By its name or its shape it is a secret: it came there later, or was not known when the bundle was made.',
  remedy: 'Do not send it. Mask it with today’s rules: rg-diag bundle redact DIR --dir NEW.',
  cites: '',
  check({ path, files }): Check | readonly Check[] {
    const found = files.flatMap(({ file, content }, index) =>
      content?.state === 'read' ? content.unmasked.lines.map((row, at) => ({ file, index, at, ...row })) : [],
    );
    if (found.length === 0)
      return { status: 'pass', says: 'masking it again would change nothing', evidence: ['/files'] };
    const count = files.reduce((sum, { content }) => sum + (content?.state === 'read' ? content.unmasked.count : 0), 0);
    const checks = found.slice(0, mostPlaces).map(({ file, index, at, line, name }): Check => {
      return {
        status: 'fail',
        says: `${shortened(file, 80)}, line ${line}, has what would be masked: ${name}`,
        evidence: [`/files/${index}/content/unmasked/lines/${at}`],
        code: 'exposed-secret',
        place: { file: `${path}/${file}`, line },
      };
    });
    if (count > checks.length) {
      const says = `${count - checks.length} more lines have what would be masked`;
      checks.push({ status: 'fail', says, evidence: ['/files'], code: 'exposed-secret' });
    }
    return checks;
  },
};
