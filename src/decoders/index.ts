import { cfRailgun } from './cf-railgun.js';
import { cfRay } from './cf-ray.js';
import { cloudflareError } from './cloudflare-error.js';
import type { Decoder } from './decoder.js';
import { trace } from './trace.js';

// The library: `import { cfRailgun, createRailgunLogReader } from 'rg-diag'`. Everything here is pure: no clock, no network,
// no files, and nothing throws.

/** Every decoder of a single text. A new one is a row here. */
export const decoders: readonly Decoder<object>[] = [cfRailgun, cfRay, cloudflareError, trace];

export type { Failure } from '../model/failure.js';
export { type CfRailgun, type CfRailgunFlags, cfRailgun } from './cf-railgun.js';
export type { MalformedSample, RailgunBlock } from './cf-railgun-block.js';
export type { RailgunColumn } from './cf-railgun-column.js';
export {
  createRailgunLogReader,
  type OnLogValue,
  type RailgunLog,
  type RailgunLogReader,
} from './cf-railgun-reader.js';
export { type RailgunLogSummary, type RailgunTally, summarise } from './cf-railgun-tally.js';
export { type CfRay, cfRay } from './cf-ray.js';
export { type CloudflareError, cloudflareError } from './cloudflare-error.js';
export type { Decoded, DecodedField, Decoder } from './decoder.js';
export type { DistributionSummary } from './distribution.js';
export { decodeMtr, type MtrOptions } from './mtr.js';
export { type RouteEnd, routeEnd } from './route-end.js';
export type { Route, RouteHop, RouteHost, RouteTimes } from './route-hops.js';
export { type Trace, trace } from './trace.js';
export { decodeTracepath } from './tracepath.js';
export { decodeTraceroute } from './traceroute.js';
