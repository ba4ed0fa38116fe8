import {
  addValue,
  createDistribution,
  type DistributionSummary,
  summariseDistribution,
  timeScales,
} from './distribution.js';
import type { HarEntry } from './har-entry.js';

/** What the entries of a HAR add up to. */
export interface HarSummary {
  readonly entries: number;
  /** Of those: answered by Cloudflare, or passed on by it. */
  readonly throughCloudflare: number;
  /** When the first and the last one began, RFC 3339. */
  readonly first?: string;
  readonly last?: string;
  /** Status → entries; `0`: no answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Data centre → entries. */
  readonly colos: Readonly<Record<string, number>>;
  /** CF-Cache-Status → entries. */
  readonly cacheStatuses: Readonly<Record<string, number>>;
  /** Form of Cf-Railgun → entries. */
  readonly railgunForms: Readonly<Record<string, number>>;
  /** Why Railgun was not used → entries. */
  readonly directReasons: Readonly<Record<string, number>>;
  /** How long entries took that were answered. */
  readonly seconds?: DistributionSummary;
  /** With a status of 500 or more: how many, and the first fifty. */
  readonly errorCount: number;
  readonly errors: readonly HarEntry[];
  /** Without an answer, and not because the page or the browser did not want it: how many, and the first fifty. */
  readonly unansweredCount: number;
  readonly unanswered: readonly HarEntry[];
  /** Longer than was asked about: how many. */
  readonly slowCount: number;
  /** The ten that took longest. */
  readonly slowest: readonly HarEntry[];
}

const mostListed = 50;
const mostSlow = 10;
/** Different keys of a table. */
const mostKeys = 100;

/** @param slowSeconds from how many seconds on an entry is slow */
export function summariseHar(entries: readonly HarEntry[], slowSeconds: number): HarSummary {
  const errors = entries.filter(({ status }) => status >= 500);
  const unanswered = entries.filter(isUnanswered);
  const answered = entries.filter(({ status }) => status > 0);
  const times = entries.flatMap(({ at }) => (at === undefined ? [] : new Date(at).toISOString())).sort();
  const [first] = times;
  const last = times.at(-1);
  const distribution = createDistribution(timeScales);
  for (const { ms } of answered) addValue(distribution, Math.min(ms / 1000, 99_999));
  const seconds = summariseDistribution(distribution);
  return {
    entries: entries.length,
    throughCloudflare: entries.filter(({ throughCloudflare }) => throughCloudflare).length,
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    statuses: counted(entries.map(({ status }) => String(status))),
    colos: counted(entries.map(({ colo }) => colo)),
    cacheStatuses: counted(entries.map(({ cacheStatus }) => cacheStatus)),
    railgunForms: counted(entries.map(({ railgun }) => railgun?.form)),
    directReasons: counted(entries.map(({ railgun }) => railgun?.reason)),
    ...(seconds !== undefined && { seconds }),
    errorCount: errors.length,
    errors: errors.slice(0, mostListed),
    unansweredCount: unanswered.length,
    unanswered: unanswered.slice(0, mostListed),
    slowCount: answered.filter(({ ms }) => ms >= slowSeconds * 1000).length,
    slowest: [...answered].sort((a, b) => b.ms - a.ms).slice(0, mostSlow),
  };
}

/** What a blocker keeps back, or a page gives up, has no answer either, and nothing is wrong with it. */
function isUnanswered({ status, error }: HarEntry): boolean {
  return status === 0 && error !== undefined && !/ERR_(?:ABORTED|BLOCKED_BY_CLIENT)/.test(error);
}

/** The most frequent first. */
function counted(words: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, mostKeys));
}
