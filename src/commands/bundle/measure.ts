import { caseErrorOf } from '../../decoders/wanted-evidence.js';
import { stopOf } from '../../io/deadline.js';
import type { MeasureContext, Observation } from '../command.js';
import { doctorWords } from './doctor-words.js';
import type { BundleAsked, BundleFacts, BundleTarget } from './facts.js';
import { hasRailgun, type Inventory } from './inventory.js';
import { lookAround } from './look-around.js';
import { planOf } from './plan.js';
import type { PlannedPart } from './planned-part.js';
import { wantedOf } from './wanted.js';

/** What would be gathered, from where and how large: one observation. Nobody is contacted. */
export async function* measure(
  target: BundleTarget,
  asked: BundleAsked,
  context: MeasureContext,
): AsyncIterable<Observation<BundleFacts>> {
  context.progress('looking what there is');
  yield { facts: (await bundlePlan(target, asked, context)).facts };
}

export interface BundlePlan {
  readonly plan: readonly PlannedPart[];
  readonly inventory: Inventory;
  readonly facts: BundleFacts;
}

/** The plan of a bundle, and what is to be said of it before any of it is gathered. Of equal files it is equal. */
export async function bundlePlan(
  target: BundleTarget,
  asked: BundleAsked,
  context: Pick<MeasureContext, 'signal' | 'now' | 'run'>,
): Promise<BundlePlan> {
  const inventory = await lookAround(target, asked, context);
  const plan = planOf(asked, inventory, doctorWords(target, asked));
  const error = asked.for === undefined ? undefined : caseErrorOf(asked.for);
  const stopped = stopOf(context.signal);
  const observedAt = new Date(inventory.now).toISOString();
  const facts: BundleFacts = {
    kind: 'bundle',
    asked: asked.directory === '' ? { ...asked, directory: usualFolder(observedAt) } : asked,
    observedAt,
    isRoot: inventory.isRoot,
    ...(hasRailgun(inventory) && { railgun: inventory.conf.path }),
    ...(error !== undefined && { case: error }),
    parts: plan.map(({ kind, file, what, how, state }) => ({ kind, file, what, how, state })),
    wanted: wantedOf(asked, inventory, plan),
    ...(stopped !== undefined && { stopped }),
  };
  return { plan, inventory, facts };
}

/** `rg-diag-bundle-20261121T150405Z`, in the folder that rg-diag runs in. */
function usualFolder(at: string): string {
  return `rg-diag-bundle-${at.replace(/\.\d+/, '').replace(/[-:]/g, '')}`;
}
