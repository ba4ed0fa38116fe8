import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type JournalQuery, readJournal } from '../../src/io/journal.js';
import { journalOf } from '../journal/journal-file.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-journal-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const never = new AbortController().signal;
const tags = ['railgun', 'rg-listener'];

const directory = journalOf(join(root, 'journal'), [
  { at: '2026-11-20T10:00:00Z', tag: 'rg-listener', message: 'first' },
  { at: '2026-11-20T11:00:00Z', tag: 'sshd', message: 'other' },
  { at: '2026-11-20T12:00:00Z', tag: 'railgun', message: 'last' },
]);

async function read(query: JournalQuery, signal = never) {
  const chunks: Uint8Array[] = [];
  const failure = await readJournal(query, (chunk) => chunks.push(chunk), signal);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
  return { failure, messages: lines.map((line) => (JSON.parse(line) as { MESSAGE: string }).MESSAGE) };
}

/** A journalctl that does what a real one does on another machine. */
function standIn(body: string): void {
  const folder = mkdtempSync(join(root, 'path-'));
  writeFileSync(join(folder, 'journalctl'), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, 'journalctl'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
}

describe('the journal', () => {
  it('hands over the entries of some programs, or of all', async () => {
    expect(await read({ directory, tags })).toEqual({ failure: undefined, messages: ['first', 'last'] });
    expect(await read({ directory })).toMatchObject({ messages: ['first', 'other', 'last'] });
    expect(await read({ directory, tags: ['cron'] })).toEqual({ failure: undefined, messages: [] });
    expect(await read({ directory, last: 1 })).toMatchObject({ messages: ['last'] });
  });

  it.each([
    [{ since: '2026-11-20T10:00:00.500Z' }, ['first', 'last']],
    [{ since: '2026-11-20T10:00:01Z' }, ['last']],
    [{ until: '2026-11-20T11:59:00Z' }, ['first']],
    [{ since: '2026-11-20T11:00:00Z', until: '2026-11-20T11:00:00Z' }, []],
    [{ since: '1900-01-01T00:00:00Z', until: '+020000-01-01T00:00:00Z' }, ['first', 'last']],
    // For the reader to leave out.
    [{ since: '2026-11-20T09:00:00Z', until: '2026-11-20T08:00:00Z' }, ['first', 'last']],
  ])('of a time: %j', async ({ since, until }: { since?: string; until?: string }, messages) => {
    const span = {
      ...(since !== undefined && { since: Date.parse(since) }),
      ...(until !== undefined && { until: Date.parse(until) }),
    };
    expect(await read({ directory, tags, ...span })).toEqual({ failure: undefined, messages });
  });

  it('that is empty has nothing, and one that is not there says so', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    expect(await read({ directory: empty })).toEqual({ failure: undefined, messages: [] });
    expect(await read({ directory: join(root, 'nowhere') })).toMatchObject({
      failure: { code: 'file-not-found', step: 'input', blame: 'us' },
      messages: [],
    });
    expect(await read({ directory: '--help' })).toMatchObject({ failure: { code: 'file-not-found' } });
  });

  it('of which a file is damaged has the others, and a failure', async () => {
    const damaged = journalOf(join(root, 'damaged'), [
      { at: '2026-11-20T10:00:00Z', tag: 'railgun', message: 'whole' },
    ]);
    writeFileSync(join(damaged, 'other.journal'), 'x'.repeat(9000));
    expect(await read({ directory: damaged, tags })).toMatchObject({
      failure: { code: 'corrupt-input' },
      messages: ['whole'],
    });
  });

  it('is not there without journalctl', async () => {
    vi.stubEnv('PATH', join(root, 'nowhere'));
    expect(await read({})).toMatchObject({ failure: { code: 'program-not-found', step: 'spawn' }, messages: [] });
  });

  it.each([
    ['No journal files were opened due to insufficient permissions.', 1, 'permission-denied'],
    ['Hint: You are currently not seeing messages from other users and the system.', 0, 'permission-denied'],
    ['Warning: some journal files were not opened due to insufficient permissions.', 0, 'permission-denied'],
    ['No journal files were found.', 0, 'file-not-found'],
    ['Journal file /j/a.journal is truncated, ignoring file.', 0, 'corrupt-input'],
    ["unrecognized option '--identifier=railgun'", 1, 'program-failed'],
  ])('of which journalctl says «%s» with status %i has a failure', async (says, status, code) => {
    standIn(`printf '%s\\n' "${says}" >&2; exit ${status}`);
    const { failure } = await read({ tags });
    expect(failure?.code).toBe(code);
    expect(failure?.detail).toContain(says);
  });

  it('of any size is handed over as it comes, and ends when it is told to', async () => {
    standIn('exec yes \'{"MESSAGE":"endless"}\'');
    const enough = new AbortController();
    let bytes = 0;
    const failure = await readJournal(
      {},
      (chunk) => {
        bytes += chunk.length;
        if (bytes > 50_000_000) enough.abort();
      },
      enough.signal,
    );
    expect(failure).toBeUndefined();
    expect(bytes).toBeGreaterThan(50_000_000);
  });
});
