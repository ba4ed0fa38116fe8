import type { Verdict } from '../model/report.js';
import { formats } from '../reporters/index.js';
import { UsageError } from './crash.js';
import type { OptionValues } from './parser.js';

/** What the options of every command say about a run. */
export interface Settings {
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: 'auto' | 'always' | 'never' | undefined;
  /** Seconds; absent: the command's default. */
  readonly timeout: number | undefined;
  readonly timeoutResult: Verdict | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number | undefined;
  readonly ticket: boolean;
  readonly concurrency: number | undefined;
  /** The file of `--targets`. */
  readonly targets: string | undefined;
}

/** The options of every command, read. Throws a UsageError. */
export function settingsOf(options: OptionValues, command: string): Settings {
  const given = options['format'] as string | undefined;
  if (options['json'] === true && given !== undefined && given !== 'json') {
    throw new UsageError(`--json and --format ${given} exclude each other`, { command });
  }
  const format = options['json'] === true ? 'json' : given;
  const ticket = options['ticket'] === true;
  if (ticket && formats.some((row) => row.format === format && !row.hasTicket)) {
    const able = formats.filter(({ hasTicket }) => hasTicket).map((row) => row.format);
    const hint = `Use --ticket with ${able.join(', ')}.`;
    throw new UsageError(`the format ${format} has no place for a ticket`, { command, hint });
  }
  return {
    format,
    output: options['output'] as string | undefined,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    color: options['color'] as Settings['color'],
    timeout: options['timeout'] as number | undefined,
    timeoutResult: options['timeout-result'] as Settings['timeoutResult'],
    now: options['now'] as number | undefined,
    ticket,
    concurrency: options['concurrency'] as number | undefined,
    targets: options['targets'] as string | undefined,
  };
}
