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

/** What support asks for that nothing here could answer, though it is no matter of a person. */
export function unanswered({ wanted }: BundleFacts): { readonly item: WantedFacts; readonly at: string }[] {
  return wanted.flatMap((item, index) => {
    // Where a part was to answer it, that is said of the part; whoever leaves one out knows it.
    const isSaid = item.files.length > 0 || item.onlyByHand === true || item.hasPart === true;
    return isSaid ? [] : [{ item, at: `/wanted/${index}` }];
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
