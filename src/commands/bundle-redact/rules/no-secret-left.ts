import { notSearchedSays } from '../../../decoders/not-searched.js';
import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { RedactedFacts } from '../facts.js';

const mostNamed = 5;

/** Whether any secret that is known is still there, in whatever form. */
export const noSecretLeft: Rule<RedactedFacts> = {
  id: 'bundle-redact/no-secret-left',
  means: 'There is no new folder: what was to be masked would still be in it.',
  remedy: 'Take the file out of the folder, and do it again.\nReport it: masking must leave nothing that it knows.',
  cites: '',
  check({ path, asked, files, secrets: { searched, notSearched, leaks } }) {
    if (leaks.length === 0) {
      const others = notSearchedSays(searched, notSearched);
      return {
        status: 'pass',
        says: `${asked.directory} has ${files.length} file${files.length === 1 ? '' : 's'} of ${path}; read again, none of ${searched} secrets is left, in any form${others}`,
        evidence: ['/secrets', '/handedOver'],
      };
    }
    const named = leaks.slice(0, mostNamed).map(({ file, line, name, form }) => {
      return `${shortened(file, 80)}${line > 0 ? `, line ${line}` : ''} (${name}, ${form})`;
    });
    const more = leaks.length > mostNamed ? `; and ${leaks.length - mostNamed} more` : '';
    return {
      status: 'fail',
      says: `a secret is left: ${named.join('; ')}${more}`,
      evidence: ['/secrets/leaks'],
      code: 'exposed-secret',
    };
  },
};
