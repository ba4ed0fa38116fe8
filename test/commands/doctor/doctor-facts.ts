import type { CheckFacts, CheckKind, CheckReport, DoctorFacts, Subject } from '../../../src/commands/doctor/facts.js';
import type { FailureCode } from '../../../src/model/failure.js';
import type { Finding, Status } from '../../../src/model/finding.js';
import { verdictOf, worstOf } from '../../../src/model/report.js';

/** A finding of a check. */
export function finding(rule: string, status: Status, code?: FailureCode, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    status,
    says: `says ${rule}`,
    means: `means ${rule}`,
    evidence: ['/kind'],
    remedy: status === 'pass' ? '' : `remedy of ${rule}`,
    cites: '',
    ...(code !== undefined && { code }),
    ...more,
  };
}

/** A report of a check: its facts, and what was found. */
export function report(facts: object, ...findings: Finding[]): CheckReport {
  return {
    target: 'the target',
    at: '2026-11-21T03:00:00.000Z',
    durationMs: 120,
    verdict: verdictOf(findings),
    facts: { kind: 'some', ...facts },
    findings,
    metrics: [],
    signals: [],
  };
}

const kinds: Readonly<Record<string, CheckKind>> = {
  'config check': 'configuration',
  cert: 'certificate',
  memcached: 'memcached',
  listener: 'listener',
  logs: 'logs',
  origin: 'origin',
  trace: 'trace',
};

/** A check that was run. */
export function check(command: string, subject: Subject, ...reports: CheckReport[]): CheckFacts {
  const about = subject.host ?? subject.destination ?? subject.file ?? '';
  return {
    kind: kinds[command] ?? 'machine',
    name: `${command} of ${about}`,
    subject,
    command,
    line: `rg-diag ${command} ${about}`,
    why: 'because',
    outcome: { state: 'ran', verdict: worstOf(reports.map(({ verdict }) => verdict)), durationMs: 120, reports },
  };
}

/** Of an origin: where it was connected to, and the step that failed there and by rg-listener. */
export function originCheck(
  host: string,
  address: string,
  { edge, railgun, from = 'given' }: { edge?: string; railgun?: string; from?: string },
  ...findings: Finding[]
): CheckFacts {
  const facts = {
    kind: 'origin',
    host,
    addresses: [{ address, port: 443, from }],
    edge: { stage: edge ?? null },
    railgun: { destination: `${address}:443`, ...(railgun !== undefined && { stage: railgun }) },
  };
  return check('origin', { host, destination: `${address}:443` }, report(facts, ...findings));
}

/** A log with causes: their id, hosts and destinations. */
export function logCheck(
  causes: readonly { id: string; hosts?: Record<string, number>; destinations?: Record<string, number> }[],
  ...findings: Finding[]
): CheckFacts {
  const rows = causes.map(({ hosts = {}, destinations = {}, ...cause }) => ({ ...cause, hosts, destinations }));
  return check('logs', { file: '/var/log/syslog' }, report({ kind: 'log', causes: rows }, ...findings));
}

/** Facts of a doctor with these checks. */
export function doctorFacts(checks: readonly CheckFacts[], more: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    kind: 'doctor',
    asked: { hosts: [], mode: 'strict', edgeProfile: '2026', since: '24h', network: { connectTimeout: 10 } } as never,
    observedAt: '2026-11-21T03:00:00.000Z',
    configuration: { state: 'read', path: '/etc/railgun/railgun.conf', unchecked: [] },
    machine: { hosts: [], nameServers: [], routes: [], unread: [] },
    checks,
    ...more,
  };
}
