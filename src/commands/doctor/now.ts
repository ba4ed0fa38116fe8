import type { Group } from './causes.js';
import type { CheckFacts, CheckKind, DoctorFacts } from './facts.js';
import type { Problem } from './problems.js';
import { weightOf } from './status.js';
import { listed } from './text.js';

/** Checks that would see now what a line of the log says. */
const wouldSee: Readonly<Record<string, readonly CheckKind[]>> = {
  'logs/memcached-failed': ['memcached'],
  'logs/memcached-timeout': ['memcached'],
  'logs/memcached-refused': ['memcached'],
  'logs/connection-timeout': ['origin'],
  'logs/no-response': ['origin'],
  'logs/page-refused': ['origin'],
  'logs/connection-refused': ['origin'],
  'logs/handshake-failure': ['origin', 'certificate'],
  'logs/wrong-host': ['origin', 'certificate'],
  'logs/unknown-authority': ['origin', 'certificate'],
  'logs/connection-failed-otherwise': ['origin', 'certificate'],
  'logs/http-502': ['origin'],
};

/** Of what was logged only: whether it happens now, behind what it says. */
export function nowText({ checks }: DoctorFacts, { cause, members }: Group): string {
  const kinds = wouldSee[cause.finding.rule];
  if (!cause.logged || kinds === undefined || members.some(({ problem }) => !problem.logged)) return '';
  const looked = checks.filter(
    (check) => kinds.includes(check.kind) && check.outcome.state === 'ran' && isAbout(check, cause),
  );
  if (looked.length === 0) return '; no check looked at it now';
  const cut = looked.filter(isCut);
  if (cut.length > 0)
    return `; whether it happens now is not known: ${listed(cut.map(({ name }) => name))} came to no end`;
  const well = looked.filter(({ outcome }) => outcome.state === 'ran' && outcome.verdict === 'ok');
  if (well.length < looked.length) return '; what is found there now is something else';
  return `; it does not happen now (${listed(well.map(({ name }) => name))}): it comes and goes, or is over`;
}

/** Whether the check ended before it had seen everything. */
function isCut({ outcome }: CheckFacts): boolean {
  if (outcome.state !== 'ran') return false;
  const findings = outcome.reports.flatMap((report) => report.findings);
  return findings.some(({ rule, status }) => weightOf(status) > 0 && /\/(finished|reached)$/.test(rule));
}

/** A line that names neither a host nor a destination is about all of them. */
function isAbout({ subject }: CheckFacts, { hosts, destinations }: Problem): boolean {
  if (hosts.length === 0 && destinations.length === 0) return true;
  const destination = subject.destination?.toLowerCase().replace(/^unix:/, '');
  return (
    (subject.host !== undefined && hosts.includes(subject.host)) ||
    (destination !== undefined && destinations.includes(destination))
  );
}
