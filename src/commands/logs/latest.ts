import type { RequestTimeline } from '../../decoders/listener-requests.js';

/** Requests in the order of their last lines, the latest first; those without a time come last, the later ones first. */
export function latestFirst(timelines: readonly RequestTimeline[]): RequestTimeline[] {
  const at = ({ phases }: RequestTimeline) => Date.parse(phases.at(-1)?.at ?? '') || 0;
  return timelines.toReversed().toSorted((a, b) => at(b) - at(a));
}
