import { isObject, type JsonObject, textOf } from './har.js';
import { type HarEntry, type HarPhase, harPhases } from './har-entry.js';

/**
 * Where a difference arises. `through Cloudflare`: an error only there; `direct`: an error only without; `origin`: an error both
 * ways; `answer`: other statuses; `time`: one took much longer.
 */
export type HarDifferenceKind = 'through Cloudflare' | 'direct' | 'origin' | 'answer' | 'time';

/** The same request in two archives: the first and the second. */
export interface HarDifference {
  readonly kind: HarDifferenceKind;
  readonly first: HarEntry;
  readonly second: HarEntry;
  /** Of `time`: in which phase most of it arises. */
  readonly phase?: HarPhase;
}

export interface HarComparison {
  /** Requests that are in both, by method and address; with the query where it is the same. */
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Which archive was made with Cloudflare on; absent where both or neither was. */
  readonly proxied?: 'first' | 'second';
  readonly differences: number;
  /** The first fifty, errors before times. */
  readonly examples: readonly HarDifference[];
}

const mostExamples = 50;

/** Milliseconds, and times as long: below either nobody can tell a difference from chance. */
const slower = { ms: 1000, times: 2 };

const order: readonly HarDifferenceKind[] = ['through Cloudflare', 'origin', 'direct', 'answer', 'time'];

interface Archive {
  readonly raw: readonly JsonObject[];
  readonly entries: readonly HarEntry[];
}

/** Lays two archives side by side: the n-th request for an address beside the n-th one. */
export function compareHars(first: Archive, second: Archive): HarComparison {
  const proxied = proxiedOf(share(first), share(second));
  const pairs = pairsOf(first, second);
  const both = pairs.length;
  const differences = pairs.flatMap(([one, other]) => differenceOf(one, other, proxied) ?? []);
  differences.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return {
    both,
    onlyFirst: first.raw.length - both,
    onlySecond: second.raw.length - both,
    ...(proxied !== undefined && { proxied }),
    differences: differences.length,
    examples: differences.slice(0, mostExamples),
  };
}

/** First those whose addresses are the same with the query; a query may be different each time, so the others without it. */
function pairsOf(first: Archive, second: Archive): readonly (readonly [HarEntry, HarEntry])[] {
  const pairs: (readonly [HarEntry, HarEntry])[] = [];
  const taken = [new Set<number>(), new Set<number>()] as const;
  for (const withQuery of [true, false]) {
    const others = new Map<string, number[]>();
    for (let index = second.raw.length - 1; index >= 0; index -= 1) {
      if (taken[1].has(index)) continue;
      const key = keyOf(second.raw[index], withQuery);
      const list = others.get(key);
      if (list === undefined) others.set(key, [index]);
      else list.push(index);
    }
    first.raw.forEach((raw, index) => {
      const other = taken[0].has(index) ? undefined : others.get(keyOf(raw, withQuery))?.pop();
      if (other === undefined) return;
      taken[0].add(index);
      taken[1].add(other);
      pairs.push([first.entries[index] as HarEntry, second.entries[other] as HarEntry]);
    });
  }
  return pairs;
}

function share({ entries }: Archive): number {
  return entries.filter(({ throughCloudflare }) => throughCloudflare).length / Math.max(1, entries.length);
}

/** Pages have parts of other sites, which may be proxied too: what counts is where there are more. */
function proxiedOf(first: number, second: number): 'first' | 'second' | undefined {
  if (first === second) return undefined;
  return first > second ? 'first' : 'second';
}

function keyOf(raw: JsonObject | undefined, withQuery: boolean): string {
  const request = isObject(raw?.['request']) ? raw['request'] : {};
  return `${textOf(request['method'])} ${textOf(request['url']).replace(withQuery ? /#[\s\S]*$/ : /[?#][\s\S]*$/, '')}`;
}

function differenceOf(
  first: HarEntry,
  second: HarEntry,
  proxied: 'first' | 'second' | undefined,
): HarDifference | undefined {
  const [failedFirst, failedSecond] = [isError(first), isError(second)];
  if (failedFirst && failedSecond) return { kind: 'origin', first, second };
  if (failedFirst !== failedSecond) {
    const isProxied = proxied === (failedFirst ? 'first' : 'second');
    return { kind: proxied === undefined ? 'answer' : isProxied ? 'through Cloudflare' : 'direct', first, second };
  }
  // The browser's own cache asks for less.
  const same = (status: number) => (status === 304 ? 200 : status);
  if (same(first.status) !== same(second.status)) return { kind: 'answer', first, second };
  const [least, most] = [Math.min(first.ms, second.ms), Math.max(first.ms, second.ms)];
  if (most - least < slower.ms || most < least * slower.times) return undefined;
  const phase = phaseOf(first, second);
  return { kind: 'time', first, second, ...(phase !== undefined && { phase }) };
}

function isError({ status, error }: HarEntry): boolean {
  return status >= 500 || (status === 0 && error !== undefined);
}

/** `ssl` is a part of `connect`: it is named where it is most of it. */
function phaseOf(first: HarEntry, second: HarEntry): HarPhase | undefined {
  const gap = (phase: HarPhase) => Math.abs((first.phases[phase] ?? 0) - (second.phases[phase] ?? 0));
  const widest = harPhases.filter((phase) => phase !== 'ssl').reduce((a, b) => (gap(b) > gap(a) ? b : a));
  if (gap(widest) === 0) return undefined;
  return widest === 'connect' && gap('ssl') > gap('connect') / 2 ? 'ssl' : widest;
}
