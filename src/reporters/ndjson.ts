import { printableJson } from '../model/printable.js';
import { orderedReport, orderedRun } from './json/ordered.js';
import type { Reporter } from './reporter.js';

/** One JSON object a line, written as soon as it is known; `kind` tells records, reports and the run apart. */
export function createNdjson(): Reporter {
  return {
    record: (record) => line('record', record),
    report: (report) => line('report', orderedReport(report)),
    end: (run) => line('run', orderedRun(run)),
  };
}

function line(kind: string, fields: object): string {
  // First for the reader's eye; assigned once more so that a field of that name cannot replace it.
  return `${printableJson(Object.assign({ kind }, fields, { kind }))}\n`;
}
