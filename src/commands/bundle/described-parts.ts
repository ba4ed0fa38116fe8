import { sha256 } from '../../decoders/sha256.js';
import type { BundleFacts, PartFacts, PartState } from './facts.js';
import type { GatheredPart } from './gather.js';
import type { Gathered } from './gathered.js';
import { withTexts } from './masked-facts.js';
import type { RedactedBundle } from './redaction.js';

/** What has become of each part; how large it is after masking is not known yet. */
export function seenParts(facts: BundleFacts, gathered: readonly GatheredPart[]): BundleFacts {
  const parts = gathered.map((one) => partFacts(one, { bytes: 0, sha256: '', masked: 0 }));
  const silent = new Set(gathered.flatMap(({ part, gathered }) => (isAnswer(gathered) ? [] : [part.file])));
  const wanted = facts.wanted.map((item) => {
    const failed = item.files.filter((file) => silent.has(file));
    if (failed.length === 0) return item;
    return { ...item, files: item.files.filter((file) => !silent.has(file)), failed };
  });
  return { ...facts, parts, wanted };
}

/** The same, as it is going to be written: under other names where theirs had a secret in them. */
export function writtenParts(
  facts: BundleFacts,
  gathered: readonly GatheredPart[],
  { files, masked, names, set }: RedactedBundle,
): BundleFacts {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const nameOf = (file: string) => names.get(file) ?? file;
  const parts = gathered.map((one): PartFacts => {
    const file = nameOf(one.part.file);
    const text = texts.get(file) ?? '';
    const size = { bytes: Buffer.byteLength(text), sha256: sha256(text), masked: masked.get(file) ?? 0 };
    return { ...partFacts(one, size), file };
  });
  const wanted = facts.wanted.map((item) => ({
    ...item,
    files: item.files.map(nameOf),
    ...(item.failed !== undefined && { failed: item.failed.map(nameOf) }),
  }));
  return withTexts({ ...facts, parts, wanted }, set.search.masked);
}

/** What is free text in the facts of a part, changed. */
export function mapStrings(part: PartFacts, change: (text: string) => string): PartFacts {
  const { state } = part;
  return {
    ...part,
    what: change(part.what),
    how: change(part.how),
    state:
      state.state === 'missing'
        ? { ...state, why: change(state.why) }
        : { ...state, ...('cut' in state && state.cut !== undefined && { cut: change(state.cut) }) },
  };
}

interface Size {
  readonly bytes: number;
  readonly sha256: string;
  readonly masked: number;
}

function partFacts({ part, gathered, ms }: GatheredPart, size: Size): PartFacts {
  const { kind, file, what } = part;
  return { kind, file, what, how: gathered.how ?? part.how, state: stateOf(part.state, gathered, ms, size) };
}

function stateOf(
  planned: PartState,
  gathered: GatheredPart['gathered'],
  ms: number,
  { bytes, sha256, masked }: Size,
): PartState {
  // It was known before, and nothing was tried.
  if (planned.state === 'missing') return planned;
  const time = Math.round(ms);
  if (gathered.state === 'collected') {
    const { cut } = gathered;
    return { state: 'collected', bytes, sha256, ms: time, masked, ...(cut !== undefined && { cut }) };
  }
  const { why, needsRoot } = gathered;
  return { state: 'missing', why, ms: time, ...(needsRoot === true && { needsRoot }) };
}

/** A file that could not be made answers nothing. */
function isAnswer(gathered: Gathered): boolean {
  return gathered.state === 'collected' && gathered.answersNothing !== true;
}
