import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rgDiag, shell } from './run.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rg-diag-output-'));
  folders.push(folder);
  return folder;
}

const value = '151df128a1 2.05 0.009465 0031 5360';

describe('--output', () => {
  it('writes what would have been printed, and prints nothing', async () => {
    const folder = newFolder();
    const args = ['decode', value, '-f', 'prometheus', '--now', '2026-11-20'];
    const printed = await rgDiag(args);
    expect(await rgDiag([...args, '-o', join(folder, 'rg-diag.prom')])).toEqual({ stdout: '', stderr: '', exit: 0 });
    const durations = /^(rg_diag_(?:duration_seconds|last_run_timestamp_seconds)\S*) .*$/gm;
    expect(readFileSync(join(folder, 'rg-diag.prom'), 'utf8').replace(durations, '$1')).toBe(
      printed.stdout.replace(durations, '$1'),
    );
    expect(readdirSync(folder)).toEqual(['rg-diag.prom']);
  });

  it('keeps the mode of the file that it replaces, and the link to it', async () => {
    const folder = newFolder();
    const file = join(folder, 'report.json');
    writeFileSync(file, 'old');
    chmodSync(file, 0o640);
    symlinkSync('report.json', join(folder, 'latest'));
    expect(await rgDiag(['decode', value, '--json', '-o', join(folder, 'latest')])).toMatchObject({ exit: 0 });
    expect(statSync(file).mode & 0o7777).toBe(0o640);
    expect(lstatSync(join(folder, 'latest')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(folder).sort()).toEqual(['latest', 'report.json']);
  });

  it('is replaced whole: whoever has the old file open goes on reading it', async () => {
    const folder = newFolder();
    const file = join(folder, 'report');
    writeFileSync(file, 'the old report\n');
    const { stdout } = await shell(`exec 3<'${file}'; rg-diag decode '${value}' -o '${file}'; cat <&3`);
    expect(stdout).toBe('the old report\n');
  });

  it('stays as it was when the run is interrupted', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'report'), 'the old report\n');
    const { stdout } = await shell(
      `mkfifo log; exec 3<>log
       timeout 20 rg-diag decode -i log -o report & run=$!
       for try in $(seq 200); do ls .rg-diag-* >/dev/null 2>&1 && break; sleep 0.05; done
       kill -TERM $run; wait $run; echo exit $?; cat report; ls -A`,
      { cwd: folder },
    );
    expect(stdout).toBe('exit 143\nthe old report\nlog\nreport\n');
  });

  it('writes in place what is no regular file', async () => {
    expect(await rgDiag(['decode', value, '-o', '/dev/null'])).toEqual({ stdout: '', stderr: '', exit: 0 });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    const { stdout } = await shell(`mkfifo out; rg-diag decode '${value}' -f nagios -o out & cat out; wait`, {
      cwd: newFolder(),
    });
    expect(stdout).toMatch(/^RG-DIAG DECODE OK/);
  });

  it('that cannot be written is said before anything is read, and is never fine', async () => {
    const ran = await rgDiag(['decode', value, '-o', join(newFolder(), 'none', 'report')]);
    expect(ran).toMatchObject({ stdout: '', exit: 3 });
    expect(ran.stderr).toMatch(/cannot write .*none\/report.*no such file/i);
    expect(await rgDiag(['decode', value, '-o', newFolder()])).toMatchObject({ stdout: '', exit: 3 });
    expect(await rgDiag(['decode', value, '-o', ''])).toMatchObject({ stdout: '', exit: 3 });
  });

  it('takes - and /dev/stdout for standard output, which keeps what else is written there', async () => {
    expect((await rgDiag(['decode', value, '-f', 'nagios', '-o', '-'])).stdout).toMatch(/^RG-DIAG DECODE OK/);
    const { stdout } = await shell(
      `(echo before; rg-diag decode '${value}' -f nagios -o /dev/stdout; echo after) >all; cat all`,
      { cwd: newFolder() },
    );
    expect(stdout).toMatch(/^before\nRG-DIAG DECODE OK .*\nafter\n$/);
  });

  it('is never fine when the disk is full', async () => {
    const full = await rgDiag(['decode', value, '-o', '/dev/full']);
    expect(full).toMatchObject({ stdout: '', exit: 3 });
    expect(full.stderr).toMatch(/cannot write \/dev\/full.*no space/i);
    const { stdout } = await shell(`rg-diag decode '${value}' >/dev/full; echo $?`);
    expect(stdout).toBe('3\n');
  });

  it('works for what is printed about rg-diag itself', async () => {
    const file = join(newFolder(), 'completion');
    expect(await rgDiag(['completion', 'bash', '-o', file])).toEqual({ stdout: '', stderr: '', exit: 0 });
    expect(readFileSync(file, 'utf8')).toBe((await rgDiag(['completion', 'bash'])).stdout);
  });
});

describe('--quiet', () => {
  it('leaves only the exit code, and errors', async () => {
    expect(await rgDiag(['decode', '-q', value])).toEqual({ stdout: '', stderr: '', exit: 0 });
    expect(await rgDiag(['decode', '-q', '--json', value, '--expect', 'stream'])).toEqual({
      stdout: '',
      stderr: '',
      exit: 2,
    });
    expect((await rgDiag(['decode', '-q', '--no-such', value])).stderr).not.toBe('');
  });
});

describe('a closed pipe', () => {
  it.each(['text', 'json', 'prometheus', 'html'])('ends quietly (%s)', async (format) => {
    const values = Array.from({ length: 3000 }, () => `'${value}'`).join(' ');
    const { stderr } = await shell(`rg-diag decode ${values} -f ${format} | head -c 10 >/dev/null`);
    expect(stderr).toBe('');
  });

  it('of help too', async () => {
    expect((await shell('rg-diag decode --help | true; rg-diag completion zsh | true')).stderr).toBe('');
  });
});
