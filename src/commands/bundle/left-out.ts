import { type Evidence, wantedInCase } from '../../decoders/wanted-evidence.js';
import type { BundleAsked, PartKind } from './facts.js';

/** What is small and belongs in every case, whatever a page about an error asks for (inferred). */
const always: readonly PartKind[] = ['checks', 'versions'];

/** Why parts of this kind are not wanted, whatever is in them; nothing where they are. */
export function leftOut(kind: PartKind, { skip, only }: Pick<BundleAsked, 'skip' | 'only'>): string | undefined {
  if (skip?.includes(kind)) return `left out with --skip ${kind}`;
  return only === undefined || only.includes(kind) ? undefined : `left out with --only ${only.join(' --only ')}`;
}

/** Why a part with this in it is not wanted in the case. What the user named is always wanted. */
export function notInCase(
  { kind, evidence, named }: { kind: PartKind; evidence: readonly Evidence[]; named: boolean },
  { for: code, only }: Pick<BundleAsked, 'for' | 'only'>,
  hasRailgun: boolean,
): string | undefined {
  if (code === undefined || named || always.includes(kind) || only?.includes(kind)) return undefined;
  const needed = new Set(wantedInCase(code, hasRailgun).flatMap((item) => item.evidence));
  // An archive answers for two of them.
  if (evidence.some((one) => needed.has(one))) return undefined;
  return `not asked for in cases of error ${code}`;
}
