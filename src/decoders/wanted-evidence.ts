import { edge1xxxOf } from '../knowledge/edge-1xxx.js';
import { edge5xx, edge5xxOf } from '../knowledge/edge-5xx.js';
import { edgeErrorCodes } from '../knowledge/edge-errors.js';
import { type Evidence, evidenceGiven } from '../knowledge/evidence-wanted.js';
import type { SupportItem } from '../knowledge/statement.js';
import { everyCase, railgunCase, streamCase } from '../knowledge/support-case.js';

export type { Evidence } from '../knowledge/evidence-wanted.js';

/** Something that support asks for in a case, and what of a bundle answers it. */
export interface WantedItem {
  readonly says: string;
  readonly source: string;
  /** Any of these; none: only a person can add it. */
  readonly evidence: readonly Evidence[];
  /** How a person gives it to `rg-diag bundle`, where that is possible: `--zone NAME`. */
  readonly option?: string;
}

/** An error that cases are about. */
export interface CaseError {
  readonly code: number;
  /** As Cloudflare calls it, where it has a name. */
  readonly name?: string;
  /** What happened, without a full stop. */
  readonly cause: string;
}

/** The error of this code; nothing where no source has it. */
export function caseErrorOf(code: number): CaseError | undefined {
  const edge = edge5xxOf(code);
  if (edge !== undefined) return { code, name: edge.title, cause: edge.cause };
  const row = edge1xxxOf(code);
  return row && { code, ...(row.name !== undefined && { name: row.name }), cause: row.cause };
}

/** All codes that `caseErrorOf` knows, ascending. */
export function caseErrorCodes(): readonly number[] {
  const codes = new Set([...edge5xx.map(({ code }) => code), ...edgeErrorCodes()]);
  return [...codes].filter((code) => caseErrorOf(code) !== undefined).sort((a, b) => a - b);
}

/**
 * What support asks for in a case about this error: what the pages about it name first, then what belongs in every case. Without
 * an error: all that it may ask for. What is only about Railgun is left out where that is not in use.
 */
export function wantedInCase(code: number | undefined, hasRailgun: boolean): WantedItem[] {
  const of = code === undefined ? [] : supportFor(code);
  const isAboutRailgun = code === undefined ? hasRailgun : edge5xxOf(code)?.side === 'railgun';
  const railgun = isAboutRailgun ? [...railgunCase, ...(code === undefined ? streamCase : [])] : [];
  const items = [...of, ...railgun, ...everyCase].filter(({ withRailgun }) => withRailgun !== true || hasRailgun);
  return withoutRepeats(items.map(wantedItem));
}

function supportFor(code: number): readonly SupportItem[] {
  return (edge5xxOf(code) ?? edge1xxxOf(code))?.support ?? [];
}

function wantedItem({ says, source, evidence = [] }: SupportItem): WantedItem {
  const option = evidence.flatMap((one) => evidenceGiven[one] ?? [])[0];
  return { says, source, evidence, ...(option !== undefined && { option }) };
}

/** What a page about an error asks for says more than what belongs in every case: `two-hars` than `har`, its time than the time. */
function withoutRepeats(items: readonly WantedItem[]): WantedItem[] {
  const seen = new Set<Evidence>();
  return items.filter(({ evidence }) => {
    const isNew = evidence.length === 0 || evidence.some((one) => !seen.has(one));
    for (const one of evidence) seen.add(one);
    if (evidence.includes('two-hars')) seen.add('har');
    return isNew;
  });
}
