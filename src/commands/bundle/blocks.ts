import type { Block, Column } from '../../model/block.js';
import type { BundleFacts, PartFacts } from './facts.js';
import { megabytes } from './megabytes.js';
import { partsThatAre } from './parts.js';

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** What a person should see: the answer, the files, what is not there and why, and what support asks for. */
export function bundleBlocks(facts: BundleFacts, answer: readonly string[]): Block[] {
  const blocks: Block[] = answer.map((text) => ({ kind: 'note', text }));
  const { result } = facts;
  if (result?.state === 'handed-over' && result.redaction.anonymised !== undefined) {
    const { names, addresses, map } = result.redaction.anonymised;
    const text = `${names} names and ${addresses} addresses stand as labels; which is which is in ${map}: keep that for yourself.`;
    blocks.push({ kind: 'note', text });
  }
  // Of a bundle that is nowhere, no file answers anything.
  if (!hasFiles(facts)) return blocks;
  const there = facts.parts.filter(({ state }) => state.state !== 'missing');
  if (there.length > 0) {
    const rows = there.map((part) => [part.file, sizeText(part), part.what]);
    blocks.push({ kind: 'table', columns: [left('File'), right('Size'), left('What it is')], rows });
  }
  blocks.push(...withoutText(facts), ...wantedTable(facts), ...details(facts));
  return blocks;
}

/** Whether files are there, or would be. */
function hasFiles({ result, stopped }: BundleFacts): boolean {
  return result === undefined ? stopped === undefined : result.state === 'handed-over';
}

function sizeText({ state }: PartFacts): string {
  if (state.state === 'missing' || state.bytes === undefined) return '';
  return megabytes(state.bytes);
}

/** What is not there because there is no such thing, or because it was not wanted: one line for each reason. */
function withoutText(facts: BundleFacts): Block[] {
  const reasons = new Map<string, string[]>();
  for (const { part } of partsThatAre(facts, 'missing')) {
    if (part.state.because === undefined) continue;
    const files = reasons.get(part.state.why) ?? [];
    reasons.set(part.state.why, [...files, part.file]);
  }
  const pairs = [...reasons].map(([why, files]) => ({ label: 'Left out', value: files.join(', '), means: why }));
  return pairs.length === 0 ? [] : [{ kind: 'pairs', pairs }];
}

/** Which files answer what support asks for; what only a person can add is said with what to do. */
function wantedTable({ wanted, parts, case: error }: BundleFacts): Block[] {
  const missing = new Set(parts.filter(({ state }) => state.state === 'missing').map(({ file }) => file));
  const rows = wanted
    .filter(({ onlyByHand }) => onlyByHand !== true)
    .map(({ says, files }) => [says, filesText(files.filter((file) => !missing.has(file)))]);
  if (rows.length === 0) return [];
  const title = error === undefined ? 'Support asks for' : `Support asks for, with error ${error.code}`;
  return [{ kind: 'table', columns: [left(title), left('Answered by')], rows }];
}

/** Files that are named of an answer. */
const mostNamed = 3;

function filesText(files: readonly string[]): string {
  if (files.length === 0) return 'nothing in it';
  const more = files.length - mostNamed;
  return `${files.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function details({ parts }: BundleFacts): Block[] {
  const rows = parts.map(({ file, how, state }) => [
    file,
    how,
    state.state === 'collected' ? `${state.ms.toFixed(0)} ms` : state.state,
    state.state === 'collected' ? state.sha256 : '',
  ]);
  if (rows.length === 0) return [];
  const columns = [left('File'), left('From'), right('Time'), left('SHA-256')];
  return [{ kind: 'table', columns, rows, verbose: true }];
}
