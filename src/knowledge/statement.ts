import type { Evidence } from './evidence-wanted.js';

/** One thing that a source says, in our own words. */
export interface Statement {
  readonly says: string;
  readonly source: string;
}

/** Something that brings a symptom about. */
export interface Cause extends Statement {
  /** What ends it, a sentence; absent where no source says. */
  readonly fix?: string;
}

/** A step of finding out. */
export interface CheckStep extends Statement {
  /** What to type for it; HOST, ADDR, PORT, SERVER and RAY stand for the reader's own. */
  readonly command?: string;
}

/** Something that Cloudflare support asks for. */
export interface SupportItem extends Statement {
  /** What prints it; absent: only a person can add it. */
  readonly command?: string;
  /** What of a bundle has it, any of these; absent: nothing that can be gathered. Which part that is, is inferred. */
  readonly evidence?: readonly Evidence[];
  /** Only where Railgun is in use. */
  readonly withRailgun?: true;
}

/** A row of what a source asks for: what it is, what prints it, and what of a bundle has it. */
export type SupportRow = readonly [
  says: string,
  command?: string | undefined,
  evidence?: Evidence | readonly Evidence[],
];

/** Causes of one source: what it is, and what ends it. */
export function causesOf(source: string, ...rows: readonly (readonly [says: string, fix?: string])[]): Cause[] {
  return rows.map(([says, fix]) => ({ says, source, ...(fix !== undefined && { fix }) }));
}

/** Steps for which one source gives the reason: what to find out, and what to type for it. */
export function checksOf(source: string, ...rows: readonly (readonly [says: string, command?: string])[]): CheckStep[] {
  return rows.map(([says, command]) => ({ says, source, ...(command !== undefined && { command }) }));
}

/** What one source asks for. */
export function supportOf(source: string, ...rows: readonly SupportRow[]): SupportItem[] {
  return rows.map(([says, command, evidence]) => ({
    says,
    source,
    ...(command !== undefined && { command }),
    ...(evidence !== undefined && { evidence: typeof evidence === 'string' ? [evidence] : evidence }),
  }));
}

/** The same, asked for only where Railgun is in use. */
export function supportWithRailgunOf(source: string, ...rows: readonly SupportRow[]): SupportItem[] {
  return supportOf(source, ...rows).map((item) => ({ ...item, withRailgun: true }));
}

/** What one source says. */
export function statementsOf(source: string, ...rows: readonly string[]): Statement[] {
  return rows.map((says) => ({ says, source }));
}
