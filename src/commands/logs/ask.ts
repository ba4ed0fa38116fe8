import { instantOf, timeBaseOf } from '../../decoders/instant.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { JournalSource, LogsAsked, LogsTarget } from './facts.js';

/** Seconds between two reports of `--follow`. */
const usualInterval = 10;

/** What is asked of which files: they are one log, and so one target. */
export function ask(given: Given): Answer<LogsAsked, LogsTarget> | UsageProblem {
  const { args, options, stdinIsTerminal } = given;
  const follow = options['follow'] === true;
  const journal = journalOf(given);
  if (journal !== undefined && 'problem' in journal) return journal;
  if (args.length === 0 && journal === undefined && stdinIsTerminal()) {
    return {
      problem: 'nothing to read: no FILE given',
      hint: 'As in rg-diag logs /var/log/syslog, or rg-diag logs --journal.',
    };
  }
  const paths = args.length === 0 && journal === undefined ? ['-'] : args.map((path) => spelledApart(path, journal));
  if (paths.filter((path) => path === '-').length > 1) return { problem: 'standard input can be read only once' };
  if (follow && journal !== undefined) {
    return {
      problem: '--follow needs files, not the journal',
      hint: 'Name the files: rg-diag logs --follow /var/log/syslog.',
    };
  }
  if (follow && paths.includes('-')) {
    const hint = 'Standard input is read as long as there is any: rg-diag logs -; with --follow name files.';
    return { problem: '--follow needs files, not standard input', hint };
  }
  const asked = askedOf(given, follow);
  return 'problem' in asked ? asked : { asked, targets: [{ paths, ...(journal && { journal }) }] };
}

function journalOf({ options }: Given): JournalSource | UsageProblem | undefined {
  const directory = options['journal-dir'] as string | undefined;
  if (directory === '') return { problem: '--journal-dir needs a directory' };
  if (directory !== undefined) return { name: `journal of ${directory}`, directory };
  return options['journal'] === true ? { name: 'journal' } : undefined;
}

/** A file that is called as the journal is in facts goes by another spelling of its name. */
function spelledApart(path: string, journal: JournalSource | undefined): string {
  return path === journal?.name ? `./${path}` : path;
}

function askedOf({ options }: Given, follow: boolean): LogsAsked | UsageProblem {
  const [warning = 0, critical] = [options['warning'], options['critical']] as (number | undefined)[];
  if (critical !== undefined && warning > critical) {
    return { problem: `--warning ${warning} is more than --critical ${critical}, so it would never warn` };
  }
  const interval = options['interval'] as number | undefined;
  if (interval !== undefined && !follow) return { problem: '--interval needs --follow' };
  if (follow && options['until'] !== undefined) return { problem: '--until cannot be used with --follow' };
  const [since, until] = [options['since'], options['until']] as (string | undefined)[];
  const problem = spanProblem(since, until, options['now'] as number | undefined);
  if (problem !== undefined) return problem;
  const lanTimeout = options['lan-timeout'] as number | undefined;
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(follow && { follow: interval ?? usualInterval }),
    ...(lanTimeout !== undefined && { lanTimeout }),
    warning,
    ...(critical !== undefined && { critical }),
  };
}

/** What is no time, or the wrong way round whatever the time is; without `now` the rest is seen when there is a clock. */
function spanProblem(
  since: string | undefined,
  until: string | undefined,
  now: number | undefined,
): UsageProblem | undefined {
  const instants = [since, until].map((text) => (text === undefined ? undefined : instantOf(text, now ?? 0)));
  for (const [index, text] of [since, until].entries()) {
    if (text === undefined || instants[index] !== undefined) continue;
    return {
      problem: `--${index === 0 ? 'since' : 'until'} ${text} is no time`,
      hint: 'Write 2026-11-20T12:00:00Z, "2026-11-20 12:00", 12:00, 15m, 2h, 3d, today or yesterday.',
    };
  }
  if (since === undefined || until === undefined) return undefined;
  const isCertain = now !== undefined || timeBaseOf(since) === timeBaseOf(until);
  const [from = 0, to = 0] = instants;
  return isCertain && from > to ? { problem: `--since ${since} is later than --until ${until}` } : undefined;
}
