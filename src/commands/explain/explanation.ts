import type { Reading } from '../../decoders/explained-text.js';
import type { ExplainedFacts } from './facts.js';
import { ofDisputed } from './of-disputed.js';
import { ofEdgeError } from './of-error.js';
import { ofCacheStatus, ofHeader, ofHttpStatus, ofRay } from './of-header.js';
import { ofAccessLog, ofListenerLine, ofSymptom } from './of-line.js';
import { ofRailgun, ofRailgunId, ofRailgunVersion } from './of-railgun.js';
import type { ReadingExplanation } from './reading-explanation.js';

/** What one reading means. */
export function explanationOf(reading: Reading): ReadingExplanation {
  switch (reading.kind) {
    case 'edge-error':
      return ofEdgeError(reading);
    case 'http-status':
      return ofHttpStatus(reading);
    case 'access-log':
      return ofAccessLog(reading);
    case 'cache-status':
      return ofCacheStatus(reading);
    case 'railgun':
      return ofRailgun(reading);
    case 'railgun-id':
      return ofRailgunId(reading);
    case 'railgun-version':
      return ofRailgunVersion(reading);
    case 'ray':
      return ofRay(reading);
    case 'listener-line':
      return ofListenerLine(reading);
    case 'symptom':
      return ofSymptom(reading);
    case 'header':
      return ofHeader(reading);
    case 'disputed':
      return ofDisputed(reading);
  }
}

/** What the text is explained as: every reading but those that only its shape speaks for. */
export function explanationsOf({ readings }: ExplainedFacts): ReadingExplanation[] {
  const likely = readings.filter(({ weak }) => !weak);
  return (likely.length > 0 ? likely : readings).map(explanationOf);
}

/** What else it could be. */
export function otherReadings({ readings }: ExplainedFacts): ReadingExplanation[] {
  const weak = readings.filter((reading) => reading.weak);
  return weak.length === readings.length ? [] : weak.map(explanationOf);
}

/** The sources of what is said, each once. */
export function sourcesOf(statements: readonly { readonly source: string }[]): string {
  return [...new Set(statements.map(({ source }) => source))].join('; ');
}
