import { manifestName } from '../../decoders/bundle-manifest.js';
import { type Leak, leaksIn } from '../../decoders/evidence-leaks.js';
import type { SecretSearch } from '../../decoders/secret-search.js';
import { sha256 } from '../../decoders/sha256.js';
import type { Steps } from '../../decoders/steps.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { folderOf, realPathOf } from '../../io/file-status.js';
import { commitWithFile } from '../../io/folder-and-file.js';
import { inSteps } from '../../io/in-steps.js';
import { createNewFolder, type NewFolder } from '../../io/new-folder.js';
import { besideFolder } from '../../model/beside.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type { BundleRedactAsked, BundleRedactFacts, BundleRedactTarget, RedactedFacts } from './facts.js';
import { type KnownSecrets, knownSecrets } from './known-secrets.js';
import { manifestText } from './manifest.js';
import { type MaskedFolder, maskFolder } from './mask.js';
import { type ReadFolder, readFolder } from './read-folder.js';

/** Places that are told. */
const mostLeaks = 50;

/** Reads a folder, masks it, writes it, reads it again, and only then lets the new folder appear. */
export async function* measure(
  { path }: BundleRedactTarget,
  asked: BundleRedactAsked,
  context: MeasureContext,
): AsyncIterable<Observation<BundleRedactFacts>> {
  const facts = await redact(path, asked, context);
  yield { facts: 'code' in facts ? { kind: 'failed', asked, path, failure: facts } : facts };
}

async function redact(
  path: string,
  asked: BundleRedactAsked,
  { signal, progress, version, now }: MeasureContext,
): Promise<RedactedFacts | Failure> {
  const { directory } = asked;
  const inside = await problemOfPlace(path, directory);
  if (inside !== undefined) return inside;
  const known = await knownSecrets(asked, signal);
  if ('code' in known) return known;
  progress('reading');
  const read = await readFolder(path, signal);
  if ('code' in read) return read;
  if (read.files.length === 0) {
    return { code: 'no-value', step: 'input', blame: 'us', detail: 'there is no text file in it' };
  }
  const folder = await createNewFolder(directory);
  if ('code' in folder) return folder;
  try {
    progress('masking');
    const masked = await inSteps(maskFolder(read, known, asked.anonymise === true), signal);
    if ('code' in masked) return masked;
    const head = { version, at: new Date(now()).toISOString(), anonymised: asked.anonymise === true };
    const manifest = Buffer.from(manifestText(head, masked.files, masked.leftOut));
    progress('writing');
    for (const { file, bytes } of [...masked.files, { file: manifestName, bytes: manifest }]) {
      if (signal.aborted) return signal.reason as Failure;
      const failure = await folder.write(file, bytes);
      if (failure !== undefined) return failure;
    }
    progress('looking for what was masked');
    const leaks = await leaksOnDisk(folder, masked, signal);
    if ('code' in leaks) return leaks;
    if (signal.aborted) return signal.reason as Failure;
    const failure = leaks.length === 0 ? await handOver(folder, masked) : undefined;
    if (failure !== undefined) return failure;
    return redactedFacts({ path, asked, read, known, masked, leaks });
  } finally {
    await folder.discard();
  }
}

/** What is read is not to change, so nothing is made in it. */
async function problemOfPlace(path: string, directory: string): Promise<Failure | undefined> {
  const from = await realPathOf(path);
  const to = await realPathOf(folderOf(directory.replace(/(?<=[^/])\/{1,}$/, '')));
  if (to !== from && !to.startsWith(`${from.replace(/\/$/, '')}/`)) return undefined;
  const detail = `${directory} would be in ${path}, which is to stay as it is`;
  return { code: 'invalid-path', step: 'output', blame: 'us', detail };
}

/** Everything is read again from the disk, and searched for what was masked: what is handed over counts, not what it was made of. */
async function leaksOnDisk(
  folder: NewFolder,
  { files, searches, anonymiser }: MaskedFolder,
  signal: AbortSignal,
): Promise<readonly Leak[] | Failure> {
  const leaks: Leak[] = [];
  for (const file of [...files.map(({ file }) => file), manifestName]) {
    if (signal.aborted) return signal.reason as Failure;
    const read = await folder.read(file);
    if (!read.ok) return read.failure;
    const found = await inSteps(leaksOfFile(file, read.value, searches), signal);
    if ('code' in found) return found;
    leaks.push(...found);
    const left = (anonymiser?.left(decodeText(read.value).text) ?? 0) + (anonymiser?.left(file) ?? 0);
    if (left > 0) leaks.push({ file: anonymiser?.text(file) ?? file, line: 0, name: 'name or address', form: 'plain' });
    if (leaks.length >= mostLeaks) break;
  }
  return leaks.slice(0, mostLeaks);
}

/** In its name and in its content, one search after another. */
function* leaksOfFile(file: string, bytes: Uint8Array, searches: readonly SecretSearch[]): Steps<readonly Leak[]> {
  const leaks: Leak[] = [];
  for (const search of searches) {
    const inName = search.find(file);
    if (inName !== undefined) leaks.push({ file: search.masked(file), line: 0, name: inName.name, form: inName.form });
    leaks.push(...leaksIn(search.masked(file), bytes, search));
    yield;
  }
  return leaks;
}

/** The folder and, where there are labels, the file beside it that says which is which, and what the files were called. */
async function handOver(folder: NewFolder, { anonymiser, renamed }: MaskedFolder): Promise<Failure | undefined> {
  if (anonymiser === undefined) return folder.commit();
  const files = [...renamed].map(([original, file]) => ({ file, original }));
  const labels = { schema: 'rg-diag-bundle-map/1', labels: anonymiser.map(), files };
  return commitWithFile(folder, besideFolder(folder.path, '.map.json'), `${JSON.stringify(labels, undefined, 2)}\n`);
}

interface Redaction {
  readonly path: string;
  readonly asked: BundleRedactAsked;
  readonly read: ReadFolder;
  readonly known: KnownSecrets;
  readonly masked: MaskedFolder;
  readonly leaks: readonly Leak[];
}

function redactedFacts({ path, asked, read, known, masked, leaks }: Redaction): RedactedFacts {
  const { files, leftOut, searched, notSearched, anonymiser } = masked;
  const of = (kind: 'name' | 'address') => anonymiser?.map().filter((row) => row.kind === kind).length ?? 0;
  return {
    kind: 'bundle',
    asked,
    path,
    wasBundle: read.manifest !== undefined,
    files: files.map(({ file, bytes, masked: count }) => ({
      file,
      bytes: bytes.length,
      sha256: sha256(bytes),
      masked: count,
    })),
    leftOut,
    secrets: { sources: known.sources, searched, notSearched, leaks },
    ...(anonymiser !== undefined && {
      anonymised: { names: of('name'), addresses: of('address'), map: besideFolder(asked.directory, '.map.json') },
    }),
    handedOver: leaks.length === 0,
  };
}
