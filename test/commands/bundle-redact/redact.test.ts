import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/commands/bundle-redact/measure.js';
import type { MeasureContext } from '../../../src/commands/command.js';
import { program, rgDiag, shell } from '../../cli/run.js';
import { folders, harmless, token, told } from '../bundle-verify/bundles.js';

const { folder, bundle, root } = folders('rg-diag-redact-');

const redact = (path: string, ...more: string[]) => told(['bundle', 'redact', path, ...more]);

/** All that is in a folder, by name. */
const contentsOf = (path: string) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'latin1')]));
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
const manifestOf = (path: string) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));

const secrets = {
  'railgun.conf.txt': `activation.token = ${token}\nwan.port = 2408\n`,
  'notes.txt': [
    `as it is ${token}`,
    Buffer.from(`x${token}`).toString('base64'),
    Buffer.from(token).toString('hex'),
    Buffer.from(token).toString('hex').replace(/../g, '%$&'),
    'nothing here',
  ].join('\n'),
  'wide.txt': Buffer.from(`\ufeffplain\r\nit is ${token}\r\n`, 'utf16le'),
};

describe('bundle redact', () => {
  it('leaves off where it is interrupted while it masks, and leaves nothing', async () => {
    const path = folder({ 'app.log': 'GET /index.html HTTP/1.1 200\n'.repeat(100_000) });
    const directory = `${path}-redacted`;
    const controller = new AbortController();
    const reason = { code: 'interrupted', step: 'input', blame: 'us', detail: 'interrupted', byRun: true } as const;
    const seen: string[] = [];
    const context = {
      signal: controller.signal,
      version: '0',
      now: () => 0,
      progress: (message: string) => {
        seen.push(message);
        if (message === 'masking') setImmediate(() => controller.abort(reason));
      },
    } as unknown as MeasureContext;
    for await (const { facts } of measure({ path }, { directory }, context))
      expect(facts).toMatchObject({ kind: 'failed', failure: reason });
    expect(seen.at(-1)).toBe('masking');
    expect(existsSync(directory)).toBe(false);
  });

  it('masks what one file gives away in all of them, in every form, and leaves the rest as it is', async () => {
    const path = folder({ ...harmless, ...secrets });
    const before = contentsOf(path);
    const { exit, bad, facts, stdout } = await redact(path);
    expect([exit, bad]).toEqual([0, []]);
    const made = `${path}-redacted`;
    expect(facts.asked.directory).toBe(made);
    expect(contentsOf(path)).toEqual(before);
    const after = contentsOf(made);
    expect(Object.keys(after).sort()).toEqual([...Object.keys(before), 'manifest.json'].sort());
    const all = `${Object.values(after).join('\n')}${stdout}`;
    for (const form of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'utf16le').toString('latin1')]) {
      expect(all.toLowerCase()).not.toContain(form);
    }
    expect(after['notes.txt']).toMatch(/nothing here$/);
    expect(after['syslog.txt']).toBe(before['syslog.txt']);
    expect(Buffer.from(after['wide.txt'] ?? '', 'latin1').toString('utf16le')).toMatch(
      /^\ufeffplain\r\nit is \[.* redacted\]\r\n$/,
    );
    expect(modeOf(made)).toBe('700');
    expect([...new Set(readdirSync(made).map((name) => modeOf(join(made, name))))]).toEqual(['600']);
  });

  it('counts the places that are masked, not the values', async () => {
    const path = folder({ ...secrets, 'times.txt': `${token} and ${token}\n`.repeat(10), 'none.txt': 'x\n' });
    const { facts, stdout } = await redact(path);
    const counts = facts.files.map(({ file, masked }: { file: string; masked: number }) => [file, masked]);
    expect(Object.fromEntries(counts)).toEqual({
      'railgun.conf.txt': 1,
      'notes.txt': 4,
      'wide.txt': 1,
      'times.txt': 20,
      'none.txt': 0,
    });
    expect(stdout).toContain('masked at 26 places: 20 in times.txt, 4 in notes.txt');
  });

  it('writes a manifest that says what was masked, which bundle verify believes', async () => {
    const path = folder({ ...secrets, ...harmless, ...{ 'railgun.conf.txt': secrets['railgun.conf.txt'] } });
    const { facts } = await redact(path, '--dir', `${path}-new`);
    const { schema, files, parts, anonymised } = manifestOf(`${path}-new`);
    expect([schema, anonymised]).toEqual(['rg-diag-bundle/1', false]);
    for (const { file, bytes, sha256 } of files) {
      const content = readFileSync(join(`${path}-new`, file));
      expect([bytes, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')]);
    }
    const masked = parts.find(({ file }: { file: string }) => file === 'railgun.conf.txt').state.masked;
    expect(masked).toBeGreaterThan(0);
    expect(facts.wasBundle).toBe(false);
    expect((await told(['bundle', 'verify', `${path}-new`])).exit).toBe(0);
  });

  it('of a bundle keeps what its manifest says of the files, masked, and changes nothing where all was masked', async () => {
    const made = await bundle();
    const manifest = manifestOf(made);
    manifest.parts = [
      {
        kind: 'log',
        file: 'syslog.txt',
        what: 'log of rg-listener',
        how: `curl -u me:${token} http://x.example/`,
        state: { state: 'collected' },
      },
    ];
    writeFileSync(join(made, 'manifest.json'), JSON.stringify(manifest));
    const { exit, facts } = await redact(made);
    expect([exit, facts.wasBundle]).toEqual([0, true]);
    const [part] = manifestOf(`${made}-redacted`).parts.filter(({ file }: { file: string }) => file === 'syslog.txt');
    expect(part).toMatchObject({ kind: 'log', what: 'log of rg-listener' });
    expect(readFileSync(join(`${made}-redacted`, 'manifest.json'), 'utf8')).not.toContain(token);
    for (const name of Object.keys(harmless)) {
      expect(readFileSync(join(`${made}-redacted`, name), 'utf8')).toBe(harmless[name]);
    }
  });

  it('masks secrets of a list and of a configuration that no name tells, also in names of files', async () => {
    const path = folder({
      'a.txt': 'the word is squirrel\n',
      'squirrel.txt': 'x\n',
      'b.txt': `it is ${token.slice(0, 20)} or\n`,
    });
    const conf = join(folder({ c: `activation.token = ${token.slice(0, 20)}\n` }), 'c');
    const { exit, facts, stdout } = await told(
      ['bundle', 'redact', path, '--secret-file', '-', '--config', conf],
      'squirrel\n',
    );
    expect(exit).toBe(0);
    const all = `${JSON.stringify(contentsOf(`${path}-redacted`))}${JSON.stringify(facts)}${stdout}`;
    expect(all).not.toMatch(/squirrel|4a5b6c7d8e9f/);
    expect(readdirSync(`${path}-redacted`)).toHaveLength(4);
  });

  it('puts labels in the place of names and addresses, and says beside it which is which', async () => {
    const path = folder({
      'railgun-nat.conf.txt': 'shop.acme-widgets.net = 203.0.113.7:443\n',
      'origin-shop.acme-widgets.net.txt': 'connected to 203.0.113.7, shop.acme-widgets.net says 200\n',
      'syslog.txt':
        'Nov 20 03:00:01 backstage7 railgun[162.158.1.2:22114]: GET https://shop.acme-widgets.net/ failed at 203.0.113.7\n',
    });
    const { exit, facts } = await redact(path, '--anonymise');
    expect(exit).toBe(0);
    const made = `${path}-redacted`;
    const all = JSON.stringify(contentsOf(made));
    expect(all).not.toMatch(/acme|203\.0\.113\.7|backstage7/);
    expect(all).toContain('162.158.1.2');
    const map = `${made}.map.json`;
    expect([facts.anonymised.map, modeOf(map), lstatSync(map).isFile()]).toEqual([map, '600', true]);
    const { labels } = JSON.parse(readFileSync(map, 'utf8'));
    const address = labels.find(({ original }: { original: string }) => original === '203.0.113.7').label;
    expect(all.split(address).length).toBeGreaterThan(3);
    expect(manifestOf(made).anonymised).toBe(true);
    expect((await told(['bundle', 'verify', made])).exit).toBe(0);
  });

  it('hands nothing over where a secret is left, and names the place', async () => {
    const path = folder(harmless);
    // Masking reaches every file that it writes but the words of its own manifest: this one stands there.
    const { exit, bad, says } = await told(
      ['bundle', 'redact', path, '--secret-file', '-', '--anonymise'],
      'rg-diag-bundle\n',
    );
    expect([exit, bad[0]]).toEqual([2, ['no-secret-left', 'fail', 'exposed-secret']]);
    expect(says[0]).toBe('a secret is left: manifest.json, line 2 (secret 1, plain)');
    const made = readdirSync(root).filter(
      (name) => name.startsWith(`${path.slice(root.length + 1)}-`) || name.startsWith('.'),
    );
    expect(made).toEqual([]);
  });

  it('leaves out what is no text file, waits for nothing, and says so', async () => {
    const path = folder(harmless);
    symlinkSync('/etc/passwd', join(path, 'link.txt'));
    symlinkSync('/dev/zero', join(path, 'zero.txt'));
    execFileSync('mkfifo', [join(path, 'fifo.txt')]);
    mkdirSync(join(path, 'folder'));
    writeFileSync(join(path, 'screen.png'), Buffer.from([0x89, 0x50, 0, 0, 1]));
    writeFileSync(join(path, 'sparse.txt'), '');
    truncateSync(join(path, 'sparse.txt'), 1 << 30);
    const { exit, bad, facts } = await redact(path);
    expect([exit, bad]).toEqual([1, [['left-out', 'warn', 'unexpected-form']]]);
    const others = ['fifo.txt', 'folder', 'link.txt', 'screen.png', 'sparse.txt', 'zero.txt'];
    expect(facts.leftOut.map(({ file }: { file: string }) => file)).toEqual(others);
    expect(readdirSync(`${path}-redacted`).sort()).toEqual([...Object.keys(harmless), 'manifest.json'].sort());
    const missing = manifestOf(`${path}-redacted`).parts.filter(
      ({ state }: { state: { state: string } }) => state.state === 'missing',
    );
    expect(missing.map(({ file }: { file: string }) => file)).toEqual(others);
  });

  it('is never over anything that is there, and never in the folder that it reads', async () => {
    const path = folder({ ...harmless });
    const taken = folder({ theirs: 'theirs' });
    symlinkSync('nowhere', `${path}-dangling`);
    for (const dir of [taken, join(taken, 'theirs'), `${path}-dangling`]) {
      const { exit, bad } = await redact(path, '--dir', dir);
      expect([exit, bad]).toEqual([3, [['done', 'broken', 'write-failed']]]);
    }
    symlinkSync(path, `${path}-link`);
    for (const dir of [join(path, 'new'), path, join(`${path}-link`, 'new')]) {
      const { exit, bad } = await redact(path, '--dir', dir);
      expect([exit, bad[0]?.[1]]).toEqual([3, 'broken']);
    }
    expect(readdirSync(path).sort()).toEqual(Object.keys(harmless).sort());
    expect(readFileSync(join(taken, 'theirs'), 'utf8')).toBe('theirs');
    writeFileSync(`${path}-x.map.json`, 'theirs');
    expect((await redact(path, '--dir', `${path}-x`, '--anonymise')).exit).toBe(3);
    expect([
      readFileSync(`${path}-x.map.json`, 'utf8'),
      readdirSync(root).filter((name) => name.includes('.partial')),
    ]).toEqual(['theirs', []]);
  });

  it('of what cannot be read is unknown, and makes nothing', async () => {
    const empty = folder();
    for (const path of [join(root, 'none'), empty, join(folder(harmless), 'syslog.txt')]) {
      const { exit, bad } = await redact(path, '--dir', join(root, 'made'));
      expect([exit, bad[0]?.slice(0, 2)]).toEqual([3, ['done', 'broken']]);
    }
    expect(existsSync(join(root, 'made'))).toBe(false);
    expect((await rgDiag(['bundle', 'redact', '.'])).exit).toBe(64);
    expect((await rgDiag(['bundle', 'redact', 'a', '--dir', ' '])).exit).toBe(64);
  });

  it.skipIf(process.getuid?.() !== 0)('leaves out files that this user may not read', async () => {
    const path = folder(harmless);
    const out = folder();
    for (const at of [root, path]) chmodSync(at, 0o755);
    chmodSync(join(path, 'trace.json'), 0o600);
    chmodSync(out, 0o777);
    const line = `setpriv --reuid 65534 --regid 65534 --clear-groups rg-diag bundle redact ${path} --dir ${out}/new --json`;
    const { exit, stdout } = await shell(line);
    expect([exit, JSON.parse(stdout).reports[0].facts.leftOut]).toEqual([
      1,
      [{ file: 'trace.json', why: 'this user may not read it' }],
    ]);
  });

  it('leaves no new folder where it is killed, at whatever moment', { timeout: 120_000 }, async () => {
    const line = `Nov 20 03:00:01 web7 railgun[162.158.1.2:22114]: GET http://x.example/?token=${token} failed\n`;
    const path = folder(Object.fromEntries([1, 2, 3, 4].map((n) => [`log-${n}.txt`, line.repeat(10_000)])));
    const made = `${path}-redacted`;
    let killed = 0;
    for (const files of [0, 1, 3, 4]) {
      const child = spawn(program, ['bundle', 'redact', path], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      // Until so many files are written, or it is done.
      while (!isOver && !partials(path).some((entries) => entries >= files))
        await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGKILL');
      const [, signal] = await ended;
      if (signal === 'SIGKILL') killed += 1;
      execFileSync('sh', ['-c', `rm -rf ${join(root, '.rg-diag-')}*`]);
      if (signal === 'SIGKILL' && !existsSync(made)) continue;
      // It was done before: then it is whole.
      expect((await told(['bundle', 'verify', made])).exit).toBe(0);
      execFileSync('rm', ['-r', made]);
    }
    expect(killed).toBeGreaterThan(0);
    expect((await redact(path)).exit).toBe(0);
  });
});

/** How many files there are in each folder that is being made. */
function partials(path: string): number[] {
  const parent = join(path, '..');
  return readdirSync(parent)
    .filter((name) => name.endsWith('.partial'))
    .map((name) => {
      try {
        return readdirSync(join(parent, name)).length;
      } catch {
        return 0;
      }
    });
}
