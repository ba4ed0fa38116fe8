import type { Evidence } from '../../decoders/wanted-evidence.js';
import type { BundleAsked, PartKind } from './facts.js';
import { createFileNames } from './file-name.js';
import type { Inventory } from './inventory.js';
import { hasRailgun } from './inventory.js';
import { leftOut, notInCase } from './left-out.js';
import { planOfChecks } from './plan-checks.js';
import { planOfFiles } from './plan-files.js';
import { planOfLogs } from './plan-logs.js';
import { planOfRoutes } from './plan-routes.js';
import { planOfVersions } from './plan-versions.js';
import type { PartSource, PlannedPart } from './planned-part.js';

export type { PartSource, PlannedPart } from './planned-part.js';

/** A part before it is known whether it is wanted. */
export interface ProposedPart {
  readonly kind: PartKind;
  readonly file: string;
  readonly what: string;
  readonly how: string;
  readonly evidence: readonly Evidence[];
  /** The user named it. */
  readonly named: boolean;
  /** What it is made of, and how large that is as far as it is known; or why there is nothing. */
  readonly from:
    | { readonly source: PartSource; readonly bytes?: number }
    | { readonly why: string; readonly needsRoot?: true; readonly because?: 'absent' | 'left-out' };
}

/** What plans are made with. */
export interface Planning {
  readonly asked: BundleAsked;
  readonly inventory: Inventory;
  /** Of a different file each time. */
  fileName(kind: string, about: string, extension: string): string;
  /** The words of doctor for this case. */
  readonly words: readonly string[];
}

/** Every file of the bundle but those that are made of the others (REPORT.html, TICKET.txt, manifest.json), and those that will be missing. */
export function planOf(asked: BundleAsked, inventory: Inventory, words: readonly string[]): PlannedPart[] {
  const planning = { asked, inventory, words, fileName: createFileNames(asked.anonymise === true) };
  const proposed = [planOfFiles, planOfLogs, planOfChecks, planOfRoutes, planOfVersions].flatMap((plan) =>
    plan(planning),
  );
  return proposed.map((part) => planned(part, asked, hasRailgun(inventory)));
}

function planned({ from, named, ...part }: ProposedPart, asked: BundleAsked, railgun: boolean): PlannedPart {
  const unwanted = leftOut(part.kind, asked) ?? notInCase({ ...part, named }, asked, railgun);
  if (unwanted !== undefined) return { ...part, state: { state: 'missing', why: unwanted, because: 'left-out' } };
  if ('why' in from) return { ...part, state: { state: 'missing', ...from } };
  const { source, bytes } = from;
  return { ...part, source, state: { state: 'planned', ...(bytes !== undefined && { bytes }) } };
}
