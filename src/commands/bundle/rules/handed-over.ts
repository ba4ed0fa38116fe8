import { notSearchedSays } from '../../../decoders/not-searched.js';
import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { BundleFacts } from '../facts.js';
import { megabytes } from '../megabytes.js';

/** Leaks that are named: who looks at these finds the others. */
const mostNamed = 10;

/** Whether there is a bundle, and no secret in it. */
export const handedOver: Rule<BundleFacts> = {
  id: 'bundle/handed-over',
  means: 'There is no bundle.',
  remedy: '',
  cites: '',
  skips: ({ result }) => (result === undefined ? 'nothing was to be written' : undefined),
  check({ result }): Check {
    switch (result?.state) {
      case 'handed-over': {
        const { directory, files, bytes, redaction, withoutArchive } = result;
        if (withoutArchive !== undefined) {
          const says = `the folder ${shortened(directory, 200)} is whole, and the archive could not be made: ${withoutArchive.detail}`;
          return {
            status: 'broken',
            says,
            evidence: ['/result/withoutArchive'],
            code: withoutArchive.code,
            remedy: 'Make it by hand, if somebody wants one: support takes the files of the folder.',
          };
        }
        const { searched, notSearched, masked } = redaction;
        const others = notSearchedSays(searched, notSearched);
        const says = `${files} files, ${megabytes(bytes)}, are in ${shortened(directory, 200)}; what is secret is masked at ${masked === 1 ? '1 place' : `${masked} places`}, and read again none of ${searched} different secrets is left, in any form${others}`;
        return { status: 'pass', says, evidence: ['/result'] };
      }
      case 'withheld':
        return withheld(result.redaction.leaks);
      case 'failed': {
        const { code, detail } = result.failure;
        const says = `the bundle could not be written: ${detail}`;
        return { status: 'broken', says, evidence: ['/result/failure'], code, remedy: remedyOf(code) };
      }
      case undefined:
        return { status: 'note', says: 'nothing was written', evidence: ['/parts'] };
    }
  },
};

function withheld(leaks: readonly { file: string; line: number; name: string; form: string }[]): Check {
  const named = leaks
    .slice(0, mostNamed)
    .map(({ file, line, name, form }) => `${shortened(file, 120)}:${line} (${shortened(name, 80)}, ${form})`);
  const more = leaks.length > named.length ? `; and ${leaks.length - named.length} more` : '';
  return {
    status: 'fail',
    says: `a secret was left, so nothing is handed over: ${named.join('; ')}${more}`,
    evidence: ['/result/redaction/leaks'],
    code: 'exposed-secret',
    remedy:
      'Take the secret out of what the file is made of, or leave that part out with --skip, and run it again.\n' +
      'Report it: a secret that was known and not masked is a mistake in the program.',
  };
}

function remedyOf(code: string): string {
  switch (code) {
    case 'invalid-path':
      return 'Name a folder that is not there yet: --dir DIR.';
    case 'no-space':
      return 'Make room, or name a folder on another disk: --dir DIR.';
    case 'permission-denied':
    case 'read-only':
      return 'Name a folder where you may write: --dir DIR.';
    default:
      return 'Check the folder that --dir names, or the one that rg-diag runs in: nothing is overwritten, and no link is followed.';
  }
}
