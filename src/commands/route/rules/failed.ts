import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts, TriedWay } from '../facts.js';
import { askedText } from './probes.js';

const install =
  'Install one of them. Debian’s packages: mtr-tiny (mtr), traceroute (traceroute), iputils-tracepath (tracepath).\nmtr tells most, and needs no privileges of the user.';

/** Nothing was seen of the way. */
export const failed: Rule<FailedFacts> = {
  id: 'route/reached',
  means: 'Nothing was seen of the way to this address.',
  remedy: 'Ask again from another machine.',
  cites: '',
  check(facts) {
    const { failure, tried, asked, address } = facts;
    const evidence = ['/failure', ...(tried.length === 0 ? [] : ['/tried'])];
    if (failure.byRun === true) {
      const status = statusOfFailure(failure, facts);
      const remedy = 'Give the run more time with --timeout.';
      return { status, says: `${address}: ${failure.detail}`, evidence, code: failure.code, remedy };
    }
    // What cannot be done here says nothing about the target.
    if (failure.step === 'spawn' || failure.step === 'decode') {
      const says =
        failure.code === 'program-not-found'
          ? failure.detail
          : `no program could look with ${askedText(asked)}: ${tried.map(lineOf).join('; ')}`;
      const remedy = failure.code === 'program-not-found' ? install : remedyOf(tried);
      return { status: 'broken', says, evidence, code: failure.code, remedy };
    }
    const family = address.includes(':') ? '\nWhere there is no IPv6, leave its addresses out with -4.' : '';
    const remedy = `Look at the routes of this machine: ip route get ${address}.${family}`;
    return { status: statusOfFailure(failure, facts), says: failure.detail, evidence, code: failure.code, remedy };
  },
};

function lineOf({ failure: { detail } }: TriedWay): string {
  return detail;
}

function remedyOf(tried: readonly TriedWay[]): string {
  const missing = tried.some(({ failure }) => failure.code === 'program-not-found');
  const steps = [
    'Leave out --protocol and --tool, so that every way is tried.',
    ...(missing ? [install] : []),
    'rg-diag probe shows whether the port itself can be reached.',
  ];
  return steps.join('\n');
}
