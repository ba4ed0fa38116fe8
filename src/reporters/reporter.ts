import type { Block } from '../model/block.js';
import type { StreamRecord } from '../model/record.js';
import type { Report, Run } from '../model/report.js';

/** How the output is looked at. A reporter knows nothing else about the world. */
export interface View {
  /** Whether the stream takes colour. */
  readonly colour: boolean;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  readonly verbose: boolean;
}

/**
 * Turns a stream of finished reports into text. Each function returns what is to be written now, which may be nothing.
 * `end` is called once, also when the run was interrupted: the output is valid then too.
 */
export interface Reporter {
  /** One row of a stream; only formats that stream records have it. */
  record?(record: StreamRecord): string;
  report(report: Report, blocks: readonly Block[]): string;
  end(run: Run): string;
  /**
   * Asked after `end`: whether there is anything to put in the place of what was there; absent: always. What is not handed over
   * leaves a file as it was.
   */
  handsOver?(): boolean;
}

/** What `src/reporters/<format>.ts` exports: a new reporter for one run of one command. */
export type CreateReporter = (command: string, view: View) => Reporter;
