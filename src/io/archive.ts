import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Failure, Outcome } from '../model/failure.js';
import { classify } from './classify.js';
import type { StopReason } from './deadline.js';
import { openNewFile } from './new-file.js';

export interface Archive {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const blockBytes = 512;

/**
 * Writes the files of a folder into a new `.tar.gz`: members `<folder>/<file>` of mode 0600, sorted, without names of owners, all of
 * them modified at `modifiedAt` (milliseconds since the epoch). Links and whatever else is no file are left out, and so are folders
 * in it. Never over anything that is there; whole or not at all. When `signal` is aborted, its reason is the failure.
 */
export async function createArchive(
  folder: string,
  path: string,
  modifiedAt: number,
  signal: AbortSignal,
): Promise<Outcome<Archive>> {
  const started = performance.now();
  const done = await write(folder, path, modifiedAt, signal).catch((error: unknown) =>
    signal.aborted ? (signal.reason as StopReason) : classify(error, 'output'),
  );
  const ms = performance.now() - started;
  return 'code' in done ? { ok: false, failure: done, ms } : { ok: true, value: done, ms };
}

async function write(
  folder: string,
  path: string,
  modifiedAt: number,
  signal: AbortSignal,
): Promise<Archive | Failure> {
  const begun = await openNewFile(path);
  if ('code' in begun) return begun;
  const hash = createHash('sha256');
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      begun.file.writeFile(chunk).then(() => done(), done);
    },
  });
  try {
    await pipeline(Readable.from(members(folder, modifiedAt)), createGzip(), sink, { signal });
  } catch (error) {
    await begun.discard();
    throw error;
  }
  return (await begun.commit()) ?? { bytes, sha256: hash.digest('hex') };
}

async function* members(folder: string, modifiedAt: number): AsyncGenerator<Uint8Array> {
  const { Header, Pax } = await import('tar');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  for (const name of names.sort()) {
    const content = await contentOf(join(folder, name));
    const head = {
      path: `${basename(resolve(folder))}/${name}`,
      mode: 0o600,
      uid: 0,
      gid: 0,
      size: content.length,
      mtime: new Date(modifiedAt),
      type: 'File' as const,
    };
    const header = new Header(head);
    const block = Buffer.alloc(blockBytes);
    // What a plain header has no room for stands in one of POSIX.1-2001 before it.
    if (header.encode(block)) yield new Pax({ path: head.path, size: head.size, mtime: head.mtime }).encode();
    yield block;
    yield content;
    yield Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
  }
  yield Buffer.alloc(2 * blockBytes);
}

async function contentOf(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
