import type { Finding, Status } from '../../model/finding.js';
import { doctorLine } from './doctor-line.js';
import type { DoctorFacts } from './facts.js';
import { foundIn } from './found-here.js';
import { ofHostsFile } from './hosts-of-machine.js';
import type { Names } from './names-of.js';
import { counts, weightOf } from './status.js';

/** A finding that counts, or a note that may explain one; with what it has in common with others. */
export interface Problem extends Names {
  readonly finding: Finding;
  /** What it counts as here: less than by itself where others know better. */
  readonly status: Status;
  /** The pointer to it in the facts of the doctor, and that to what its own evidence begins with. */
  readonly pointer: string;
  readonly base: string;
  /** Place in `facts.checks`; absent: it is the doctor's own. */
  readonly check?: number;
  readonly report?: number;
  /** What it was found of. */
  readonly target: string;
  /** The line that looks again. */
  readonly line?: string;
  /** It was read in a log: it may be over. */
  readonly logged: boolean;
  /** The line of the map that led to the origin, where one did. */
  readonly mapLine?: string;
}

/** Whether it is to be told, as a cause or beneath one: also where others know better what it is worth. */
export function isTold({ status, finding }: Problem): boolean {
  return counts(status) || counts(finding.status);
}

/** Every finding of every check that counts or may explain one, in their order; then those of the doctor itself. */
export function problemsOf(facts: DoctorFacts, own: readonly Finding[]): Problem[] {
  const found = foundIn(facts);
  const problems: Problem[] = [];
  for (const [number, check] of facts.checks.entries()) {
    if (check.outcome.state !== 'ran') continue;
    const several = check.outcome.reports.length > 1;
    for (const [index, report] of check.outcome.reports.entries()) {
      const base = `/checks/${number}/outcome/reports/${index}`;
      for (const { place, finding, status, names, mapLine } of found(check, report)) {
        const target = several ? report.target : check.name;
        problems.push({
          ...names,
          finding,
          status,
          pointer: `${base}/findings/${place}`,
          base: `${base}/facts`,
          check: number,
          report: index,
          target: mapLine === undefined || !counts(status) ? target : `${target} (${mapLine})`,
          line: check.line,
          logged: check.command === 'logs',
          ...(mapLine !== undefined && { mapLine }),
        });
      }
    }
  }
  return [...problems, ...own.flatMap((finding) => ownProblem(facts, finding))];
}

function ownProblem(facts: DoctorFacts, finding: Finding): Problem[] {
  if (weightOf(finding.status) === 0) return [];
  const [pointer = ''] = finding.evidence;
  const code = finding.code === undefined ? [] : [finding.code];
  const none = { hosts: [], destinations: [], reached: [], codes: code, keys: [] };
  const names =
    finding.rule === 'doctor/hosts-file'
      ? ofHostsFile(facts, pointer, none)
      : finding.rule === 'doctor/refused'
        ? ofCheck(facts, pointer, none)
        : none;
  return [
    {
      ...names,
      ...aheadOf(finding),
      finding,
      status: finding.status,
      pointer,
      base: '',
      target: 'this machine',
      line: doctorLine(
        finding.code === 'timeout' && finding.rule === 'doctor/finished' ? unlimited(facts.asked) : facts.asked,
      ),
      logged: false,
    },
  ];
}

/** Without the time that was too short: as long as it needs by itself. */
function unlimited({ timeout: _, ...others }: DoctorFacts['asked']): DoctorFacts['asked'] {
  return others;
}

/** What the check is about that could not be made. */
function ofCheck({ checks }: DoctorFacts, pointer: string, none: Names): Names {
  const { subject } = checks[Number(/^\/checks\/(\d{1,9})\//.exec(pointer)?.[1])] ?? {};
  const { host, destination } = subject ?? {};
  return {
    ...none,
    hosts: host === undefined ? [] : [host],
    destinations: destination === undefined ? [] : [destination.toLowerCase()],
  };
}

/** Seconds that the clock is ahead, where that is what was found. */
function aheadOf({ rule, says }: Finding): { readonly aheadSeconds?: number } {
  const [, seconds, word] = rule === 'doctor/clock' ? (/ (\d+) s (ahead|behind)/.exec(says) ?? []) : [];
  return seconds === undefined ? {} : { aheadSeconds: word === 'ahead' ? Number(seconds) : -Number(seconds) };
}
