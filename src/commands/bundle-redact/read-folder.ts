import { type BundleManifest, decodeManifest, manifestName } from '../../decoders/bundle-manifest.js';
import { utf16View } from '../../decoders/evidence-utf16.js';
import { type DecodedText, decodeText } from '../../decoders/text-encoding.js';
import { type FolderEntry, listFolder, readFolderFile } from '../../io/folder-files.js';
import type { Failure } from '../../model/failure.js';
import type { LeftOut } from './facts.js';

/** Entries of a folder that are read. */
const mostEntries = 1000;

/** Bytes of a file, and of all: they are masked together, in memory. */
const longestFile = 20_000_000;
const mostBytes = 100_000_000;

export interface ReadFile {
  readonly file: string;
  readonly content: DecodedText;
}

export interface ReadFolder {
  readonly files: readonly ReadFile[];
  readonly leftOut: readonly LeftOut[];
  /** Absent: it has none. */
  readonly manifest?: BundleManifest;
}

const kinds: Readonly<Record<Exclude<FolderEntry['kind'], 'file'>, string>> = {
  directory: 'it is a folder',
  link: 'it is a symbolic link, and links are not followed',
  socket: 'it is a socket',
  fifo: 'it is a FIFO',
  device: 'it is a device',
  unknown: 'the system says nothing of it',
};

/** The text files of a folder, and what is none. Nothing is opened that is no regular file. */
export async function readFolder(path: string, signal: AbortSignal): Promise<ReadFolder | Failure> {
  const listing = await listFolder(path, mostEntries);
  if (!listing.ok) return listing.failure;
  const { entries, more } = listing.value;
  // What is left out of so many nobody could say.
  if (more) return tooMuch(`${path} has more than ${mostEntries} files`);
  const files: ReadFile[] = [];
  const leftOut: LeftOut[] = [];
  let manifest: BundleManifest | undefined;
  let bytes = 0;
  for (const { name, kind } of entries) {
    if (signal.aborted) return signal.reason as Failure;
    if (kind !== 'file') {
      leftOut.push({ file: name, why: kinds[kind] });
      continue;
    }
    const read = await readFolderFile(path, name, longestFile, signal);
    if (!read.ok) {
      if (read.failure.byRun === true) return read.failure;
      leftOut.push({ file: name, why: whyUnread(read.failure) });
      continue;
    }
    const content = decodeText(read.value);
    if (name === manifestName) {
      const decoded = decodeManifest(content.text);
      if ('code' in decoded) leftOut.push({ file: name, why: 'a new one takes its place' });
      else manifest = decoded;
      continue;
    }
    if (isBinary(content, read.value)) {
      leftOut.push({ file: name, why: 'it is no text, so nobody can tell what is secret in it' });
      continue;
    }
    bytes += read.value.length;
    if (bytes > mostBytes) return tooMuch(`${path} has more than ${mostBytes / 1e6} MB of text`);
    files.push({ file: name, content });
  }
  return { files, leftOut, ...(manifest !== undefined && { manifest }) };
}

function whyUnread({ code }: Failure): string {
  if (code === 'answer-too-long') return `it is longer than ${longestFile / 1e6} MB`;
  return code === 'permission-denied' ? 'this user may not read it' : 'it could not be read';
}

function isBinary({ text }: DecodedText, bytes: Buffer): boolean {
  return text.includes('\0') && utf16View(bytes.toString('latin1')) === undefined;
}

function tooMuch(detail: string): Failure {
  return { code: 'answer-too-long', step: 'input', blame: 'us', detail };
}
