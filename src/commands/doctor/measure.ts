import { stopOf } from '../../io/deadline.js';
import { pause } from '../../io/pause.js';
import { endpointOf, familyOf } from '../../model/endpoint.js';
import type { MeasureContext, Observation } from '../command.js';
import type {
  CheckFacts,
  CheckOutcome,
  DoctorAsked,
  DoctorFacts,
  DoctorTarget,
  MachineFacts,
  Subject,
} from './facts.js';
import { configurationFacts, findConfiguration } from './find-configuration.js';
import { findLogs } from './find-logs.js';
import { createMask, type Mask } from './known-secrets.js';
import { lookAtMachine, unseenMachine } from './machine.js';
import { maskedCheck, maskedTexts } from './masked-check.js';
import { type PlannedCheck, planOf } from './plan.js';
import { runCheck } from './run-check.js';

/** Finds the configuration, derives the checks, and runs them side by side: one observation with what became of each. */
export async function* measure(
  target: DoctorTarget,
  asked: DoctorAsked,
  context: MeasureContext,
): AsyncIterable<Observation<DoctorFacts>> {
  const { signal } = context;
  const observedAt = new Date(context.now()).toISOString();
  const configuration = await findConfiguration(asked, signal);
  const logs = findLogs(asked, configuration.read !== undefined);
  const { checks: planned, unchecked } = planOf({ target, asked, configuration: configuration.read, logs });
  const machine = machineOf(asked, planned, signal);
  const mask = createMask(target.places, configuration.texts);
  const checks = planned.map((check) => maskedCheck(check, mask));
  const outcomes = await runAll(checks, asked, context, mask);
  const found = configurationFacts(configuration, unchecked);
  const stopped = stopOf(signal);
  yield {
    facts: {
      kind: 'doctor',
      asked,
      observedAt,
      configuration: { ...maskedTexts(found, mask), state: found.state } as DoctorFacts['configuration'],
      machine: maskedTexts(await machine, mask),
      checks: checks.map((check, index) => factsOf(check, outcomes[index])),
      ...(stopped !== undefined && { stopped }),
    },
  };
}

async function machineOf(
  { skip, dryRun }: DoctorAsked,
  checks: readonly PlannedCheck[],
  signal: AbortSignal,
): Promise<MachineFacts> {
  if (skip?.includes('machine') === true) return unseenMachine('--skip machine');
  if (dryRun === true) return unseenMachine('--dry-run');
  return lookAtMachine([...new Set(checks.flatMap(({ subject }) => namesIn(subject)))], signal);
}

/** The names that a check looks up, in lower case: its host, and where the configuration leads it. */
function namesIn({ host, destination = '' }: Subject): string[] {
  const to = destination.startsWith('/') ? undefined : endpointOf(destination);
  const names = [host, to !== undefined && 'host' in to ? to.host : undefined];
  return names.flatMap((name) => (name === undefined || familyOf(name) !== undefined ? [] : [name.toLowerCase()]));
}

/** Each check has an outcome, in the order of the checks. */
async function runAll(
  checks: readonly PlannedCheck[],
  asked: DoctorAsked,
  context: MeasureContext,
  mask: Mask,
): Promise<readonly CheckOutcome[]> {
  const total = checks.filter(({ skipped }) => skipped === undefined).length;
  const waitedFor = new Set<string>();
  let done = 0;
  const tell = () => context.progress(progressText(done, total, [...waitedFor]));
  const outcomeOf = async (check: PlannedCheck): Promise<CheckOutcome> => {
    if (check.skipped !== undefined) return { state: 'skipped', why: check.skipped };
    if (asked.dryRun === true) return { state: 'planned' };
    if (!isTimed(check)) await timedAreDone;
    const outcome = await runCheck(check, context, mask, () => {
      waitedFor.add(check.name);
      tell();
    });
    waitedFor.delete(check.name);
    done += 1;
    tell();
    return outcome;
  };
  // How fast memcached is counts in milliseconds, and the work of the other checks would count with it.
  const patience = new AbortController();
  const timed = new Map(checks.filter(isTimed).map((check) => [check, outcomeOf(check)]));
  const timedAreDone = Promise.race([
    Promise.all(timed.values()),
    pause(longestAhead, AbortSignal.any([context.signal, patience.signal])),
  ]);
  const outcomes = await Promise.all(checks.map((check) => timed.get(check) ?? outcomeOf(check)));
  patience.abort();
  return outcomes;
}

/** Milliseconds that the others wait for the checks that are timed. */
const longestAhead = 500;

function isTimed({ kind }: PlannedCheck): boolean {
  return kind === 'memcached';
}

/** Checks that are named to a person who waits. */
const few = 2;

/** `5 of 8 checks; waiting for origin of www.example.com` */
function progressText(done: number, total: number, waitedFor: readonly string[]): string {
  const more = waitedFor.length > few ? ` and ${waitedFor.length - few} more` : '';
  const names = waitedFor.length === 0 ? '' : `; waiting for ${waitedFor.slice(0, few).join(', ')}${more}`;
  return `${done} of ${total} checks${names}`;
}

function factsOf(
  { kind, name, subject, command, line, why }: PlannedCheck,
  outcome: CheckOutcome = { state: 'planned' },
): CheckFacts {
  return { kind, name, subject, command, line, why, outcome };
}
