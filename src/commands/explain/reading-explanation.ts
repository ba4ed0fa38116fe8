import type { EdgeLimit } from '../../knowledge/edge-5xx.js';
import type { Side } from '../../knowledge/sides.js';
import type { SourceConflict } from '../../knowledge/source-conflicts.js';
import type { Cause, CheckStep, Statement, SupportItem } from '../../knowledge/statement.js';
import type { Pair } from '../../model/block.js';

/** All that the sources say about one reading of a text. */
export interface ReadingExplanation {
  /** What it is called where several things are listed: `522`, `STALE`. */
  readonly label: string;
  /** What it is: `Cloudflare error 522 (connection timed out)`. */
  readonly name: string;
  /** What it means, without a full stop. */
  readonly means: string;
  /** What to do first, a sentence; empty where there is nothing to do. */
  readonly fix: string;
  readonly source: string;
  readonly side: Side;
  /** What the text itself says beyond what it is: the ray, the zone. */
  readonly pairs: readonly Pair[];
  readonly conditions: readonly Statement[];
  readonly limits: readonly EdgeLimit[];
  readonly causes: readonly Cause[];
  readonly checks: readonly CheckStep[];
  readonly support: readonly SupportItem[];
  /** Absent where trying again is no question, or nothing is published about it. */
  readonly retry?: { readonly worthIt: boolean; readonly afterSeconds?: number; readonly source: string };
  readonly conflicts: readonly SourceConflict[];
  /** How the newer pages differ from the older ones. */
  readonly changes: readonly Statement[];
}

/** The parts that most things have nothing in. */
export const nothingElse = {
  fix: '',
  side: 'nobody',
  pairs: [],
  conditions: [],
  limits: [],
  causes: [],
  checks: [],
  support: [],
  conflicts: [],
  changes: [],
} as const satisfies Partial<ReadingExplanation>;
