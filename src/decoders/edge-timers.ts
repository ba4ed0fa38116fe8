import { type EdgeProfile, type EdgeProfileId, edgeProfiles } from '../knowledge/edge-profiles.js';

/** The timers and limits of the edge as published in that year. */
export function profileOf(id: EdgeProfileId): EdgeProfile {
  return edgeProfiles.find((profile) => profile.id === id) ?? edgeProfiles[1];
}
