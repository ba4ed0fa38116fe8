import { createDeadline, stopOf } from '../../io/deadline.js';
import type { FinishedRun, MeasureContext, RefusedRun } from '../command.js';
import type { BundleAsked } from './facts.js';
import { gatherDns } from './gather-dns.js';
import { gatherCheck, gatherDoctor } from './gather-doctor.js';
import { gatherArchive, gatherFile, gatherLogEnd } from './gather-file.js';
import { gatherJournal, gatherLog } from './gather-log.js';
import { gatherRouteToCloudflare } from './gather-route.js';
import { gatherVersions } from './gather-versions.js';
import { type Gathered, missing } from './gathered.js';
import { gatherRun } from './other-run.js';
import type { PartSource, PlannedPart } from './planned-part.js';
import { createLogRoom } from './room.js';

export interface GatheredPart {
  readonly part: PlannedPart;
  readonly gathered: Gathered;
  /** Milliseconds. */
  readonly ms: number;
}

export interface GatheredAll {
  /** In the order of the plan. */
  readonly parts: readonly GatheredPart[];
  /** The run of doctor, where it came to something. */
  readonly doctor?: FinishedRun;
}

export interface GatherOptions {
  readonly asked: BundleAsked;
  readonly isRoot: boolean;
  /** Seconds for all of it. */
  readonly seconds: number;
}

/** Files that are read at once, and commands that are run at once beside doctor. */
const atOnce = 4;

/** Seconds that sources of a kind may take, as far as the time of all of them goes. Those of other kinds may take all of it. */
const patience: { readonly [Kind in PartSource['kind']]?: number } = {
  file: 20,
  log: 60,
  journal: 30,
  'origin-log': 30,
  dns: 15,
  versions: 15,
  har: 60,
};

/** Gathers all parts side by side. What fails, or takes too long, is missing, and why; nothing is thrown. */
export async function gather(
  plan: readonly PlannedPart[],
  { asked, isRoot, seconds }: GatherOptions,
  context: MeasureContext,
): Promise<GatheredAll> {
  const deadline = createDeadline(seconds, context.signal);
  const runs = new Map<string, Promise<FinishedRun | RefusedRun>>();
  let doctor: FinishedRun | undefined;
  /** Its parts are made of one run. */
  const runDoctor = async (words: readonly string[]) => {
    const key = words.join('\0');
    const known = runs.get(key) ?? context.run(words, time('doctor', deadline.signal));
    runs.set(key, known);
    const ran = await known;
    if (ran.kind === 'finished') doctor = ran;
    return ran;
  };
  const time = (kind: PartSource['kind'], signal: AbortSignal) => {
    const left = Math.max(0.001, deadline.secondsLeft() ?? seconds);
    return { signal, seconds: Math.min(patience[kind] ?? left, left) };
  };

  const logs = createLogRoom(plan.filter(({ source }) => laneOf(source) === 'log').length);

  async function from(source: PartSource, signal: AbortSignal): Promise<Gathered> {
    const limits = { isRoot, asOf: context.now(), signal };
    switch (source.kind) {
      case 'file':
        return gatherFile(source.path, isRoot, signal);
      case 'log':
        return logs.within((most) => gatherLog(source.paths, source.extent, { ...limits, most }));
      case 'journal':
        return logs.within((most) => gatherJournal(source.extent, { ...limits, most }));
      case 'origin-log':
        return logs.within((most) => gatherLogEnd(source.path, Math.min(source.extent.bytes, most), isRoot, signal));
      case 'doctor':
        return gatherDoctor(await runDoctor(source.words), source.format, context);
      case 'check':
        return gatherCheck(await runDoctor(source.words), source.line, context);
      case 'run':
        return gatherRun(source.words, context, time('run', signal));
      case 'route-to-cloudflare':
        return gatherRouteToCloudflare(source, context, time('run', signal));
      case 'dns':
        return gatherDns(source.names, asked.network, signal);
      case 'versions':
        return gatherVersions(source.programs, context.version, signal);
      case 'har':
        return gatherArchive(source.path, isRoot, signal);
    }
  }

  const one = async (part: PlannedPart): Promise<GatheredPart> => {
    const { source, state } = part;
    if (state.state === 'missing') return { part, gathered: state, ms: 0 };
    if (source === undefined) return { part, gathered: missing('there is nothing to make it of'), ms: 0 };
    const started = performance.now();
    const limit = time(source.kind, deadline.signal);
    const own = createDeadline(limit.seconds, deadline.signal);
    const late = own.over.then(() => missing(`not finished within ${limit.seconds.toFixed(1)} s`));
    try {
      const gathered = await Promise.race([
        from(source, own.signal).catch((error: unknown) => missing(`this is a bug in rg-diag: ${messageOf(error)}`)),
        // What heeds the end hands over what it has by then.
        late.then((why) => new Promise<Gathered>((resolve) => setTimeout(() => resolve(why), grace))),
      ]);
      return { part, gathered, ms: performance.now() - started };
    } finally {
      own.close();
    }
  };

  const results = new Map<PlannedPart, GatheredPart>();
  const waiting = new Set<string>();
  const inLane = async (parts: readonly PlannedPart[], most: number) => {
    const queue = parts.values();
    const worker = async () => {
      for (const part of queue) {
        if (stopOf(context.signal)?.code === 'interrupted') return;
        waiting.add(part.file);
        results.set(part, await one(part));
        waiting.delete(part.file);
        const [next] = waiting;
        context.progress(`${results.size} of ${plan.length} parts${next === undefined ? '' : `; ${next}`}`);
      }
    };
    await Promise.all(Array.from({ length: Math.min(most, parts.length) }, worker));
  };
  // A file does not wait for what takes minutes.
  const of = (lane: Lane) => plan.filter(({ source }) => laneOf(source) === lane);
  await Promise.all([
    inLane(of('doctor'), plan.length),
    inLane(of('run'), atOnce),
    inLane(of('here'), atOnce),
    // Each has what the ones before it have left of the room.
    inLane(of('log'), 1),
  ]);
  deadline.close();
  const parts = plan.map(
    (part): GatheredPart => results.get(part) ?? { part, gathered: missing('the run was interrupted'), ms: 0 },
  );
  return { parts, ...(doctor !== undefined && { doctor }) };
}

/** Milliseconds to hand over what there is. */
const grace = 200;

type Lane = 'doctor' | 'run' | 'log' | 'here';

function laneOf(source: PartSource | undefined): Lane {
  const kind = source?.kind;
  if (kind === 'doctor' || kind === 'check') return 'doctor';
  if (kind === 'log' || kind === 'journal' || kind === 'origin-log') return 'log';
  return kind === 'run' || kind === 'route-to-cloudflare' ? 'run' : 'here';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
