import { familyOf } from '../../../model/endpoint.js';
import type { Check, Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { Attempt, DestinationFacts } from '../facts.js';
import { attemptText, type State, stateOf } from '../state.js';
import { quoted, requestText, wayText } from '../text.js';

/** Attempts that are pointed at as evidence. */
const shown = 5;

const statuses = ['fail', 'broken', 'warn', 'note'] as const;

/** Whether the destination can be connected to from here. */
export const reachable: Rule<DestinationFacts> = {
  id: 'config-resolve/reachable',
  means: 'rg-listener could not get the page, if it were on this machine.',
  remedy: '',
  cites: '',
  skips: ({ asked }) => (asked.probe === true ? undefined : 'not asked for: --probe'),
  check(facts): Check {
    const { attempts = [], way, unresolved } = facts;
    if (unresolved !== undefined) {
      return {
        status: statusOfFailure(unresolved, facts),
        says: `${wayText(way)} has no address that can be connected to: ${unresolved.detail}`,
        evidence: ['/unresolved'],
        code: unresolved.code,
        remedy: unresolvedRemedy(facts),
      };
    }
    if (attempts.length === 0) {
      return {
        status: 'broken',
        says: 'there was nothing to connect to: the address that DNS at Cloudflare has was not named',
        evidence: ['/asked/probe', '/way'],
        code: 'no-value',
        remedy: 'Name that address: --origin-ip ADDR.',
      };
    }
    const open = attempts.filter(({ failure }) => failure === undefined);
    const evidence = attempts.slice(0, shown).map((_, index) => `/attempts/${index}`);
    if (open.length > 0) {
      const says =
        attempts.length === 1
          ? `${wayText(way)} is open`
          : `${wayText(way)} is open at ${open.length} of ${attempts.length} addresses`;
      return { status: 'pass', says, evidence };
    }
    return failed(attempts, evidence, facts);
  },
};

/** All attempts failed: the worst decides. */
function failed(attempts: readonly Attempt[], evidence: readonly string[], facts: DestinationFacts): Check {
  const judged = attempts.flatMap((attempt) =>
    attempt.failure === undefined
      ? []
      : [{ attempt, code: attempt.failure.code, status: statusOfFailure(attempt.failure, facts) }],
  );
  const status = statuses.find((one) => judged.some((other) => other.status === one)) ?? 'fail';
  const worst = judged.find((one) => one.status === status);
  if (worst === undefined) return { status: 'broken', says: 'no attempt was made', evidence, code: 'no-value' };
  const { attempt, code } = worst;
  const rest = attempts.length > 1 ? `none of ${attempts.length} addresses is open: ` : '';
  return { status, says: `${rest}${attemptText(attempt)}`, evidence, code, remedy: remedyOf(attempt, facts) };
}

const causes: Readonly<Record<State, string>> = {
  open: '',
  closed: 'See on that machine whether the web server listens there: ss -ltn',
  filtered: 'Look for a firewall that drops the packets, and let the address of rg-listener through.',
  unreachable: 'See on the machine of rg-listener whether there is a way to the address: ip route get ADDRESS',
};

function remedyOf(attempt: Attempt, facts: DestinationFacts): string {
  const { address, port } = attempt;
  return [
    causes[stateOf(attempt)].replace('ADDRESS', address),
    `Try it on the machine of rg-listener: rg-diag probe ${address} ${port}`,
    originStep(facts),
  ].join('\n');
}

function unresolvedRemedy(facts: DestinationFacts): string {
  const { host = '' } = facts.way;
  const family = 'Leave out -4 and -6, or give the map an address of the family that you want.';
  const first =
    familyOf(host) === undefined
      ? 'Give the map an address instead of the name, or put the name into /etc/hosts.'
      : family;
  return `${first}\n${originStep(facts)}`;
}

/** The command that fetches the page by the same way. */
function originStep({ asked, ...facts }: DestinationFacts): string {
  const { config, originIp } = asked;
  const file = config === '-' ? 'railgun.conf' : config;
  const ip = originIp === undefined ? '' : ` --ip ${originIp}`;
  return `Fetch the page as rg-listener does: rg-diag origin ${quoted(requestText({ asked, ...facts }))}${ip} --railgun ${quoted(file)}`;
}
