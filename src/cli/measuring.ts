import type { Answer, Command, Explanation, MeasureContext, Observation, Seen } from '../commands/command.js';
import { usualAtOnce } from '../commands/command.js';
import { catalogue } from '../commands/index.js';
import { type Deadline, type StopReason, stopOf } from '../io/deadline.js';
import type { StreamRecord } from '../model/record.js';
import { judgeUnmeasured, type UnmeasuredFacts } from '../model/stop.js';
import { monotonic } from './clock.js';
import { eachOf, overdue } from './each-of.js';
import type { Settings } from './settings.js';
import { turns } from './turns.js';
import { version } from './version.js';

/** Where it goes what measuring gives. */
export interface Receiver {
  /** `started` and `ended` are times of the monotonic clock. */
  report(target: string, started: number, ended: number, facts: unknown, explanation: Explanation): Promise<unknown>;
  records(batch: readonly StreamRecord[]): Promise<void>;
  tell(message: string): void;
  /** What is told stands no longer: something is about to be reported. */
  pause(): void;
}

/** Targets → measure → explain → act: a report for each observation, whatever the end of the run leaves of it. */
export async function measureTargets<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  { asked, targets, unreadable }: Answer<Asked, Target>,
  settings: Settings,
  deadline: Deadline,
  receiver: Receiver,
): Promise<void> {
  for (const { label, failure } of unreadable ?? []) {
    const facts: UnmeasuredFacts = { kind: 'unmeasured', asked, begun: false, failure };
    const time = monotonic();
    await receiver.report(label, time, time, facts, explainUnmeasured(command.name, facts));
  }
  const { measure } = await command.measure();
  const late = overdue(deadline.over);
  let turn: MeasureContext['turn'] | undefined;
  const context: MeasureContext = {
    signal: deadline.signal,
    secondsLeft: deadline.secondsLeft,
    now: () => settings.now ?? Date.now(),
    version,
    // Most runs have no use for these two.
    get concurrency() {
      return concurrencyOf(command, settings);
    },
    get turn() {
      turn ??= turns(this.concurrency);
      return turn;
    },
    judge: judgeAs,
    // Few commands run others: what that takes is not to be loaded for all.
    run: async (words, limits) => (await import('./other-runs.js')).runOther(words, limits, { settings, deadline }),
    render: async (format, finished) => (await import('./other-runs.js')).renderRun(format, finished),
    // Several at once would only talk over each other: then how many are done is told.
    progress: command.sharing === 'threads' || targets.length === 1 ? receiver.tell : () => undefined,
    records: (batch) => {
      receiver.pause();
      return receiver.records(batch);
    },
  };
  let done = 0;
  await eachOf(targets, command.sharing === 'threads' ? 1 : context.concurrency, async (target) => {
    const label = command.label(target);
    const turn = monotonic();
    const unmeasured = async (begun: boolean) => {
      const facts: UnmeasuredFacts = {
        kind: 'unmeasured',
        asked,
        begun,
        failure: deadline.signal.reason as StopReason,
      };
      const started = begun ? turn : monotonic();
      await receiver.report(label, started, monotonic(), facts, explainUnmeasured(command.name, facts));
    };
    if (stopOf(deadline.signal) !== undefined) return unmeasured(false);
    const seen = measure(target, asked, context)[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([seen.next(), late]);
      if (next === 'overdue') return unmeasured(true);
      if (next.done) {
        if (targets.length > 1) receiver.tell(`${++done} of ${targets.length} targets`);
        return;
      }
      const { label: own = label, startedAt } = next.value;
      // Observations count by another clock.
      const started = startedAt === undefined ? turn : monotonic() - (performance.now() - startedAt);
      const measured = await understood(command, next.value);
      const acting = await command.act?.(asked);
      const acted = acting && (await Promise.race([acting.act(target, measured, context), late]));
      if (acted === 'overdue') return unmeasured(true);
      const { facts, explanation } = acted === undefined ? measured : await understood(command, acted);
      receiver.pause();
      await receiver.report(own, started, monotonic(), facts, explanation);
    }
  });
}

function concurrencyOf(
  { sharing, atOnce }: { readonly sharing: 'targets' | 'attempts' | 'threads'; readonly atOnce?: number },
  { concurrency }: Settings,
): number {
  if (sharing !== 'threads') return concurrency ?? atOnce ?? usualAtOnce;
  // More threads than cores only get in each other's way.
  const cores = process.getBuiltinModule('node:os').availableParallelism();
  return Math.min(concurrency ?? cores, cores);
}

/** What was seen, with what it means. */
async function understood<Asked extends object, Target, Facts>(
  command: Command<Asked, Target, Facts>,
  { facts, explanation }: Observation<Facts>,
): Promise<Seen<Facts>> {
  return { facts, explanation: explanation ?? (await command.explain()).explain(facts) };
}

/** What a command makes of facts that it did not measure just now: the way of `explain --report`. Throws for what are no such facts. */
async function judgeAs(name: string, facts: unknown): Promise<Explanation | undefined> {
  const row = catalogue.find((candidate) => candidate.name === name);
  const { command } = (await row?.load()) ?? {};
  if (command?.kind !== 'diagnosis') return undefined;
  if ((facts as UnmeasuredFacts).kind === 'unmeasured') return explainUnmeasured(name, facts as UnmeasuredFacts);
  const anew = command.anew === undefined ? facts : await (await command.anew()).anew(facts, judgeAs);
  const explanation = (await command.explain()).explain(anew);
  // Few runs judge what was saved: what that takes is not to be loaded for all.
  const { explanation: isExplanation } = await import('../model/explanation-shape.js');
  if (!isExplanation(explanation)) throw new TypeError('these facts are damaged');
  return explanation;
}

function explainUnmeasured(command: string, facts: UnmeasuredFacts): Explanation {
  return { findings: [judgeUnmeasured(command, facts)], metrics: [], blocks: [], signals: [] };
}
