import type { Check, Rule } from '../../../model/rule.js';
import type { CheckFacts, DoctorFacts } from '../facts.js';
import { verdictsOf } from '../found-here.js';
import { counts } from '../status.js';
import { counted, listed } from '../text.js';

/** How many checks found nothing, and whether there was anything to check. */
export const checked: Rule<DoctorFacts> = {
  id: 'doctor/checked',
  means: 'What was not looked at may be what is wrong.',
  remedy: 'See the checks one by one: rg-diag doctor --dry-run',
  cites: '',
  check(facts): Check {
    const { checks, configuration, asked, stopped } = facts;
    const ran = checks.filter(({ outcome }) => outcome.state === 'ran');
    const evidence = ['/checks'];
    if (asked.dryRun === true && checks.length > 0) {
      return {
        status: 'broken',
        says: `${counted(checks.length, 'check')} to run, and none was run: --dry-run`,
        evidence,
        code: 'no-value',
        remedy: 'Leave --dry-run out to run them',
      };
    }
    if (ran.length === 0) {
      const remedy =
        'Name a host: rg-diag doctor www.example.com --ip 203.0.113.7\nOr the configuration of rg-listener: --config FILE';
      if (checks.length > 0) {
        const says = `none of ${counted(checks.length, 'check')} was run`;
        return { status: 'broken', says, evidence, code: stopped?.code ?? 'no-value' };
      }
      const where =
        configuration.state === 'absent' && configuration.looked.length > 0
          ? ` at ${listed(configuration.looked)}`
          : '';
      const says = `there is nothing to check: no host was named, and there is no configuration of rg-listener${where}`;
      return { status: 'broken', says, evidence: ['/checks', '/configuration'], code: 'no-value', remedy };
    }
    const silent = ran.filter(isSilent);
    if (silent.length > 0) {
      const says = `${listed(silent.map(({ name }) => name))} came to no result, and did not say why`;
      const [first] = silent;
      return {
        status: 'broken',
        says,
        evidence,
        code: 'no-value',
        remedy: `See it by itself: ${first?.line ?? 'rg-diag doctor --dry-run'}`,
      };
    }
    return { status: 'pass', says: passText(facts, ran), evidence };
  },
};

/** It was not well, and no finding says so. */
function isSilent({ outcome }: CheckFacts): boolean {
  if (outcome.state !== 'ran') return false;
  if (outcome.reports.length === 0) return true;
  return (
    outcome.verdict !== 'ok' && !outcome.reports.some(({ findings }) => findings.some(({ status }) => counts(status)))
  );
}

function passText(facts: DoctorFacts, ran: readonly CheckFacts[]): string {
  const verdictOf = verdictsOf(facts);
  const well = ran.filter((check) => verdictOf(check) === 'ok').length;
  const left = facts.checks.length - ran.length;
  const says =
    well === ran.length
      ? `${counted(well, 'check')} found nothing wrong`
      : `${well} of ${counted(ran.length, 'check')} found nothing wrong`;
  return left === 0 ? says : `${says}; ${left} more ${left === 1 ? 'was' : 'were'} left out or cut short`;
}
