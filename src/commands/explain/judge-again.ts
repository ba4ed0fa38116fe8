import { type SavedReport, savedReports } from '../../decoders/saved-run.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import type { Explanation, MeasureContext, Observation } from '../command.js';
import type { ExplainAsked, ExplainFacts } from './facts.js';

/** Bytes: thousands of reports have less, and all of them are held at once. */
const longest = 64 * 1024 * 1024;

/** Every report of a saved run, judged by the rules of today. */
export async function* judgeAgain(
  path: string,
  asked: ExplainAsked,
  { signal, judge }: MeasureContext,
): AsyncIterable<Observation<ExplainFacts>> {
  const unread = (failure: Failure): Observation<ExplainFacts> => ({
    facts: { kind: 'unread', asked, file: path, failure },
  });
  const read = await readBytes(path, longest, signal);
  if (!read.ok) {
    yield unread(read.failure);
    return;
  }
  const saved = savedReports(read.value.toString('utf8'));
  if ('code' in saved) {
    yield unread({ ...saved, detail: `${path}: ${saved.detail}` });
    return;
  }
  for (const report of saved) {
    const explanation = await judged(report, judge);
    if ('code' in explanation)
      yield { ...unread({ ...explanation, detail: `${path}: ${explanation.detail}` }), label: report.target };
    else {
      const { verdict: verdictThen, ...known } = report;
      yield {
        facts: { kind: 'saved', asked, ...known, verdictThen },
        label: report.target,
        explanation: placed(explanation, report),
      };
    }
  }
}

async function judged({ command, facts }: SavedReport, judge: MeasureContext['judge']): Promise<Explanation | Failure> {
  const malformed = (detail: string): Failure => ({ code: 'malformed', step: 'decode', blame: 'us', detail });
  try {
    return (await judge(command, facts)) ?? malformed(`there is no command ${command} that judges`);
  } catch {
    // Whoever edits what was saved, or saves with a later version, may leave things out that are always there.
    return malformed(`these are no facts of rg-diag ${command} of this version`);
  }
}

/** The facts stand in the facts of this report, and a person wants to know how old they are. */
function placed(explanation: Explanation, { command, version, at, verdict }: SavedReport): Explanation {
  const { findings, blocks } = explanation;
  const value = `by rg-diag ${version}, command ${command}, at ${at}`;
  return {
    ...explanation,
    findings: findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map((pointer) => `/facts${pointer}`),
    })),
    blocks: [
      { kind: 'pairs', pairs: [{ label: 'Measured', value, means: `judged to be ${verdict} then` }] },
      ...blocks,
    ],
  };
}
