import { judge } from '../../model/rule.js';
import type { Explanation } from '../command.js';
import { answerOf } from './answer.js';
import { doctorBlocks } from './blocks.js';
import { findingOf } from './cause-finding.js';
import { causesOf } from './causes.js';
import type { DoctorFacts } from './facts.js';
import { withLinesRun } from './lines-run.js';
import { metricsOf } from './metrics.js';
import { problemsOf } from './problems.js';
import { rulesOfDoctor } from './rules/index.js';
import { signalsOf } from './signals.js';

/** What all checks come to: causes before what follows from them, the most likely one first. */
export function explain(facts: DoctorFacts): Explanation {
  const own = judge(rulesOfDoctor, facts);
  const problems = problemsOf(facts, own);
  const groups = causesOf(problems);
  const explained = new Set(groups.flatMap(({ cause, members }) => [cause, ...members.map(({ problem }) => problem)]));
  const told = new Set([...explained].map(({ finding }) => finding));
  const others = own
    .filter((finding) => !told.has(finding))
    .map((finding) => {
      const problem = problems.find((one) => one.finding === finding);
      return problem === undefined ? finding : { ...finding, remedy: withLinesRun(finding.remedy, problem, facts) };
    });
  const findings = [...groups.map((group) => findingOf(facts, group)), ...others];
  return {
    findings,
    metrics: metricsOf(facts, groups),
    blocks: doctorBlocks(facts, answerOf(facts, groups, findings)),
    signals: signalsOf(facts),
  };
}
