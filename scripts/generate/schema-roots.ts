import type { StreamRecord } from '../../src/model/record.js';
import type { Envelope, Report, Run } from '../../src/model/report.js';
import type { UnmeasuredFacts as Unmeasured } from '../../src/model/stop.js';

/** What `--format json` prints. The facts of a report have a schema of their own, one for each command. */
export type JsonDocument = Envelope<unknown>;

/** A line that `--format ndjson` prints: records of values, a report for each target, the run at the end. */
export type NdjsonLine =
  | ({ readonly kind: 'record' } & StreamRecord)
  | ({ readonly kind: 'report' } & Report<unknown>)
  | ({ readonly kind: 'run' } & Run);

/** Facts of a target that was not measured: the same for all commands, whatever was asked. */
export interface UnmeasuredFacts extends Omit<Unmeasured, 'asked'> {
  readonly asked: Readonly<Record<string, unknown>>;
}
