import type { Evidence } from '../../decoders/wanted-evidence.js';
import { rgDiagLine } from '../../model/shell-quoted.js';
import type { Planning, ProposedPart } from './plan.js';
import { shownWords } from './shown-words.js';

/** What of a case the text of a check answers. */
const evidenceOf: Readonly<Record<string, readonly Evidence[]>> = {
  origin: ['origin'],
  cert: ['certificate'],
  trace: ['trace'],
  memcached: ['memcached'],
  listener: ['listener'],
};

/** All checks of doctor: whole for a program and for a person, and each by itself. */
export function planOfChecks({ asked, inventory: { checks }, words, fileName }: Planning): ProposedPart[] {
  const how = rgDiagLine(shownWords(words, asked));
  const part = (
    file: string,
    what: string,
    from: ProposedPart['from'],
    evidence: readonly Evidence[],
  ): ProposedPart => ({
    kind: 'checks',
    file,
    what,
    how,
    evidence,
    named: false,
    from,
  });
  // Where there are none because they were left out, that is why nothing answers.
  const insteadOf = checks === undefined ? Object.values(evidenceOf).flat() : [];
  const problem = problemOf(checks);
  const whole = (format: 'json' | 'text'): ProposedPart['from'] =>
    problem === undefined ? { source: { kind: 'doctor', words, format } } : { why: problem };
  const each = checks === undefined || 'problem' in checks ? [] : checks.checks;
  return [
    part(fileName('doctor', '', 'txt'), 'all checks, and what is most likely wrong', whole('text'), insteadOf),
    part(fileName('doctor', '', 'json'), 'all facts, to be explained again', whole('json'), []),
    ...each.map(({ command, name, line, subject }) => ({
      ...part(
        fileName(command.replaceAll(' ', '-'), subject, 'txt'),
        name,
        { source: { kind: 'check' as const, words, line } },
        evidenceOf[command] ?? [],
      ),
      how: line,
    })),
  ];
}

function problemOf(checks: Planning['inventory']['checks']): string | undefined {
  // Where they are left out, the plan says so for all of them.
  if (checks === undefined) return undefined;
  if ('problem' in checks) return checks.problem;
  return checks.checks.length === 0
    ? 'there is nothing to check: no railgun.conf here, and no HOST was given'
    : undefined;
}
