import { manifestName } from '../../decoders/bundle-manifest.js';
import type { ManifestFacts, VerifiedFile } from './facts.js';

export interface FileState {
  readonly status: 'pass' | 'warn' | 'fail' | 'broken';
  readonly says: string;
}

const kinds: Readonly<Record<VerifiedFile['kind'], string>> = {
  file: 'a file',
  directory: 'a folder',
  link: 'a symbolic link',
  socket: 'a socket',
  fifo: 'a FIFO',
  device: 'a device',
  unknown: 'nothing that the system could look at',
};

/** What stands there, behind “is”: `a symbolic link`. */
export function kindWords({ kind }: VerifiedFile): string {
  return kinds[kind];
}

/** How a file is, in a word or two: the worst that can be said of it. */
export function stateOf(file: VerifiedFile, manifest: ManifestFacts): FileState {
  const { kind, content, listed } = file;
  if (kind !== 'file' || content === undefined) return { status: 'fail', says: kindWords(file) };
  if (content.state === 'unread') return { status: 'broken', says: 'not read' };
  if (content.leaks.length > 0 || content.unmasked.count > 0) return { status: 'fail', says: 'has a secret' };
  if (manifest.state === 'read' && !isManifest(file)) {
    if (listed === undefined) return { status: 'fail', says: 'not listed' };
    if (!isUnchanged(file)) return { status: 'fail', says: 'changed' };
  }
  return content.binary === true ? { status: 'warn', says: 'no text' } : { status: 'pass', says: 'ok' };
}

/** The manifest does not list itself. */
export function isManifest({ file }: VerifiedFile): boolean {
  return file === manifestName;
}

/** Whether size and SHA-256 are those of the manifest. */
export function isUnchanged({ bytes, listed, content }: VerifiedFile): boolean {
  if (listed === undefined || listed.bytes !== bytes) return false;
  return content?.state !== 'read' || content.sha256 === listed.sha256;
}
