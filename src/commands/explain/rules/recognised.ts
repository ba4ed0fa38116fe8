import type { Failure } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { UnreadFacts, UnrecognisedFacts } from '../facts.js';

const known =
  'It explains codes (522, 1016), HTTP status lines, CF-Cache-Status, Cf-Railgun and CF-RAY values, lines of the logs of rg-listener and nginx, access-log lines with a status from 500 on, messages of curl, and saved error pages of Cloudflare with -i FILE.';

export const unrecognised: Rule<UnrecognisedFacts> = {
  id: 'explain/recognised',
  means: 'None of the sources behind this program has it.',
  remedy: known,
  cites: '',
  check({ code, nearest, text }) {
    const suggestion = nearest === undefined ? [] : [`Did you mean ${nearest}? rg-diag explain "${nearest}"`];
    const asFlags = code !== undefined && String(code).length === 4 ? [`As a flags word: rg-diag decode ${code}`] : [];
    return {
      status: 'broken',
      says: code === undefined ? whatIsMissing(text) : `${code} is not listed: no source has an error with this code`,
      evidence: [...(code === undefined ? ['/text'] : ['/code']), ...(nearest === undefined ? [] : ['/nearest'])],
      remedy: [...suggestion, ...asFlags, known].join('\n'),
      code: 'malformed',
    };
  },
};

function whatIsMissing(text: string): string {
  return text.trim() === ''
    ? 'there is nothing to explain: the text is empty'
    : 'not recognised: nothing in it can be explained';
}

export const readable: Rule<UnreadFacts> = {
  id: 'explain/readable',
  means: 'The file could not be read.',
  remedy: 'Check the name and the permissions of the file.',
  cites: '',
  check: (facts) => {
    const { failure } = facts;
    return {
      // How the end of the run counts is for the user to say.
      status: failure.byRun === true ? statusOfFailure(failure, facts) : 'broken',
      says: `cannot be read: ${failure.detail}`,
      evidence: ['/failure'],
      code: failure.code,
      ...remedyOf(failure),
    };
  },
};

function remedyOf({ byRun, code }: Failure): { readonly remedy?: string } {
  if (byRun === true) return { remedy: 'Give the run more time with --timeout.' };
  if (code !== 'malformed') return {};
  return {
    remedy: 'Save it with --json and give it unchanged, to an rg-diag that is not older than the one that saved it.',
  };
}
