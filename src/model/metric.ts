/** Base units only: seconds, bytes, ratio (1 is the whole), count. */
export type Unit = 'seconds' | 'bytes' | 'ratio' | 'count';

/** One number of one report. Every format derives its own spelling from it (perfdata, Prometheus, a line of text). */
export interface Metric {
  /** snake_case, ends with the unit where that is `seconds`, `bytes` or `ratio`. Stable. */
  readonly name: string;
  /** One sentence, the same wherever the name is used. */
  readonly help: string;
  readonly unit: Unit;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Which side of its thresholds is the bad one: `above` where absent, `below` for what runs out (days left, say). */
  readonly alarm?: 'above' | 'below';
  /** A threshold that the user gave: the value warns beyond it. */
  readonly warn?: number;
  /** A threshold that the user gave: the value fails beyond it. */
  readonly fail?: number;
}
