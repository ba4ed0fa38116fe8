import { shortened } from '../../model/shortened.js';
import type { Explanation } from '../command.js';
import type { DoctorFacts } from './facts.js';
import { counts } from './status.js';

/** So that a ticket stays one that somebody reads. */
const [mostOfReport, mostOfAll, mostText] = [8, 40, 300];

/** Ray ids, codes and destinations of the checks that found something, each with the name of its check. */
export function signalsOf({ checks }: DoctorFacts): Explanation['signals'] {
  const signals: [label: string, value: string][] = [];
  const seen = new Set<string>();
  for (const { name, outcome } of checks) {
    if (outcome.state !== 'ran') continue;
    for (const { findings, signals: own } of outcome.reports) {
      if (!findings.some(({ status }) => counts(status))) continue;
      for (const [label, value] of own.slice(0, mostOfReport)) {
        const signal = `${label}: ${value}`;
        if (seen.has(signal) || signals.length >= mostOfAll) continue;
        seen.add(signal);
        signals.push([label, `${shortened(value, mostText)} (${shortened(name, 100)})`]);
      }
    }
  }
  return signals;
}
