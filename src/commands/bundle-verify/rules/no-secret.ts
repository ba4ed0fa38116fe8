import { notSearchedSays } from '../../../decoders/not-searched.js';
import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { VerifiedFacts } from '../facts.js';
import { named } from './named.js';

/** Places that are named one by one. */
const mostPlaces = 20;

const outOf = 'Make the bundle anew, or mask this one: rg-diag bundle redact DIR --dir NEW.';

/** Whether a secret that is known is in a file, in whatever form. */
export const noSecret: Rule<VerifiedFacts> = {
  id: 'bundle-verify/no-secret',
  means: 'Whoever gets the bundle gets the secret: do not send it.',
  remedy: outOf,
  cites: '',
  check(facts): readonly Check[] {
    const found = facts.files.flatMap(({ content }, index) =>
      content?.state === 'read'
        ? content.leaks.map((leak, at) => ({ leak, at: `/files/${index}/content/leaks/${at}` }))
        : [],
    );
    const checks = found.slice(0, mostPlaces).map(({ leak: { file, line, name, form }, at }): Check => {
      const where = line === 0 ? `in the name of ${shortened(file, 80)}` : `in ${shortened(file, 80)}, line ${line}`;
      return {
        status: 'fail',
        says: `a secret is ${where}: ${name} (${form})`,
        evidence: [at],
        code: 'exposed-secret',
        place: { file: `${facts.path}/${file}`, ...(line > 0 && { line }) },
      };
    });
    const more = found.length - checks.length;
    if (more > 0) {
      checks.push({
        status: 'fail',
        says: `${more} more places have a secret`,
        evidence: ['/files'],
        code: 'exposed-secret',
      });
    }
    return [...checks, ...unsearched(facts), ...(found.length === 0 ? [nothingFound(facts)] : [])];
  },
};

function unsearched({ files, more }: VerifiedFacts): Check[] {
  const unread = files.flatMap(({ file, content }, index) =>
    content?.state === 'unread' ? [{ file, index, failure: content.failure }] : [],
  );
  const checks: Check[] = [];
  const [first] = unread;
  if (first !== undefined) {
    checks.push({
      status: 'broken',
      says:
        unread.length === 1
          ? `not looked through: ${shortened(first.failure.detail, 200)}`
          : `not looked through: ${named(unread.map(({ file }) => file))}`,
      evidence: unread.map(({ index }) => `/files/${index}/content/failure`),
      code: first.failure.code,
      remedy:
        first.failure.code === 'permission-denied'
          ? 'Run it as the user who made the bundle, or as root.'
          : 'Look at it yourself, or leave it out.',
    });
  }
  if (more) {
    const remedy = 'Name the folder that rg-diag bundle has made.';
    const says = `only the first ${files.length} files were looked at`;
    checks.push({ status: 'broken', says, evidence: ['/more'], code: 'answer-too-long', remedy });
  }
  return checks;
}

function nothingFound({ secrets: { searched, notSearched, sources } }: VerifiedFacts): Check {
  const unread = sources.filter(({ state }) => state === 'unread').map(({ path }) => path);
  const without = unread.length === 0 ? '' : `; those of ${named(unread)} are not known, because it cannot be read`;
  const others = notSearchedSays(searched, notSearched);
  const says = `none of ${searched} known secret${searched === 1 ? '' : 's'} is in it, in any form${others}${without}`;
  if (unread.length === 0) return { status: 'pass', says, evidence: ['/secrets'] };
  return { status: 'note', says, evidence: ['/secrets/sources'], remedy: 'Run it as root, or with --config FILE.' };
}
