import { describe, expect, it } from 'vitest';
import { rgDiag, shell } from './run.js';

const header = '151df128a1 2.05 0.009465 0031 5360';

/** The documented output, from the documentation. */
const documented = `Compression ratio 2.05%
Railgun version 5360
Railgun Flag map.file used to change IP
Railgun Flag rg-sender sent dictionary
Railgun Flag rg-listener found dictionary
`;

const flagLines = documented.split('\n').slice(2).join('\n');

describe('the historic spelling', () => {
  it.each([
    [[`-decode=${header}`]],
    [['-decode', header]],
    [[`--decode=${header}`]],
    [['--decode', header]],
    // Go: the last one wins, and the first word that is no flag ends them.
    [['-decode=0030', '-decode', header]],
    [[`-decode=${header}`, 'word', '-decode=0030']],
    [[`-decode=${header}`, '--', '-decode=0030']],
    [[`-decode=${header}`, '-']],
  ])('%j prints the documented lines and nothing else', async (args) => {
    expect(await rgDiag(args)).toEqual({ stdout: documented, stderr: '', exit: 0 });
  });

  it('prints the flag lines alone for a flags word', async () => {
    expect(await rgDiag(['-decode', '0031'])).toEqual({ stdout: flagLines, stderr: '', exit: 0 });
    expect(await rgDiag(['-decode', '0x31'])).toEqual({ stdout: flagLines, stderr: '', exit: 0 });
    expect(await rgDiag(['-decode=0000'])).toEqual({ stdout: '', stderr: '', exit: 0 });
  });

  it('names a bit that nobody has explained, instead of dropping it', async () => {
    const { stdout } = await rgDiag(['-decode=0180']);
    expect(stdout).toBe('Railgun Flag unknown 0x80\nRailgun Flag unknown 0x100\n');
  });

  it('answers the other forms in the same manner', async () => {
    expect((await rgDiag(['-decode=f1cb3b9f7d 0.02 0.008966 30'])).stdout).toBe(
      'Compression ratio 0.02%\nRailgun Flag rg-sender sent dictionary\nRailgun Flag rg-listener found dictionary\n',
    );
    expect((await rgDiag(['-decode=direct (starting new WAN connection)'])).stdout).toBe(
      'Railgun form direct\nRailgun reason starting new WAN connection\n',
    );
    expect((await rgDiag(['-decode=direct (internal error)'])).exit).toBe(1);
  });

  it('gives the same report as decode when a format is asked for, before or after the value', async () => {
    const { stdout } = await rgDiag(['decode', '--format', 'json', header]);
    const facts = (text: string) => JSON.parse(text).reports[0].facts;
    for (const args of [
      ['-decode', header, '--format', 'json'],
      ['--format=json', `-decode=${header}`],
      ['-f', 'json', '-decode', header],
      ['--json', '-decode', header],
      // One dash, as Go reads it, for the options of today too.
      ['-decode', header, '-format', 'json'],
      ['-format=json', '-decode', header],
      ['-json', '-decode', header],
    ]) {
      const ran = await rgDiag(args);
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(facts(ran.stdout)).toEqual(facts(stdout));
    }
  });

  it('says what is wrong with a value that cannot be decoded', async () => {
    const ran = await rgDiag(['-decode=151df128a1 2.05 abc 0031 5360']);
    expect(ran).toMatchObject({ stdout: '', exit: 3 });
    expect(ran.stderr).toMatch(/origin time.*abc/);
    const unquoted = await rgDiag(['-decode', '151df128a1', '2.05', '0.009465', '0031', '5360']);
    expect(unquoted).toMatchObject({ stdout: '', exit: 3 });
    expect(unquoted.stderr).toMatch(/quotes/);
    expect(await rgDiag(['-decode='])).toMatchObject({ stdout: '', exit: 3 });
  });

  it('needs a value', async () => {
    const ran = await rgDiag(['-decode']);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toContain('flag needs an argument: -decode');
  });

  it.each([[['-f', 'nagios', '-decode']], [['-format=nagios', '-decode']], [['--format', 'nagios', '--decode']]])(
    'without a value is a status line for a scheduler: %j',
    async (args) => {
      const ran = await rgDiag(args);
      expect(ran).toMatchObject({ stderr: '', exit: 3 });
      expect(ran.stdout).toMatch(/^RG-DIAG [^|\n]*UNKNOWN - flag needs an argument: --?decode[^|\n]*\n$/);
    },
  );

  it('never prints a control character of the value raw', async () => {
    const ran = await rgDiag(['-decode=direct (\u001b[31mred\u202e)']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(ran.stdout + ran.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it.each([['-version'], ['--version'], ['-V']])('%s prints the version', async (flag) => {
    const ran = await rgDiag([flag]);
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
    expect(ran.stdout).toMatch(/^rg-diag \d+\.\d+\.\d+\n$/);
  });

  it.each([['-help'], ['--help'], ['-h'], ['help']])('%s prints help', async (flag) => {
    const ran = await rgDiag([flag]);
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
    expect(ran.stdout).toContain('-decode=VALUE');
  });

  it('finds the nearest spelling of a mistyped one', async () => {
    const ran = await rgDiag([`-decoed=${header}`]);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toMatch(/Did you mean --decode\?/);
  });

  it('ends quietly when nobody reads', async () => {
    const ran = await shell(
      `set -o pipefail; rg-diag -decode='${header}' | true; exec 2>&1; rg-diag -decode='${header}' | head -1`,
    );
    expect(ran).toMatchObject({ stdout: 'Compression ratio 2.05%\n', stderr: '' });
  });
});
