import { printableJson } from '../model/printable.js';
import type { Report } from '../model/report.js';
import { orderedReport, orderedRun } from './json/ordered.js';
import type { Reporter } from './reporter.js';

/** One JSON document. It begins with the verdict over all reports, so nothing is written before the end. */
export function createJson(): Reporter {
  const reports: Report[] = [];
  return {
    report(report) {
      reports.push(orderedReport(report));
      return '';
    },
    end: (run) => `${printableJson({ ...orderedRun(run), reports }, 2)}\n`,
  };
}
