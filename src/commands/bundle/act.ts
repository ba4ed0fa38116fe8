import { stopOf } from '../../io/deadline.js';
import { lookAtSource } from '../../io/file-end.js';
import { createNewFolder } from '../../io/new-folder.js';
import { besideFolder } from '../../model/beside.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation, Seen } from '../command.js';
import type { BundleAsked, BundleFacts, BundleTarget } from './facts.js';
import { failedRequestsOf } from './failed-requests.js';
import { gather } from './gather.js';
import { handOver } from './hand-over.js';
import { loggedCauses, toldBy } from './logged-causes.js';
import { bundlePlan } from './measure.js';
import { withinRoom } from './room.js';
import { wantedOf } from './wanted.js';

/** Seconds that masking and writing have at least, and as a share of all there is; never more than half of that. */
const reserve = { least: 2, share: 0.1 } as const;

/** Seconds for all of it where it has no end. */
const usualSeconds = 300;

/**
 * Gathers, masks, writes, reads it all again, and hands it over: a folder that appears whole, or not at all. What cannot be gathered in
 * time is missing in it, so that there is time to write what is there.
 */
export async function act(
  target: BundleTarget,
  { facts: { asked, observedAt } }: Seen<BundleFacts>,
  context: MeasureContext,
): Promise<Observation<BundleFacts>> {
  const { plan, inventory, facts: planned } = await bundlePlan(target, asked, context);
  const facts = { ...planned, observedAt };
  // Whoever would be told only later that nothing can be written there would have waited for nothing.
  const inTheWay = await thereAlready(asked);
  const folder = inTheWay ?? (await createNewFolder(asked.directory));
  if ('code' in folder) return { facts: { ...facts, result: { state: 'failed', failure: folder } } };
  try {
    const gathered = await gather(plan, { asked, isRoot: facts.isRoot, seconds: secondsToGather(context) }, context);
    const stopped = stopOf(context.signal);
    if (stopped !== undefined) return { facts: { ...facts, stopped } };
    const parts = withinRoom(gathered.parts, context.secondsLeft() ?? usualSeconds);
    const causes = gathered.doctor?.reports.flatMap(({ report }) => loggedCauses(report.facts, asked.for)) ?? [];
    // What the log and the archives tell is known only now that they have been read.
    const failedRequests = failedRequestsOf(parts, asked.for, target.places);
    const told = { log: toldBy(causes), failedRequests };
    const known = {
      ...facts,
      wanted: wantedOf(asked, inventory, plan, told),
      ...(failedRequests.length > 0 && { failedRequests }),
    };
    return { facts: await handOver({ target, facts: known, gathered: { ...gathered, parts }, folder }, context) };
  } finally {
    await folder.discard();
  }
}

function secondsToGather({ secondsLeft }: Pick<MeasureContext, 'secondsLeft'>): number {
  const total = secondsLeft() ?? usualSeconds;
  const kept = Math.min(total / 2, Math.max(reserve.least, total * reserve.share));
  return Math.max(0.05, total - kept);
}

/** What stands where something is to appear beside the folder. */
async function thereAlready({ directory, archive, anonymise }: BundleAsked): Promise<Failure | undefined> {
  const paths = [
    ...(archive === true ? [besideFolder(directory, '.tar.gz')] : []),
    ...(anonymise === true ? [besideFolder(directory, '.map.json')] : []),
  ];
  for (const path of paths) {
    const looked = await lookAtSource(path);
    if (!looked.ok && looked.failure.code === 'file-not-found') continue;
    const detail = `${path} is there already, and nothing is ever overwritten`;
    return { code: 'write-failed', step: 'output', blame: 'us', detail };
  }
  return undefined;
}
