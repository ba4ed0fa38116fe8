import type { FailureCode } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { shareText } from '../text.js';
import { codeText, decidingFailure, hasFailed, judgementOf } from '../verdict.js';

/** Failed attempts that are pointed at. */
const few = 5;

/** Whether every attempt of `--repeat` comes to the same. */
export const intermittent: Rule<SeenFacts> = {
  id: 'origin/intermittent',
  means: 'The fault comes and goes: visitors get an error now and then.',
  remedy:
    'Compare the times of the failed attempts (--json) with the logs of the origin, of firewalls and of load balancers.\nLook for rate limits and fail2ban: all visitors share the addresses of Cloudflare.\nAsk more often: --repeat 50.',
  cites: 'Cloudflare, Cloudflare IP addresses @1f2fee7',
  skips: ({ asked, failing }) =>
    asked.repeat < 2 || failing === undefined ? 'every address was asked once: --repeat asks more often' : undefined,
  check(facts): Check {
    const { failed = 0, attempts = 0 } = facts.failing ?? {};
    const evidence = ['/failing'];
    if (failed === 0) return { status: 'pass', says: `none of ${attempts} attempts failed`, evidence };
    const failures = failuresOf(facts);
    const codes = [...new Set(failures.map(({ text }) => text))].join(', ');
    const says = `${shareText(failed, attempts, 'attempt')} failed${codes === '' ? '' : ` (${codes})`}`;
    // That it fails is the matter of another rule.
    if (failed === attempts) return { status: 'pass', says: `every time the same: ${says}`, evidence };
    const pointers = failures.slice(0, few).map(({ pointer }) => pointer);
    const code = failures[0]?.code ?? 'origin-error';
    return { status: 'warn', says, evidence: [...evidence, ...pointers], code };
  },
};

interface Failed {
  readonly pointer: string;
  /** `525` */
  readonly text: string;
  readonly code: FailureCode;
}

function failuresOf(facts: SeenFacts): Failed[] {
  return facts.addresses.flatMap(({ attempts }, address) =>
    attempts.flatMap((attempt, number): Failed[] => {
      if (!hasFailed(attempt, facts)) return [];
      const judgement = judgementOf(attempt, facts);
      return [
        {
          pointer: `/addresses/${address}/attempts/${number}`,
          text: codeText(judgement),
          code: decidingFailure(attempt, judgement)?.seen.failure.code ?? 'origin-error',
        },
      ];
    }),
  );
}
