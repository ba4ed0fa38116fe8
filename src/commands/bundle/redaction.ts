import { type Anonymiser, createAnonymiser } from '../../decoders/anonymised.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { type RedactedSet, redactSet } from '../../decoders/evidence-set.js';
import type { FinishedRun, MeasureContext } from '../command.js';
import { bundleRun } from './bundle-run.js';
import { estateNames } from './estate-names.js';
import type { BundleFacts, BundleTarget } from './facts.js';
import type { GatheredAll } from './gather.js';
import { knownSecrets } from './known-secrets.js';
import type { WrittenFile } from './manifest.js';
import { reportPage } from './report-page.js';
import { safeNames } from './safe-names.js';
import { settingsTexts } from './settings-texts.js';
import { ticketOf } from './ticket.js';

export interface RedactedBundle {
  /** All but the manifest: what is to be read first, then every part that there is. */
  readonly files: readonly WrittenFile[];
  /** Files that are not called what they were to be called: their names had something in them that was masked. */
  readonly names: ReadonlyMap<string, string>;
  /** Values that were masked, by file. */
  readonly masked: ReadonlyMap<string, number>;
  readonly set: Pick<RedactedSet, 'search' | 'searched' | 'notSearched'>;
  /** Where labels are in the place of names and addresses. */
  readonly anonymiser?: Anonymiser;
}

/** What may be written: without secrets and, where that is asked for, without names and addresses. */
export async function redactedBundle(
  { target, facts, gathered }: { target: BundleTarget; facts: BundleFacts; gathered: GatheredAll },
  context: MeasureContext,
): Promise<RedactedBundle> {
  const { doctor, parts } = gathered;
  const made: WrittenFile[] = [
    { file: 'REPORT.html', text: await pageOf(facts, doctor, context) },
    { file: 'TICKET.txt', text: ticketOf(facts, doctor) },
    ...parts.flatMap(({ part: { file }, gathered }) =>
      gathered.state === 'collected' ? [{ file, text: gathered.text }] : [],
    ),
  ];
  const settings = await settingsTexts(parts, context.signal);
  const { files, ...set } = redactSet(
    made.map(({ file, text }) => ({ file, text, kind: evidenceKindOf(file, text) })),
    knownSecrets(target, settings),
  );
  const anonymiser =
    facts.asked.anonymise && createAnonymiser({ names: estateNames(target, facts.asked, settings, gathered) });
  const planned = parts.map(({ part }) => part.file);
  const labelled = (text: string) => anonymiser?.text(text) ?? text;
  const names = safeNames(planned, (file) => labelled(set.search.masked(file)));
  const nameOf = (file: string) => names.get(file) ?? file;
  return {
    files: files.map(({ file, text }) => ({ file: nameOf(file), text: labelled(text) })),
    names,
    masked: new Map(files.map(({ file, masked }) => [nameOf(file), masked])),
    set,
    ...(anonymiser !== undefined && { anonymiser }),
  };
}

/** Of the checks, or, where there are none, of what was gathered. */
async function pageOf(facts: BundleFacts, doctor: FinishedRun | undefined, context: MeasureContext): Promise<string> {
  return doctor === undefined ? context.render('html', await bundleRun(facts, context)) : reportPage(doctor, context);
}
