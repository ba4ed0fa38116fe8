import type { Answer, Given, UsageProblem } from '../command.js';
import type { LogsAsked, LogsTarget } from './facts.js';
import { instantOf } from './instant.js';

/** Seconds between two reports of `--follow`. */
const usualInterval = 10;

/** What is asked of which files: they are one log, and so one target. */
export function ask(given: Given): Answer<LogsAsked, LogsTarget> | UsageProblem {
  const { args, options, stdinIsTerminal } = given;
  const follow = options['follow'] === true;
  if (args.length === 0 && stdinIsTerminal()) {
    return {
      problem: 'nothing to read: no FILE given',
      hint: 'As in rg-diag logs /var/log/syslog, or journalctl -u railgun -o json | rg-diag logs -.',
    };
  }
  const paths = args.length === 0 ? ['-'] : args;
  if (paths.filter((path) => path === '-').length > 1) return { problem: 'standard input can be read only once' };
  if (follow && paths.includes('-')) {
    const hint = 'Standard input is read as long as there is any: rg-diag logs -; with --follow name files.';
    return { problem: '--follow needs files, not standard input', hint };
  }
  const asked = askedOf(given, follow);
  return 'problem' in asked ? asked : { asked, targets: [{ paths }] };
}

function askedOf({ options }: Given, follow: boolean): LogsAsked | UsageProblem {
  const [warning = 0, critical] = [options['warning'], options['critical']] as (number | undefined)[];
  if (critical !== undefined && warning > critical) {
    return { problem: `--warning ${warning} is more than --critical ${critical}, so it would never warn` };
  }
  const interval = options['interval'] as number | undefined;
  if (interval !== undefined && !follow) return { problem: '--interval needs --follow' };
  if (follow && options['until'] !== undefined) return { problem: '--until cannot be used with --follow' };
  // A run that is to be judged as of an instant counts from there.
  const now = (options['now'] as number | undefined) ?? Date.now();
  const instants: Record<string, string> = {};
  for (const name of ['since', 'until'] as const) {
    const text = options[name] as string | undefined;
    if (text === undefined) continue;
    const instant = instantOf(text, now);
    // Date holds no more than this, and no log is that old.
    if (instant === undefined || Math.abs(instant) > 8.64e15) {
      return {
        problem: `--${name} ${text} is no time`,
        hint: 'Write 2026-11-20T12:00:00Z, "2026-11-20 12:00", 12:00, 15m, 2h, 3d, today or yesterday.',
      };
    }
    instants[name] = new Date(instant).toISOString();
  }
  const { since, until } = instants;
  if (since !== undefined && until !== undefined && Date.parse(since) > Date.parse(until)) {
    return { problem: `--since ${since} is later than --until ${until}` };
  }
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(follow && { follow: interval ?? usualInterval }),
    warning,
    ...(critical !== undefined && { critical }),
  };
}
