import { edge5xxOf } from '../../../knowledge/edge-5xx.js';
import { sources } from '../../../knowledge/sources.js';
import type { Rule } from '../../../model/rule.js';
import type { HarFacts } from '../facts.js';
import { entryText } from '../text.js';

/** Whether there are answers with a status of 500 or more, and what Cloudflare means by them. */
export const errors: Rule<HarFacts> = {
  id: 'har-check/errors',
  means: 'Visitors got an error page in the place of what they asked for.',
  remedy: '',
  cites: sources.index5xx,
  check({ archives }) {
    const index = archives.findIndex(({ summary }) => summary.errorCount > 0);
    const summary = archives[index]?.summary;
    const [first] = summary?.errors ?? [];
    if (summary === undefined || first === undefined) {
      return {
        status: 'pass',
        says: 'no answer has a status of 500 or more',
        evidence: ['/archives/0/summary/statuses'],
      };
    }
    const count = archives.reduce((sum, archive) => sum + archive.summary.errorCount, 0);
    const statuses = [...new Set(archives.flatMap((archive) => archive.summary.errors.map(({ status }) => status)))];
    // Of 500 to 504 the origin's own are the commonest, also behind Cloudflare.
    const row = statuses.map(edge5xxOf).find((one) => one !== undefined && one.code >= 520);
    return {
      status: 'fail',
      says: `${count} answer${count === 1 ? '' : 's'} with an error, first ${entryText(first)}`,
      evidence: [`/archives/${index}/summary/errors`],
      remedy: [
        ...(row === undefined ? [] : [row.remedy]),
        `What it means and what to check: rg-diag explain ${statuses.slice(0, 5).join(' ')}`,
        'Support asks for the ray and the time of an error: --ticket gives both.',
      ].join('\n'),
      cites: row?.source ?? sources.index5xx,
      code: first.throughCloudflare ? 'cloudflare-error' : 'origin-error',
    };
  },
};
