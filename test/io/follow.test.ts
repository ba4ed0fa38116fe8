import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Follower, followFile } from '../../src/io/follow.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-follow-'));
afterAll(() => rmSync(root, { recursive: true }));

const never = new AbortController().signal;
const newPath = () => join(mkdtempSync(join(root, 'case-')), 'log');

/** What a poll hands over, and why there is nothing where that is so. */
async function polled(follower: Follower): Promise<{ text: string; code: string | undefined }> {
  const chunks: Uint8Array[] = [];
  const failure = await follower.poll((bytes) => chunks.push(Buffer.from(bytes)), never);
  return { text: Buffer.concat(chunks).toString(), code: failure?.code };
}

async function added(follower: Follower): Promise<string> {
  const { text, code } = await polled(follower);
  expect(code).toBeUndefined();
  return text;
}

async function ended(follower: Follower): Promise<string> {
  let text = '';
  await follower.end((bytes) => {
    text += Buffer.from(bytes).toString();
  });
  return text;
}

describe('a file that grows', () => {
  it('is read from its beginning, then what was added, whole lines only', async () => {
    const path = newPath();
    writeFileSync(path, 'one\ntwo\nthr');
    const follower = followFile(path);
    expect(await added(follower)).toBe('one\ntwo\n');
    expect(await added(follower)).toBe('');
    appendFileSync(path, 'ee\n');
    expect(await added(follower)).toBe('three\n');
    appendFileSync(path, 'four');
    expect(await added(follower)).toBe('');
    expect(await ended(follower)).toBe('four\n');
  });

  it('may have lines and parts of any length', async () => {
    const path = newPath();
    const long = `${'x'.repeat(700_000)}\n`;
    writeFileSync(path, `a\n${long}b\n`);
    const follower = followFile(path);
    expect(await added(follower)).toBe(`a\n${long}b\n`);
    appendFileSync(path, 'y'.repeat(70_000));
    // Longer than any line: it is not kept until there is an end.
    expect(await added(follower)).toBe('y'.repeat(70_000));
    appendFileSync(path, 'z\n');
    expect(await added(follower)).toBe('z\n');
    expect(await ended(follower)).toBe('');
  });

  it('is read no further when the run is over, and nothing is lost by that', async () => {
    const path = newPath();
    writeFileSync(path, 'x\n'.repeat(600_000));
    const follower = followFile(path);
    const over = new AbortController();
    let bytes = 0;
    await follower.poll((chunk) => {
      bytes += chunk.length;
      over.abort();
    }, over.signal);
    expect(bytes).toBeLessThan(1_200_000);
    const { text } = await polled(follower);
    expect(bytes + text.length).toBe(1_200_000);
    await ended(follower);
  });
});

describe('the end', () => {
  it('has what came since the last poll, to a new file of the name too', async () => {
    const path = newPath();
    writeFileSync(path, 'one\n');
    const follower = followFile(path);
    expect(await added(follower)).toBe('one\n');
    appendFileSync(path, 'two\nthr');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new 1\n');
    expect(await ended(follower)).toBe('two\nnew 1\nthr\n');
  });

  it('comes soon: what piled up is not read, and where reading was stopped, nothing is', async () => {
    const path = newPath();
    writeFileSync(path, 'one\n');
    const [follower, stopped] = [followFile(path), followFile(path)];
    expect(await added(follower)).toBe('one\n');
    appendFileSync(path, 'x\n'.repeat(10_000_000));
    expect((await ended(follower)).length).toBe(1 << 24);
    const over = new AbortController();
    await stopped.poll(() => over.abort(), over.signal);
    expect(await ended(stopped)).toBe('');
  });

  it('of a run that is over before it begins is nothing', async () => {
    const path = newPath();
    writeFileSync(path, 'one\n');
    const follower = followFile(path);
    expect(await follower.poll(() => expect.fail('read'), AbortSignal.abort())).toBeUndefined();
    expect(await ended(follower)).toBe('');
  });
});

describe('a log that is rotated', () => {
  it('by renaming it and making another one: both are read to their ends', async () => {
    const path = newPath();
    writeFileSync(path, 'old 1\n');
    const follower = followFile(path);
    expect(await added(follower)).toBe('old 1\n');
    appendFileSync(path, 'old 2\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new 1\n');
    expect(await added(follower)).toBe('old 2\nnew 1\n');
    // The writer has not been told yet.
    appendFileSync(`${path}.1`, 'old 3\n');
    appendFileSync(path, 'new 2\n');
    expect(await added(follower)).toBe('old 3\nnew 2\n');
    expect(await ended(follower)).toBe('');
  });

  it('and not there for a while in between', async () => {
    const path = newPath();
    writeFileSync(path, 'old 1\nold');
    const follower = followFile(path);
    expect(await added(follower)).toBe('old 1\n');
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, ' 2\n');
    expect(await added(follower)).toBe('old 2\n');
    writeFileSync(path, 'new 1\n');
    expect(await added(follower)).toBe('new 1\n');
    await ended(follower);
  });

  it('and removed: what was not read of it yet is', async () => {
    const path = newPath();
    writeFileSync(path, 'old 1\n');
    const follower = followFile(path);
    expect(await added(follower)).toBe('old 1\n');
    appendFileSync(path, 'old 2\n');
    unlinkSync(path);
    writeFileSync(path, 'new 1\n');
    expect(await added(follower)).toBe('old 2\nnew 1\n');
    await ended(follower);
  });

  it('by copying it and cutting it to nothing', async () => {
    const path = newPath();
    writeFileSync(path, 'old 1\nold 2, which is longer\nbegun');
    const follower = followFile(path);
    expect(await added(follower)).toBe('old 1\nold 2, which is longer\n');
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    expect(await added(follower)).toBe('begun\n');
    appendFileSync(path, 'new 1\n');
    expect(await added(follower)).toBe('new 1\n');
    await ended(follower);
  });

  it('so, and longer again by the next look', async () => {
    const path = newPath();
    writeFileSync(path, 'old 1\n');
    const follower = followFile(path);
    expect(await added(follower)).toBe('old 1\n');
    truncateSync(path);
    appendFileSync(path, 'new 1, which is longer than what was there\n');
    expect(await added(follower)).toBe('new 1, which is longer than what was there\n');
    await ended(follower);
  });
});

describe('what cannot be followed', () => {
  it('is a file that is not there, until it is', async () => {
    const path = newPath();
    const follower = followFile(path);
    expect(await polled(follower)).toEqual({ text: '', code: 'file-not-found' });
    writeFileSync(path, 'one\n');
    expect(await added(follower)).toBe('one\n');
    await ended(follower);
  });

  it('is a directory or a FIFO, whose writer does not notice', async () => {
    const folder = newPath();
    mkdirSync(folder);
    expect(await polled(followFile(folder))).toEqual({ text: '', code: 'not-a-file' });
    const fifo = newPath();
    execFileSync('mkfifo', [fifo]);
    expect(await polled(followFile(fifo))).toEqual({ text: '', code: 'not-a-file' });
  });

  it('does not end what is followed already', async () => {
    const path = newPath();
    writeFileSync(path, 'one\n');
    const follower = followFile(path);
    expect(await added(follower)).toBe('one\n');
    renameSync(path, `${path}.1`);
    mkdirSync(path);
    appendFileSync(`${path}.1`, 'two\n');
    expect(await added(follower)).toBe('two\n');
    await ended(follower);
  });
});
