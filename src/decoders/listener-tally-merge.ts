import {
  causeTally,
  coverIntervals,
  createListenerTally,
  type ListenerLogTally,
  MOST_NAMES,
  MOST_SAMPLES,
  type NameCounts,
} from './listener-log-tally.js';
import { widened } from './rate-intervals.js';

/**
 * What two logs, or two parts of one, hold together. The order matters for samples only: `b` is the later one. Of more than
 * `MOST_NAMES` different names, the most frequent are kept.
 */
export function mergeListenerTallies(a: ListenerLogTally, b: ListenerLogTally): ListenerLogTally {
  const tally = createListenerTally();
  for (const part of [a, b]) {
    addCounts(tally, part);
    addCauses(tally, part);
    for (const { shape, sample } of part.unrecognisedSamples) {
      const { unrecognisedSamples: samples } = tally;
      if (samples.length < MOST_SAMPLES && samples.every((known) => known.shape !== shape))
        samples.push({ shape, sample });
    }
  }
  return tally;
}

function addCounts(tally: ListenerLogTally, part: ListenerLogTally): void {
  tally.lines += part.lines;
  tally.considered += part.considered;
  tally.recognised += part.recognised;
  tally.ofOthers += part.ofOthers;
  tally.unrecognised += part.unrecognised;
  tally.untimed += part.untimed;
  tally.first = Math.min(tally.first, part.first);
  tally.last = Math.max(tally.last, part.last);
  for (const [form, count] of part.forms) tally.forms.set(form, (tally.forms.get(form) ?? 0) + count);
  addNames(tally.machines, part.machines);
}

function addCauses(tally: ListenerLogTally, part: ListenerLogTally): void {
  coverIntervals(tally, part.intervals);
  for (const [id, { count, first, last, hosts, destinations, rate, sample }] of part.causes) {
    const cause = causeTally(tally, id, sample);
    cause.count += count;
    cause.first = Math.min(cause.first, first);
    cause.last = Math.max(cause.last, last);
    cause.sample = sample;
    addNames(cause.hosts, hosts);
    addNames(cause.destinations, destinations);
    for (const [interval, lines] of widened(rate, part.intervals.width, tally.intervals.width)) {
      cause.rate.set(interval, (cause.rate.get(interval) ?? 0) + lines);
    }
  }
}

function addNames(counts: NameCounts, more: NameCounts): void {
  counts.others += more.others;
  for (const [name, count] of more.names) counts.names.set(name, (counts.names.get(name) ?? 0) + count);
  if (counts.names.size <= MOST_NAMES) return;
  for (const [name, count] of mostFrequent(counts.names).slice(MOST_NAMES)) {
    counts.names.delete(name);
    counts.others += count;
  }
}

/** The most frequent first; of as many lines, by name. */
export function mostFrequent(names: ReadonlyMap<string, number>): [string, number][] {
  return [...names].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
