import type { Finding, Status } from '../../model/finding.js';
import type { Verdict } from '../../model/report.js';
import type { CheckFacts, CheckReport, DoctorFacts } from './facts.js';
import { asLedByMap, mapLineOf } from './map-line.js';
import { type Names, namesOf } from './names-of.js';
import { weightOf } from './status.js';
import { statusesOf } from './status-here.js';

/** A finding of a check as it is told beside those of the other checks. */
export interface Found {
  /** Its place in the report. */
  readonly place: number;
  readonly finding: Finding;
  /** What it counts as here: less than by itself where others know better. */
  readonly status: Status;
  readonly names: Names;
  /** The line of the map that led to the origin, where one did. */
  readonly mapLine?: string;
}

/** Of a report of a check, whatever says more than that something held. */
export function foundIn(facts: DoctorFacts): (check: CheckFacts, report: CheckReport) => Found[] {
  const statusHere = statusesOf(facts);
  const ofRun = { isCut: facts.stopped !== undefined, isModeGiven: facts.asked.modeGiven === true };
  return (check, report) => {
    const mapLine = mapLineOf(check, facts);
    return report.findings.flatMap((finding, place): Found[] => {
      if (weightOf(finding.status) === 0) return [];
      const names = namesOf(check, report, finding, ofRun);
      const status = statusHere(check, finding, names);
      if (mapLine === undefined) return [{ place, finding, status, names }];
      return [{ place, finding: asLedByMap(finding, check, report, names.stage, mapLine), status, names, mapLine }];
    });
  };
}

const verdicts: readonly Verdict[] = ['ok', 'ok', 'warn', 'unknown', 'fail'];

/** How a check came out here: its own verdict, unless its worst finding counts for something else beside those of the others. */
export function verdictsOf(facts: DoctorFacts): (check: CheckFacts) => Verdict | undefined {
  const found = foundIn(facts);
  return (check) => {
    const { outcome } = check;
    if (outcome.state !== 'ran') return undefined;
    const all = outcome.reports.flatMap((report) => found(check, report));
    const own = outcome.reports.flatMap(({ findings }) => findings.map(({ status }) => weightOf(status)));
    const worst = all.reduce((most, { status }) => Math.max(most, weightOf(status)), 0);
    return worst === own.reduce((most, weight) => Math.max(most, weight), 0) ? outcome.verdict : verdicts[worst];
  };
}
