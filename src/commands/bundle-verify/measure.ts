import { type BundleManifest, decodeManifest, manifestName } from '../../decoders/bundle-manifest.js';
import { leaksIn } from '../../decoders/evidence-leaks.js';
import { createSecretSearch, mostSecretsFound, type SecretSearch } from '../../decoders/secret-search.js';
import { decodeText } from '../../decoders/text-encoding.js';
import { type FolderEntry, listFolder, readFolderFile } from '../../io/folder-files.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext, Observation } from '../command.js';
import type {
  BundleVerifyAsked,
  BundleVerifyFacts,
  BundleVerifyTarget,
  FileContent,
  ManifestFacts,
  VerifiedFile,
} from './facts.js';
import { type KnownSecrets, knownSecrets } from './known-secrets.js';
import { type LookedThrough, lookThrough } from './look-through.js';

/** Entries of a folder that are looked at: bundles have a few dozen. */
const mostEntries = 1000;

/** Bytes of a file that is looked through: support takes no longer ones. */
const longestFile = 20_000_000;

/** Reads a folder and everything in it that is a file, twice: what one file gives away is looked for in all others. */
export async function* measure(
  { path }: BundleVerifyTarget,
  asked: BundleVerifyAsked,
  { signal, progress }: MeasureContext,
): AsyncIterable<Observation<BundleVerifyFacts>> {
  const failed = (failure: Failure) => ({ facts: { kind: 'failed' as const, asked, path, failure } });
  const listing = await listFolder(path, mostEntries);
  if (!listing.ok) return yield failed(listing.failure);
  const known = await knownSecrets(asked, signal);
  if ('code' in known) return yield failed(known);
  const { mode, entries, more } = listing.value;
  const manifest = await manifestOf(path, signal);
  const read = new Map<string, LookedThrough | Failure>();
  for (const { name, kind } of entries) {
    if (kind !== 'file') continue;
    if (signal.aborted) return yield failed(signal.reason as Failure);
    progress(`reading ${name}`);
    const bytes = await readFolderFile(path, name, longestFile, signal);
    read.set(name, bytes.ok ? lookThrough(name, bytes.value) : bytes.failure);
  }
  const { search, searched, notSearched } = searchOf(known, [...read.values()]);
  const files: VerifiedFile[] = [];
  for (const entry of entries) {
    if (signal.aborted) return yield failed(signal.reason as Failure);
    progress(`looking for secrets in ${entry.name}`);
    files.push(await verified(path, entry, { manifest, read, search, signal }));
  }
  if (signal.aborted) return yield failed(signal.reason as Failure);
  const names = new Set(entries.map(({ name }) => name));
  const secrets = { sources: known.sources, searched, notSearched };
  yield {
    facts: { kind: 'bundle', asked, path, mode, manifest: manifestFacts(manifest, names), files, more, secrets },
  };
}

async function manifestOf(path: string, signal: AbortSignal): Promise<BundleManifest | Failure> {
  const read = await readFolderFile(path, manifestName, longestFile, signal);
  return read.ok ? decodeManifest(decodeText(read.value).text) : read.failure;
}

function manifestFacts(manifest: BundleManifest | Failure, names: ReadonlySet<string>): ManifestFacts {
  if ('code' in manifest) return { state: 'unread', failure: manifest };
  const { version, at, anonymised, files } = manifest;
  const missing = files.map(({ file }) => file).filter((file) => !names.has(file));
  return { state: 'read', version, at, anonymised, files: files.length, missing };
}

/** What is known, and what masking has found: a secret in one file may stand in another in another form. */
function searchOf(
  { secrets: given, ordinary }: KnownSecrets,
  files: readonly (LookedThrough | Failure)[],
): { readonly search: SecretSearch; readonly searched: number; readonly notSearched: number } {
  const secrets = new Map(given);
  let notSearched = ordinary.size;
  for (const file of files) {
    if ('code' in file) continue;
    notSearched += file.notSearched;
    for (const [secret, name] of file.secrets) {
      if (secrets.has(secret)) continue;
      if (secrets.size < mostSecretsFound) secrets.set(secret, name);
      else notSearched += 1;
    }
  }
  return { search: createSecretSearch(secrets), searched: secrets.size, notSearched };
}

interface Comparison {
  readonly manifest: BundleManifest | Failure;
  readonly read: ReadonlyMap<string, LookedThrough | Failure>;
  readonly search: SecretSearch;
  readonly signal: AbortSignal;
}

async function verified(path: string, entry: FolderEntry, comparison: Comparison): Promise<VerifiedFile> {
  const { manifest, read, search } = comparison;
  const { name, kind, bytes, mode } = entry;
  const row = 'code' in manifest ? undefined : manifest.files.find(({ file }) => file === name);
  const looked = read.get(name);
  const content = looked && (await contentOf(path, name, looked, comparison));
  return {
    // The name of a file is sent, too.
    file: search.masked(name),
    kind,
    bytes,
    mode,
    ...(row !== undefined && { listed: { bytes: row.bytes, sha256: row.sha256 } }),
    ...(content !== undefined && { content }),
  };
}

async function contentOf(
  path: string,
  name: string,
  looked: LookedThrough | Failure,
  { search, signal }: Comparison,
): Promise<FileContent> {
  if ('code' in looked) return { state: 'unread', failure: looked };
  // Not kept since: a thousand files of 20 MB would be too much.
  const again = await readFolderFile(path, name, longestFile, signal);
  if (!again.ok) return { state: 'unread', failure: again.failure };
  const { sha256, binary, unmasked } = looked;
  const shown = search.masked(name);
  const told = new Set(unmasked.lines.map(({ line }) => line));
  const inName = search.find(name);
  const leaks = [
    ...(inName === undefined ? [] : [{ file: shown, line: 0, name: inName.name, form: inName.form }]),
    ...leaksIn(shown, again.value, search).filter(({ line }) => !told.has(line)),
  ];
  return { state: 'read', sha256, ...(binary && { binary }), leaks, unmasked };
}
