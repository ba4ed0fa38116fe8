import type { Leak } from '../../decoders/evidence-leaks.js';
import { createArchive } from '../../io/archive.js';
import { stopOf } from '../../io/deadline.js';
import { commitWithFile } from '../../io/folder-and-file.js';
import type { NewFolder } from '../../io/new-folder.js';
import { besideFolder } from '../../model/beside.js';
import type { Failure } from '../../model/failure.js';
import type { FinishedRun, MeasureContext } from '../command.js';
import { mapStrings, seenParts, writtenParts } from './described-parts.js';
import type { BundleFacts, BundleResult, BundleTarget, RedactionFacts } from './facts.js';
import type { GatheredAll } from './gather.js';
import { manifestFile, manifestText, type WrittenFile } from './manifest.js';
import { type RedactedBundle, redactedBundle } from './redaction.js';
import { leaksOnDisk, writeFiles } from './written-bundle.js';

export interface HandOver {
  readonly target: BundleTarget;
  readonly facts: BundleFacts;
  readonly gathered: GatheredAll;
  readonly folder: NewFolder;
}

/** Masks, writes, reads it all again, and lets the folder appear; or says why there is none. */
export async function handOver(over: HandOver, context: MeasureContext): Promise<BundleFacts> {
  const { gathered, folder } = over;
  const { directory, archive: wantsArchive } = over.facts.asked;
  const { signal, progress } = context;
  progress('masking what is secret');
  const seen = seenParts(over.facts, gathered.parts);
  const bundle = await redactedBundle({ ...over, facts: seen }, context);
  if ('code' in bundle) return { ...seen, ...stoppedBy(signal), result: { state: 'failed', failure: bundle } };
  const facts = writtenParts(seen, gathered.parts, bundle);
  const failed = (failure: Failure): BundleFacts => ({
    ...facts,
    ...stoppedBy(signal),
    result: { state: 'failed', failure },
  });
  progress('writing');
  const written = [...bundle.files, manifestOf(facts, bundle, context.version)];
  const unwritten = await writeFiles(folder, written, signal);
  if (unwritten !== undefined) return failed(unwritten);
  progress('looking for secrets in what was written');
  const leaks = await leaksOnDisk(folder, written, bundle, signal);
  if ('code' in leaks) return failed(leaks);
  const redaction = redactionOf(bundle, leaks, directory);
  if (leaks.length > 0) {
    await folder.discard();
    return { ...facts, result: { state: 'withheld', redaction } };
  }
  if (signal.aborted) return failed(signal.reason as Failure);
  const unfinished = await appear(folder, bundle, directory);
  if (unfinished !== undefined) return failed(unfinished);
  const archive = wantsArchive && (await archiveOf(facts, signal));
  const diagnosis = diagnosisOf(gathered.doctor, bundle);
  const result: BundleResult = {
    state: 'handed-over',
    directory,
    files: written.length,
    bytes: written.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    ...(archive !== undefined && ('code' in archive ? { withoutArchive: archive } : { archive })),
    redaction,
    ...(diagnosis !== undefined && { diagnosis }),
  };
  return { ...facts, result };
}

function stoppedBy(signal: AbortSignal): Pick<BundleFacts, 'stopped'> {
  const stopped = stopOf(signal);
  return stopped === undefined ? {} : { stopped };
}

function manifestOf({ parts, observedAt }: BundleFacts, bundle: RedactedBundle, version: string): WrittenFile {
  const { anonymiser, files } = bundle;
  const labelled = anonymiser === undefined ? parts : parts.map((part) => mapStrings(part, anonymiser.text));
  const head = { version, at: observedAt, anonymised: anonymiser !== undefined };
  return { file: manifestFile, text: manifestText(head, labelled, files) };
}

function redactionOf(
  { masked, set, unread, anonymiser }: RedactedBundle,
  leaks: readonly Leak[],
  directory: string,
): RedactionFacts {
  const labels = anonymiser?.map() ?? [];
  return {
    masked: [...masked.values()].reduce((sum, count) => sum + count, 0),
    searched: set.searched,
    notSearched: set.notSearched,
    leaks,
    ...(unread.length > 0 && { unread }),
    ...(anonymiser !== undefined && {
      anonymised: {
        names: labels.filter(({ kind }) => kind === 'name').length,
        addresses: labels.filter(({ kind }) => kind === 'address').length,
        map: besideFolder(directory, '.map.json'),
      },
    }),
  };
}

/** The folder gets its name and, where there are labels, a file beside it that says what they stand for. */
async function appear(
  folder: NewFolder,
  { anonymiser }: RedactedBundle,
  directory: string,
): Promise<Failure | undefined> {
  if (anonymiser === undefined) return folder.commit();
  const labels = { schema: 'rg-diag-bundle-map/1', labels: anonymiser.map() };
  return commitWithFile(folder, besideFolder(directory, '.map.json'), `${JSON.stringify(labels, undefined, 2)}\n`);
}

async function archiveOf({ asked, observedAt }: BundleFacts, signal: AbortSignal) {
  const file = besideFolder(asked.directory, '.tar.gz');
  const made = await createArchive(asked.directory, file, Date.parse(observedAt), signal);
  return made.ok ? { file, ...made.value } : made.failure;
}

/** What doctor made of it all. */
function diagnosisOf(doctor: FinishedRun | undefined, { set }: RedactedBundle) {
  if (doctor === undefined) return undefined;
  // Doctor puts the cause first.
  const findings = doctor.reports.flatMap(({ report }) => report.findings);
  const first = findings.find(({ status }) => status !== 'pass' && status !== 'skip') ?? findings[0];
  return first && { verdict: doctor.run.verdict, says: set.search.masked(first.says) };
}
