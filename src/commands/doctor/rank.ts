import type { Group } from './causes.js';
import { weightOf } from './status.js';

/** Upstream first: what the others depend on. Of those that depend on nothing in common, what visitors notice. */
const upstream = [
  ['doctor/hosts-file', 'doctor/clock', 'doctor/routes'],
  ['doctor/configuration', 'config-check/', 'config-resolve/'],
  ['origin/', 'cert/', 'probe/'],
  ['listener/'],
  ['memcached/'],
  ['logs/'],
  ['trace/', 'route/'],
] as const;
const stages: readonly (string | undefined)[] = [
  'dns',
  'tcp',
  'tls',
  'certificate',
  'request',
  'response',
  undefined,
  'ended',
];

/** What it comes to, the worst first: visitors get an error, Railgun does not work, anything else. */
const harms = [
  ['origin/edge-error', 'origin/railgun'],
  ['listener/', 'doctor/configuration', 'config-check/readable', 'logs/activation'],
] as const;
/** It is so until it is put right, whenever it was logged. */
const lasting: readonly string[] = ['logs/activation'];

function harmOf({ cause, members }: Group): number {
  const live = [cause, ...members.map(({ problem }) => problem)].filter(
    // What the end of the run cut off harms nobody but the run.
    ({ logged, status, finding, stage }) =>
      status === 'fail' && stage !== 'ended' && (!logged || lasting.includes(finding.rule)),
  );
  const harm = harms.findIndex((rules) =>
    live.some(({ finding }) => rules.some((rule) => finding.rule.startsWith(rule))),
  );
  return harm < 0 ? harms.length : harm;
}

/**
 * What decides the order, the least first: severity, whether it happens now, what it comes to, how far upstream, whether it is bad by
 * itself, how much belongs to it.
 */
export function rankOf(group: Group): number[] {
  const { cause, status, members } = group;
  const { rule } = cause.finding;
  const tier = upstream.findIndex((prefixes) => prefixes.some((prefix) => rule.startsWith(prefix)));
  // A log is borne out by whatever was seen besides.
  const isPast = cause.logged && !lasting.includes(rule) && members.every(({ problem }) => problem.logged);
  return [
    -weightOf(status),
    isPast ? 1 : 0,
    harmOf(group),
    tier < 0 ? upstream.length : tier,
    stages.indexOf(cause.stage),
    -weightOf(cause.status),
    -members.length,
  ];
}
