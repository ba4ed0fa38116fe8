import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openNewFile } from '../../src/io/new-file.js';
import { createNewFolder, type NewFolder } from '../../src/io/new-folder.js';

const root = mkdtempSync(join(tmpdir(), 'rg-diag-new-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let places = 0;
/** An empty folder. */
function place(): string {
  places += 1;
  const path = join(root, String(places));
  mkdirSync(path);
  return path;
}

async function begin(path: string): Promise<NewFolder> {
  const folder = await createNewFolder(path);
  if ('code' in folder) throw new Error(folder.detail);
  return folder;
}

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

/** Under a umask that takes nothing away, and one that takes everything. */
async function under<Result>(umask: number, work: () => Promise<Result>): Promise<Result> {
  const before = process.umask(umask);
  try {
    return await work();
  } finally {
    process.umask(before);
  }
}

/** A file as a whole. */
async function createNewFile(path: string, content: string) {
  const begun = await openNewFile(path);
  if ('code' in begun) return begun;
  try {
    return (await begun.write(content)) ?? (await begun.commit());
  } finally {
    await begun.discard();
  }
}

describe('a new folder', () => {
  it('is not there before it is whole', async () => {
    const at = place();
    const path = join(at, 'bundle');
    const folder = await begin(path);
    expect(folder.path).toBe(path);
    expect(await folder.write('a.txt', 'one\n')).toBeUndefined();
    expect(await folder.write('b.bin', new Uint8Array([0, 255]))).toBeUndefined();
    expect(readdirSync(at)).toEqual([expect.stringMatching(/^\.rg-diag-[0-9a-f]{24}\.partial$/)]);
    expect(await folder.read('a.txt')).toMatchObject({ ok: true, value: Buffer.from('one\n') });
    expect(await folder.commit()).toBeUndefined();
    await folder.discard();
    expect(readdirSync(at)).toEqual(['bundle']);
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('one\n');
    expect([...readFileSync(join(path, 'b.bin'))]).toEqual([0, 255]);
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  const listeners = process.listenerCount('exit');

  it.each([0, 0o777])('is for its owner only under the umask %o', async (umask) => {
    const path = join(place(), 'bundle');
    await under(umask, async () => {
      const folder = await begin(path);
      await folder.write('a.txt', 'x');
      expect(await folder.commit()).toBeUndefined();
    });
    expect([modeOf(path), modeOf(join(path, 'a.txt'))]).toEqual(['700', '600']);
  });

  it('may be named in every way in which a path can', async () => {
    const at = place();
    const before = process.cwd();
    for (const path of [relative(before, join(at, 'a')), `${at}/b/`, `${at}/./x/../c`]) {
      const folder = await begin(path);
      expect(await folder.commit()).toBeUndefined();
    }
    expect(readdirSync(at)).toEqual(['a', 'b', 'c']);
  });

  it('is never over anything that is there, also a link that leads nowhere', async () => {
    const at = place();
    mkdirSync(join(at, 'empty'));
    mkdirSync(join(at, 'full'));
    writeFileSync(join(at, 'full', 'x'), 'theirs');
    writeFileSync(join(at, 'file'), 'theirs');
    symlinkSync('nowhere', join(at, 'dangling'));
    symlinkSync('empty', join(at, 'link'));
    const before = readdirSync(at);
    for (const name of before) {
      const detail = `${join(at, name)} is there already, and nothing is ever overwritten`;
      const failure = { code: 'write-failed', step: 'output', blame: 'us', detail };
      expect(await createNewFolder(join(at, name))).toEqual(failure);
      // Also where it comes in between.
      const folder = await begin(join(at, `${name}-later`));
      await folder.write('a.txt', 'ours');
      renameSync(join(at, name), join(at, `${name}-later`));
      expect(await folder.commit()).toMatchObject({ code: 'write-failed' });
      renameSync(join(at, `${name}-later`), join(at, name));
      await folder.discard();
    }
    expect(readdirSync(at)).toEqual(before);
    expect(readFileSync(join(at, 'full', 'x'), 'utf8')).toBe('theirs');
    expect(lstatSync(join(at, 'dangling')).isSymbolicLink()).toBe(true);
  });

  it('goes to the first of many who want the same one', async () => {
    const at = place();
    const folders = await Promise.all(Array.from({ length: 8 }, () => begin(join(at, 'bundle'))));
    await Promise.all(folders.map((folder, index) => folder.write('who', String(index))));
    const failures = await Promise.all(folders.map((folder) => folder.commit()));
    await Promise.all(folders.map((folder) => folder.discard()));
    expect(failures.filter((failure) => failure === undefined)).toHaveLength(1);
    expect(readFileSync(join(at, 'bundle', 'who'), 'utf8')).toBe(String(failures.indexOf(undefined)));
    expect(readdirSync(at)).toEqual(['bundle']);
  });

  it('takes plain names only, and each once; links that somebody puts there are not followed', async () => {
    const at = place();
    writeFileSync(join(at, 'theirs'), 'theirs');
    const folder = await begin(join(at, 'bundle'));
    for (const name of ['', '.', '..', '../x', 'a/b', '/x', 'a\0b']) {
      expect(await folder.write(name, 'x')).toMatchObject({ code: 'invalid-path', step: 'output' });
      expect(await folder.read(name)).toMatchObject({ failure: { code: 'invalid-path' } });
    }
    await folder.write('a.txt', 'first');
    const twice = await folder.write('a.txt', 'second');
    expect(twice).toMatchObject({ code: 'write-failed', step: 'output' });
    const [partial = ''] = readdirSync(at).filter((name) => name.endsWith('.partial'));
    symlinkSync('../theirs', join(at, partial, 'b.txt'));
    expect(await folder.write('b.txt', 'ours')).toMatchObject({ code: 'write-failed' });
    expect(await folder.read('b.txt')).toMatchObject({ ok: false, failure: { code: 'invalid-path' } });
    expect(await folder.read('a.txt')).toMatchObject({ value: Buffer.from('first') });
    await folder.discard();
    expect(readdirSync(at)).toEqual(['theirs']);
    expect(readFileSync(join(at, 'theirs'), 'utf8')).toBe('theirs');
  });

  it('that somebody has put another in the place of is not handed over', async () => {
    const at = place();
    const folder = await begin(join(at, 'bundle'));
    const [partial = ''] = readdirSync(at);
    renameSync(join(at, partial), join(at, 'away'));
    mkdirSync(join(at, partial));
    expect(await folder.commit()).toMatchObject({ code: 'busy', step: 'output' });
    await folder.discard();
    expect(readdirSync(at)).toEqual(['away']);
  });

  it('that cannot be made says what is wrong with the path that was given', async () => {
    const at = place();
    writeFileSync(join(at, 'file'), '');
    const failures = [];
    for (const path of [join(at, 'none', 'bundle'), join(at, 'file', 'bundle'), join(at, 'n'.repeat(256))]) {
      const failure = await createNewFolder(path);
      expect('detail' in failure && failure.detail).toContain(path);
      expect(failure).not.toMatchObject({ detail: expect.stringContaining('.partial') });
      failures.push('code' in failure && failure.code);
    }
    expect(failures).toEqual(['file-not-found', 'file-not-found', 'invalid-path']);
    expect(await createNewFolder('/')).toMatchObject({ code: 'write-failed' });
  });
});

describe('a new file', () => {
  it('is for its owner only, and there as a whole', async () => {
    const at = place();
    for (const [umask, name] of [
      [0, 'a'],
      [0o777, 'b'],
    ] as const) {
      const path = join(at, name);
      expect(await under(umask, () => createNewFile(path, 'private\n'))).toBeUndefined();
      expect([readFileSync(path, 'utf8'), modeOf(path), statSync(path).nlink]).toEqual(['private\n', '600', 1]);
    }
    expect(readdirSync(at)).toEqual(['a', 'b']);
  });

  it('is never over anything that is there, also a link that leads nowhere', async () => {
    const at = place();
    mkdirSync(join(at, 'folder'));
    writeFileSync(join(at, 'file'), 'theirs');
    symlinkSync('nowhere', join(at, 'dangling'));
    symlinkSync('file', join(at, 'link'));
    const before = readdirSync(at);
    for (const name of before) {
      const detail = `${join(at, name)} is there already, and nothing is ever overwritten`;
      expect(await createNewFile(join(at, name), 'ours')).toMatchObject({ code: 'write-failed', detail });
    }
    expect(readdirSync(at)).toEqual(before);
    expect(readFileSync(join(at, 'file'), 'utf8')).toBe('theirs');
    expect(await createNewFile(join(at, 'none', 'x'), '')).toMatchObject({ code: 'file-not-found' });
  });

  it('goes to the first of many', async () => {
    const at = place();
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => createNewFile(join(at, 'x'), `${index}`)));
    expect(made.filter((failure) => failure === undefined)).toHaveLength(1);
    expect(readFileSync(join(at, 'x'), 'utf8')).toBe(String(made.indexOf(undefined)));
    expect(readdirSync(at)).toEqual(['x']);
  });
});

describe('a disk that is full', () => {
  it('gets no half file, and goes on taking what there is room for', async () => {
    const mount = place();
    const script = `mount -t tmpfs -o size=256k none ${mount} && echo && exec cat`;
    const child = spawn('unshare', ['-m', '-r', 'sh', '-c', script]);
    await once(child.stdout, 'data');
    const at = `/proc/${child.pid}/root${mount}`;
    const folder = await begin(join(at, 'bundle'));
    expect(await folder.write('small.txt', 'fits')).toBeUndefined();
    expect(await folder.write('large.txt', 'x'.repeat(1 << 20))).toMatchObject({ code: 'no-space', step: 'output' });
    expect(await folder.read('large.txt')).toMatchObject({ failure: { code: 'file-not-found' } });
    expect(await createNewFile(join(at, 'map.json'), 'x'.repeat(1 << 20))).toMatchObject({ code: 'no-space' });
    expect(await folder.write('after.txt', 'fits too')).toBeUndefined();
    expect(await folder.commit()).toBeUndefined();
    expect([readdirSync(at), readdirSync(join(at, 'bundle')).sort()]).toEqual([['bundle'], ['after.txt', 'small.txt']]);
    child.stdin.end();
    await once(child, 'close');
  });
});

describe.skipIf(process.getuid?.() !== 0)('a folder that belongs to somebody else', () => {
  it('gets nothing from those who may not write to it', async () => {
    const at = place();
    process.seteuid?.(65_534);
    const made = [await createNewFolder(join(at, 'bundle')), await createNewFile(join(at, 'map'), '')];
    process.seteuid?.(0);
    expect(made).toMatchObject([{ code: 'permission-denied' }, { code: 'permission-denied' }]);
    expect(readdirSync(at)).toEqual([]);
  });
});

describe('a process that ends in between', () => {
  const script = (at: string, end: string) => `
    import { createNewFolder } from './src/io/new-folder.ts';
    import { openNewFile } from './src/io/new-file.ts';
    const folder = await createNewFolder(${JSON.stringify(join(at, 'bundle'))});
    await folder.write('a.txt', 'half');
    const file = await openNewFile(${JSON.stringify(join(at, 'map'))});
    await file.file.writeFile('half');
    ${end}`;

  it('leaves nothing where it exits, and no name where it is killed', async () => {
    const { rolldown } = await import('rolldown');
    const ends = { exits: 'process.exit(0);', killed: "process.kill(process.pid, 'SIGKILL');" };
    const left: Record<string, string[]> = {};
    for (const [name, end] of Object.entries(ends)) {
      const at = place();
      const entry = join(at, '..', `${name}.ts`);
      writeFileSync(entry, script(at, end).replaceAll('./src/', `${process.cwd()}/src/`));
      const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
      await bundle.write({ file: join(root, `${name}.mjs`), format: 'es', codeSplitting: false });
      try {
        execFileSync(process.execPath, [join(root, `${name}.mjs`)], { stdio: 'pipe' });
      } catch (error) {
        expect(error).toMatchObject({ signal: 'SIGKILL' });
      }
      left[name] = readdirSync(at).map((entry) => entry.replace(/[0-9a-f]{24}/, '…'));
    }
    expect(left).toEqual({ exits: [], killed: ['.rg-diag-….partial', '.rg-diag-….partial'] });
  });
});
