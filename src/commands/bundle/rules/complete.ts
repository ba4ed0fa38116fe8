import { sources } from '../../../knowledge/sources.js';
import type { Check, Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { BundleFacts, PartKind } from '../facts.js';
import { lacking, partsThatAre, type Unanswered, unanswered } from '../parts.js';

/** Reasons that are named one by one, and files of one reason. */
const mostNamed = 12;
const mostFiles = 5;

const nameIt = 'Name the HOST that the case is about, or the configuration of rg-listener: --config FILE.';

/** Whether all is there that was wanted. */
export const complete: Rule<BundleFacts> = {
  id: 'bundle/complete',
  means: 'Support may ask for it; what is there is worth sending.',
  remedy: 'Look why it is missing, and run it again; or send what is there.',
  cites: sources.support,
  check(facts): Check | readonly Check[] {
    const missing = lacking(facts);
    const unasked = unanswered(facts);
    const groups = byReason(missing);
    const checks = groups.slice(0, mostNamed).map((group) => missingCheck(group, facts));
    if (groups.length > mostNamed) {
      const more = groups.slice(mostNamed).reduce((sum, group) => sum + group.length, 0);
      checks.push({ status: 'warn', says: `${more} more files are missing`, evidence: ['/parts'], code: 'no-value' });
    }
    checks.push(
      ...unasked.map((one) =>
        one.failed.length > 0 ? failedCheck(one) : unansweredCheck(one.item.says, one.at, facts),
      ),
    );
    if (checks.length > 0) return checks;
    const there = facts.parts.length - partsThatAre(facts, 'missing').length;
    if (there === 0) {
      const says = 'there is nothing to gather here';
      return { status: 'warn', says, evidence: ['/parts'], code: 'no-value', remedy: nameIt };
    }
    return { status: 'pass', says: `no part is missing: all ${there} are there`, evidence: ['/parts'] };
  },
};

type Lacking = ReturnType<typeof lacking>;

/** What is missing for the same reason is one thing to see to. */
function byReason(missing: Lacking): Lacking[] {
  const groups = new Map<string, Lacking>();
  for (const each of missing) {
    const { why } = each.part.state;
    groups.set(why, [...(groups.get(why) ?? []), each]);
  }
  return [...groups.values()];
}

function missingCheck(group: Lacking, facts: BundleFacts): Check {
  const [first] = group;
  const { why = '', needsRoot } = first?.part.state ?? {};
  const names = group.map(({ part }) => part.file);
  const shown = names.length > mostFiles ? [...names.slice(0, mostFiles), `${names.length - mostFiles} more`] : names;
  const says = `${shown.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing: ${shortened(why, 300)}`;
  const evidence = group.map(({ at }) => `${at}/state`);
  if (needsRoot === true) {
    const remedy = 'Root could read it: run the same again with sudo.';
    return { status: 'warn', says, evidence, code: 'permission-denied', remedy };
  }
  const remedy = remedyOf(first?.part.file ?? '', first?.part.kind, facts);
  return { status: 'warn', says, evidence, code: 'no-value', ...(remedy !== undefined && { remedy }) };
}

function remedyOf(file: string, kind: PartKind | undefined, { asked, railgun }: BundleFacts): string | undefined {
  if (file.startsWith('route-to-cloudflare')) {
    return 'Run it at the origin, with a log of its web server: --origin-log FILE.';
  }
  return kind === 'checks' && asked.hosts.length === 0 && railgun === undefined ? nameIt : undefined;
}

function failedCheck({ item: { says }, at, failed }: Unanswered): Check {
  const names = failed.map(({ part }) => part.file);
  const more = names.length > mostFiles ? ` and ${names.length - mostFiles} more` : '';
  const lines = failed.slice(0, mostFiles).map(({ part }) => part.how);
  return {
    status: 'warn',
    says: `support asks for this, and ${names.slice(0, mostFiles).join(', ')}${more} ${names.length === 1 ? 'says' : 'say'} only why there is nothing: ${says}`,
    evidence: [at, ...failed.map((one) => one.at)],
    code: 'no-value',
    remedy: `See in the file why there is nothing, and get it again:\n${lines.join('\n')}`,
  };
}

function unansweredCheck(says: string, at: string, { railgun }: BundleFacts): Check {
  const where =
    railgun === undefined
      ? 'If it is about Railgun, run it on the machine of rg-listener, or name its files: --config FILE --log FILE.'
      : 'Look why there is no such file here: --dry-run says what is looked for.';
  const remedy = `${where}\nIf it is about a host, name it: rg-diag bundle HOST.`;
  return {
    status: 'warn',
    says: `support asks for this, and nothing here has it: ${says}`,
    evidence: [at],
    code: 'no-value',
    remedy,
  };
}
