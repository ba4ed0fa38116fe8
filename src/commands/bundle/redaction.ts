import { type Anonymiser, createAnonymiser } from '../../decoders/anonymised.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { type EvidenceFile, type RedactedSet, redactSetInSteps } from '../../decoders/evidence-set.js';
import { inSteps } from '../../io/in-steps.js';
import type { Failure } from '../../model/failure.js';
import type { FinishedRun, MeasureContext } from '../command.js';
import { bundleRun } from './bundle-run.js';
import { estateNames } from './estate-names.js';
import type { BundleFacts, BundleTarget } from './facts.js';
import type { GatheredAll } from './gather.js';
import type { LaidOut } from './gathered.js';
import { knownSecrets } from './known-secrets.js';
import type { WrittenFile } from './manifest.js';
import { withTexts } from './masked-facts.js';
import { laidOut } from './other-run.js';
import { reportPage } from './report-page.js';
import { safeNames } from './safe-names.js';
import { type SettingsTexts, settingsTexts } from './settings-texts.js';
import { ticketOf } from './ticket.js';

export interface RedactedBundle {
  /** All but the manifest: what is to be read first, then every part that there is. */
  readonly files: readonly WrittenFile[];
  /** Files that are not called what they were to be called: their names had something in them that was masked. */
  readonly names: ReadonlyMap<string, string>;
  /** Values that were masked, by file. */
  readonly masked: ReadonlyMap<string, number>;
  readonly set: Pick<RedactedSet, 'search' | 'searched' | 'notSearched'>;
  /** Files of settings that are there, and whose secrets nobody knows. */
  readonly unread: SettingsTexts['unread'];
  /** Where labels are in the place of names and addresses. */
  readonly anonymiser?: Anonymiser;
}

/** A file as it is before anything in it is masked. */
interface Made {
  readonly file: string;
  readonly text: string;
  readonly from?: LaidOut;
}

/**
 * What may be written: without secrets and, where that is asked for, without names and addresses; the failure where the run ended before. What secrets there are is known when all
 * has been looked through; then what was laid out is laid out again without them.
 */
export async function redactedBundle(
  { target, facts, gathered }: { target: BundleTarget; facts: BundleFacts; gathered: GatheredAll },
  context: MeasureContext,
): Promise<RedactedBundle | Failure> {
  const { doctor, parts } = gathered;
  const made = [
    await pageOf(facts, doctor, context),
    ticketFrom(facts, doctor),
    ...parts.flatMap(({ part: { file }, gathered }): Made[] =>
      gathered.state === 'collected' ? [{ ...gathered, file }] : [],
    ),
  ];
  const { texts: settings, unread } = await settingsTexts(parts, context.signal);
  const known = knownSecrets(target, settings);
  const seen = await inSteps(redactSetInSteps(made.map(asEvidence), known), context.signal);
  if ('code' in seen) return seen;
  const anonymiser =
    facts.asked.anonymise && createAnonymiser({ names: estateNames(target, facts.asked, settings, gathered) });
  const labelled = (text: string) => anonymiser?.text(text) ?? text;
  const shown = (text: string) => labelled(seen.search.masked(text));
  const masked = await Promise.all(
    made.map(async ({ file, text, from }, index): Promise<Made> => {
      if (from === undefined) return { file, text: seen.files[index]?.text ?? text };
      return { file, text: await from.again(shown), from };
    }),
  );
  const again = await inSteps(maskedAgain(masked, seen.secrets), context.signal);
  if ('code' in again) return again;
  const { files, ...set } = again;
  const planned = parts.map(({ part }) => part.file);
  const names = safeNames(planned, (file) => labelled(set.search.masked(file)));
  const nameOf = (file: string) => names.get(file) ?? file;
  return {
    files: files.map(({ file, text }) => ({ file: nameOf(file), text: labelled(text) })),
    names,
    masked: new Map(seen.files.map(({ file, masked }) => [nameOf(file), masked])),
    set: { search: set.search, searched: set.searched, notSearched: seen.notSearched },
    unread,
    ...(anonymiser !== undefined && { anonymiser }),
  };
}

/** What was laid out is looked through once more; the others again only where that told of another secret. */
function* maskedAgain(made: readonly Made[], secrets: ReadonlyMap<string, string>): Generator<void, RedactedSet> {
  const asText = ({ file, text }: Made): EvidenceFile => ({ file, text, kind: evidenceKindOf(file, text) });
  const laid = yield* redactSetInSteps(made.filter(({ from }) => from !== undefined).map(asText), secrets);
  if (laid.secrets.size > secrets.size) return yield* redactSetInSteps(made.map(asText), laid.secrets);
  const texts = new Map(laid.files.map((one) => [one.file, one]));
  return { ...laid, files: made.map(({ file, text }) => texts.get(file) ?? { file, text, masked: 0 }) };
}

/** What is read for its secrets: not a text in lines that were cut, but all that was to be in it. */
function asEvidence({ file, text, from }: Made): EvidenceFile {
  return from === undefined
    ? { file, text, kind: evidenceKindOf(file, text) }
    : { file, text: from.json, kind: 'report' };
}

/** Of the checks, or, where there are none, of what was gathered. */
async function pageOf(facts: BundleFacts, doctor: FinishedRun | undefined, context: MeasureContext): Promise<Made> {
  const render = (run: FinishedRun) => (doctor === undefined ? context.render('html', run) : reportPage(run, context));
  return fileOf('REPORT.html', laidOut(doctor ?? (await bundleRun(facts, context)), render));
}

function ticketFrom(facts: BundleFacts, doctor: FinishedRun | undefined): Made {
  const reports = doctor?.reports ?? [];
  return fileOf('TICKET.txt', {
    json: JSON.stringify([facts, ...reports]),
    again: async (change) => ticketOf(withTexts(facts, change), { reports: withTexts(reports, change) }),
  });
}

/** Its text is made when all is known. */
function fileOf(file: string, from: LaidOut): Made {
  return { file, text: '', from };
}
