import { notSearchedSays } from '../../decoders/not-searched.js';
import { mostSecretsFound } from '../../decoders/secret-search.js';
import type { BundleFacts } from './facts.js';
import { megabytes } from './megabytes.js';
import { lacking, partsThatAre } from './parts.js';

/** A paragraph or two: where the bundle is, what is in it, and what to do next; or why there is none. */
export function answerOf(facts: BundleFacts): string[] {
  const { result } = facts;
  switch (result?.state) {
    case undefined:
      return [plannedText(facts)];
    case 'withheld':
      return [withheldText(result.redaction.leaks)];
    case 'failed':
      return [`The bundle could not be written: ${result.failure.detail}.`];
    case 'handed-over':
      return handedOverText(facts, result);
  }
}

type HandedOver = Extract<BundleFacts['result'], { readonly state: 'handed-over' }>;

function handedOverText(facts: BundleFacts, { directory, files, bytes, archive, redaction }: HandedOver): string[] {
  const beside = archive === undefined ? '' : ` The same as one file is ${archive.file} (${megabytes(archive.bytes)}).`;
  const { masked, searched, notSearched } = redaction;
  // That some words are too short to be looked for is always so, and stands with the finding.
  const beyond = searched < mostSecretsFound ? '' : notSearchedSays(searched, notSearched);
  return [
    `The bundle is in ${directory}: ${filesText(files)}, ${megabytes(bytes)}${lackingText(facts)}. What is secret is masked at ${masked === 1 ? '1 place' : `${masked} places`}; read again, none of ${searched} known secrets is left in it${beyond}.${beside}`,
    'Next: read TICKET.txt, fill in what is marked >>>, and upload each file with it; support takes no archives.',
  ];
}

function withheldText(leaks: readonly { readonly file: string }[]): string {
  const files = new Set(leaks.map(({ file }) => file)).size;
  return `A secret is left in ${filesText(files)}: nothing was handed over, and no folder was made.`;
}

function plannedText(facts: BundleFacts): string {
  const planned = partsThatAre(facts, 'planned');
  const bytes = planned.reduce((sum, { part }) => sum + (part.state.bytes ?? 0), 0);
  const size = bytes === 0 ? '' : `, ${megabytes(bytes)} of it files as they lie on the disk`;
  const nothing = facts.asked.dryRun === true ? 'Nothing was written (--dry-run). ' : 'Nothing was written. ';
  return `${nothing}There would be ${filesText(planned.length)}${size}${lackingText(facts)}, beside REPORT.html, TICKET.txt and manifest.json.`;
}

function lackingText(facts: BundleFacts): string {
  const missing = lacking(facts).map(({ part }) => part);
  if (missing.length === 0) return '';
  const root = missing.filter(({ state }) => state.needsRoot === true).length;
  const why = root === 0 ? '' : root === missing.length ? ' for want of root' : `, ${root} of them for want of root`;
  return `; ${missing.length === 1 ? 'one is missing' : `${missing.length} are missing`}${why}`;
}

function filesText(count: number): string {
  return count === 1 ? 'one file' : `${count} files`;
}
