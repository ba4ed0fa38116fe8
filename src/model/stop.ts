import { commandSlug } from './command-slug.js';
import type { Failure } from './failure.js';
import type { Finding, Status } from './finding.js';
import type { Verdict } from './report.js';
import type { Rule } from './rule.js';

/** Why a run ended before it was done. */
export interface Stop {
  readonly code: 'timeout' | 'interrupted';
  readonly detail: string;
}

/** What the options of every command add to what was asked, so that saved facts are judged by it too. */
export interface AskedOfEveryCommand {
  /** What a target counts as when the deadline ends it; absent: fail. */
  readonly timeoutResult?: Verdict;
  /** The instant to judge as of, RFC 3339, where it is not that of the run. */
  readonly now?: string;
}

/** Facts that may be only a part of what there is to see. */
export interface StoppableFacts {
  readonly asked: AskedOfEveryCommand;
  /** Why measuring ended early; absent where it was finished. */
  readonly stopped?: Stop;
}

/** The facts of a target that was not measured: the run ended before, or the list of targets could not be read. */
export interface UnmeasuredFacts {
  readonly kind: 'unmeasured';
  readonly asked: AskedOfEveryCommand;
  /** Whether it was under way: then the deadline counts as `asked.timeoutResult` says. */
  readonly begun: boolean;
  readonly failure: Failure;
}

const statusOfVerdict: Readonly<Record<Verdict, 'note' | 'warn' | 'fail' | 'broken'>> = {
  ok: 'note',
  warn: 'warn',
  fail: 'fail',
  unknown: 'broken',
};

/** What being stopped counts as: the deadline as `--timeout-result` says, an interrupt as unknown. */
function statusOf(code: string, { timeoutResult = 'fail' }: AskedOfEveryCommand): Exclude<Status, 'pass' | 'skip'> {
  return code === 'timeout' ? statusOfVerdict[timeoutResult] : 'broken';
}

/** What a failed step counts as: a fail, unless it failed because the run ended. */
export function statusOfFailure(
  { code, byRun }: Failure,
  { asked }: Pick<StoppableFacts, 'asked'>,
): Exclude<Status, 'pass' | 'skip'> {
  return byRun === true ? statusOf(code, asked) : 'fail';
}

const moreTime = 'Give the run more time with --timeout, or less to look at.';
const toItsEnd = 'Let it run to its end.';

/** The rule of every command whose facts can be a part only: `<command>/finished`. */
export function finishedRule(command: string): Rule<StoppableFacts> {
  return {
    id: `${commandSlug(command)}/finished`,
    means: 'The run ended before everything was seen.',
    remedy: moreTime,
    cites: '',
    skips: ({ stopped }) => (stopped === undefined ? 'measured to its end' : undefined),
    check({ asked, stopped }) {
      const { code, detail } = stopped ?? { code: 'interrupted', detail: '' };
      const says = `not finished: ${detail}; this is what was found by then`;
      const remedy = code === 'timeout' ? moreTime : toItsEnd;
      return { status: statusOf(code, asked), says, evidence: ['/stopped'], code, remedy };
    },
  };
}

/** The only finding about a target that was not measured. */
export function judgeUnmeasured(command: string, { asked, begun, failure }: UnmeasuredFacts): Finding {
  const { code, detail } = failure;
  const isStop = code === 'timeout' || code === 'interrupted';
  return {
    rule: `${commandSlug(command)}/reached`,
    status: begun ? statusOf(code, asked) : 'broken',
    says: isStop
      ? `${begun ? 'nothing seen' : 'not reached'}: ${detail}`
      : code === 'invalid-target'
        ? `not a target: ${detail}`
        : `the list of targets cannot be read: ${detail}`,
    means: 'Nothing is known about the target.',
    evidence: ['/failure'],
    remedy: isStop
      ? moreTime
      : code === 'invalid-target'
        ? 'Correct the line in the file that --targets names.'
        : 'Check the name and the permissions of the file that --targets names.',
    cites: '',
    code,
  };
}
