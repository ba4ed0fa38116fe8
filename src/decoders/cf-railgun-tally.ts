import { headerForms } from './cf-railgun.js';
import {
  addValue,
  createDistribution,
  type Distribution,
  type DistributionSummary,
  mergeDistribution,
  ratioScales,
  summariseDistribution,
  timeScales,
} from './distribution.js';

/** What many values say together: memory of a fixed size, plain data that a worker can hand over. */
export interface RailgunTally {
  /** By index in `headerForms`. */
  readonly forms: Float64Array;
  /** By the flags word. */
  readonly flagWords: Uint32Array;
  /** By the version's four hex digits. */
  readonly versions: Uint32Array;
  /** As written, at most `MOST_REASONS` and `OTHER_REASONS` for all that came when it was full. */
  readonly directReasons: Map<string, number>;
  readonly ratioPercent: Distribution;
  readonly originTimeSeconds: Distribution;
}

/**
 * A tally in plain JSON. Each map counts by string, the most frequent first as far as JavaScript lets it (keys that look
 * like integers come first, ascending).
 */
export interface RailgunLogSummary {
  readonly values: number;
  readonly forms: Readonly<Record<string, number>>;
  readonly ratioPercent?: DistributionSummary;
  readonly originTimeSeconds?: DistributionSummary;
  /** By the word, four lower-case hex digits. */
  readonly flagWords: Readonly<Record<string, number>>;
  /** By the mask in decimal (`16`), ascending. */
  readonly flagBits: Readonly<Record<string, number>>;
  /** By the version, four lower-case hex digits. */
  readonly versions: Readonly<Record<string, number>>;
  readonly directReasons: Readonly<Record<string, number>>;
}

const MOST_REASONS = 1000;
const OTHER_REASONS = '(other)';

export function createTally(): RailgunTally {
  return {
    forms: new Float64Array(headerForms.length),
    flagWords: new Uint32Array(0x10000),
    versions: new Uint32Array(0x10000),
    directReasons: new Map(),
    ratioPercent: createDistribution(ratioScales),
    originTimeSeconds: createDistribution(timeScales),
  };
}

/**
 * Counts one complete value, from its numbers in `RailgunParts`. Its reason, which only a caller that has the bytes can
 * read, is counted by `countReason`.
 */
export function countValue(
  tally: RailgunTally,
  form: number,
  ratio: number,
  time: number,
  flags: number,
  version: number,
): void {
  tally.forms[form] = (tally.forms[form] as number) + 1;
  if (ratio >= 0) addValue(tally.ratioPercent, ratio);
  if (time >= 0) addValue(tally.originTimeSeconds, time);
  if (flags >= 0) tally.flagWords[flags] = (tally.flagWords[flags] as number) + 1;
  if (version >= 0) tally.versions[version] = (tally.versions[version] as number) + 1;
}

export function countReason(tally: RailgunTally, reason: string, count = 1): void {
  const reasons = tally.directReasons;
  const known = reasons.get(reason);
  if (known !== undefined) reasons.set(reason, known + count);
  else if (reasons.size < MOST_REASONS) reasons.set(reason, count);
  else reasons.set(OTHER_REASONS, (reasons.get(OTHER_REASONS) ?? 0) + count);
}

/** Adds `from` to `into`. The order of merging changes nothing, except which reasons are kept where there are too many. */
export function mergeTally(into: RailgunTally, from: RailgunTally): void {
  addCounts(into.forms, from.forms);
  addCounts(into.flagWords, from.flagWords);
  addCounts(into.versions, from.versions);
  for (const [reason, count] of from.directReasons) countReason(into, reason, count);
  mergeDistribution(into.ratioPercent, from.ratioPercent);
  mergeDistribution(into.originTimeSeconds, from.originTimeSeconds);
}

export function summarise(tally: RailgunTally): RailgunLogSummary {
  const ratioPercent = summariseDistribution(tally.ratioPercent);
  const originTimeSeconds = summariseDistribution(tally.originTimeSeconds);
  const words = hexCounts(tally.flagWords);
  return {
    values: tally.forms.reduce((sum, count) => sum + count, 0),
    forms: ranked(headerForms.map((form, i) => [form, tally.forms[i] as number])),
    ...(ratioPercent && { ratioPercent }),
    ...(originTimeSeconds && { originTimeSeconds }),
    flagWords: ranked(words),
    flagBits: bitCounts(words),
    versions: ranked(hexCounts(tally.versions)),
    directReasons: ranked([...tally.directReasons]),
  };
}

function addCounts(into: Float64Array | Uint32Array, from: Float64Array | Uint32Array): void {
  for (let i = 0; i < from.length; i += 1) into[i] = (into[i] as number) + (from[i] as number);
}

/** How many words have each bit: only bits that some word has, ascending. */
function bitCounts(words: readonly (readonly [hex: string, count: number])[]): Record<string, number> {
  const counts = Array.from({ length: 16 }, (_, i): [string, number] => {
    const withBit = words.filter(([hex]) => (Number.parseInt(hex, 16) & (1 << i)) !== 0);
    return [String(1 << i), withBit.reduce((sum, [, count]) => sum + count, 0)];
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function hexCounts(counts: Uint32Array): [string, number][] {
  const found: [string, number][] = [];
  for (let value = 0; value < counts.length; value += 1) {
    const count = counts[value] as number;
    if (count > 0) found.push([value.toString(16).padStart(4, '0'), count]);
  }
  return found;
}

/** Most frequent first, equally frequent by name; what did not occur is left out. */
function ranked(counts: readonly (readonly [string, number])[]): Record<string, number> {
  const present = counts.filter(([, count]) => count > 0);
  return Object.fromEntries(present.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
