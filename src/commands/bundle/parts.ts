import type { BundleFacts, PartFacts, PartState, WantedFacts } from './facts.js';

/** Bytes that Cloudflare support takes of a file. */
export const mostOfSupport = 20_000_000;

type OfState<Name extends PartState['state']> = PartFacts & { readonly state: Extract<PartState, { state: Name }> };

export interface PartAt<Part extends PartFacts = PartFacts> {
  readonly part: Part;
  /** Its pointer into the facts. */
  readonly at: string;
}

/** The parts in one state, in their order. */
export function partsThatAre<Name extends PartState['state']>(
  { parts }: Pick<BundleFacts, 'parts'>,
  state: Name,
): PartAt<OfState<Name>>[] {
  return parts.flatMap((part, index) =>
    part.state.state === state ? [{ part: part as OfState<Name>, at: `/parts/${index}` }] : [],
  );
}

/** Parts that were wanted, and could not be had. */
export function lacking(facts: Pick<BundleFacts, 'parts'>): PartAt<OfState<'missing'>>[] {
  return partsThatAre(facts, 'missing').filter(({ part }) => part.state.because === undefined);
}

/** What support asks for, and nothing answers. */
export interface Unanswered {
  readonly item: WantedFacts;
  /** Its pointer into the facts. */
  readonly at: string;
  /** Parts that were to answer it, and say only why there is nothing; none: nothing here could. */
  readonly failed: readonly PartAt[];
}

/** What support asks for that nothing here has answered, though it is no matter of a person. */
export function unanswered({ wanted, parts }: Pick<BundleFacts, 'parts' | 'wanted'>): Unanswered[] {
  return wanted.flatMap((item, index) => {
    if (item.files.length > 0 || item.onlyByHand === true) return [];
    const failed = partsThatAre({ parts }, 'collected').filter(({ part }) => item.failed?.includes(part.file) === true);
    // Of a part that is missing that is said where it is; whoever leaves one out knows it.
    const isSaid = item.hasPart === true && failed.length === 0;
    return isSaid ? [] : [{ item, at: `/wanted/${index}`, failed }];
  });
}

/** What only a person can add. */
export function byHand({ wanted }: Pick<BundleFacts, 'wanted'>): { readonly item: WantedFacts; readonly at: string }[] {
  return wanted.flatMap((item, index) => (item.onlyByHand === true ? [{ item, at: `/wanted/${index}` }] : []));
}

/** Bytes of a part as far as they are known. */
export function bytesOf({ state }: PartFacts): number | undefined {
  return state.state === 'missing' ? undefined : state.bytes;
}
