import type { Explanation } from '../commands/command.js';
import type { StopReason } from '../io/deadline.js';
import type { Failure } from '../model/failure.js';
import type { Finding, Status } from '../model/finding.js';
import type { Verdict } from '../model/report.js';

/** A report that only says why there is nothing to report. */
function only(finding: Finding): Explanation {
  return { findings: [finding], metrics: [], blocks: [], signals: [] };
}

/** The list of targets could not be read. */
export function unread(command: string, failure: Failure): Explanation {
  const says = `the list of targets could not be read: ${failure.detail}`;
  const remedy = 'Check the name and the permissions of the file that --targets names.';
  return only({
    rule: `${command}/targets`,
    status: 'broken',
    says,
    evidence: ['/failure'],
    remedy,
    cites: '',
    code: failure.code,
  });
}

/** The run ended before the target had its turn. */
export function unreached(command: string, failure: Failure): Explanation {
  const says = `not reached: ${failure.detail}`;
  const remedy = failure.code === 'timeout' ? 'Give the run more time with --timeout, or fewer targets.' : '';
  return only({
    rule: `${command}/reached`,
    status: 'broken',
    says,
    evidence: ['/failure'],
    remedy,
    cites: '',
    code: failure.code,
  });
}

const statusOfVerdict: Readonly<Record<Verdict, Status>> = {
  ok: 'note',
  warn: 'warn',
  fail: 'fail',
  unknown: 'broken',
};

/** Adds to what could be found that it is not all: at the deadline as `--timeout-result` says, else unknown. */
export function cutShort(
  explanation: Explanation,
  command: string,
  stop: StopReason | undefined,
  timeoutResult: Verdict,
): Explanation {
  if (stop === undefined) return explanation;
  const status = stop.code === 'timeout' ? statusOfVerdict[timeoutResult] : 'broken';
  const says = `not finished: ${stop.detail}; this is what was found by then`;
  const remedy = stop.code === 'timeout' ? 'Give the run more time with --timeout.' : '';
  const finding: Finding = {
    rule: `${command}/finished`,
    status,
    says,
    evidence: [],
    remedy,
    cites: '',
    code: stop.code,
  };
  return { ...explanation, findings: [finding, ...explanation.findings] };
}
