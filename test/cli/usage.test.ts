import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/commands/index.js';
import { rgDiag } from './run.js';

const value = '151df128a1 2.05 0.009465 0031 5360';

describe('a usage error', () => {
  it.each([
    [['decoed', value], /unknown command 'decoed'.*\n.*Did you mean decode\?/],
    [['decode', '--exepct', 'compressed', value], /unknown option '--exepct'\n.*Did you mean --expect\?/],
    [['decode', '--format', 'xml', value], /'xml' is invalid.*text, json, ndjson, nagios, prometheus, html, csv/],
    [['decode', '--expect', 'compresed', value], /'compresed' is invalid.*compressed, stream/],
    [['decode', '--timeout', 'soon', value], /'soon' is invalid.*at least/],
    [['decode', '--timeout', '0', value], /'0' is invalid/],
    [['decode', '--concurrency', '1.5', value], /whole number/],
    [['decode', '--now', 'yesterday', value], /'yesterday' is invalid.*2026-11-20T12:00:00Z/],
    [['decode', '--now', '2026-11-20 12:00', value], /is invalid/],
    [['decode', '-i'], /argument missing/],
    [['decode', '--json', '--format', 'ndjson', value], /exclude each other/],
    [['decode', '--exepct=compressed', value], /unknown option '--exepct'\n.*Did you mean --expect\?/],
    [['decode', '--each', '--format', 'json', value], /--each cannot be written as json\n.*ndjson/],
    [['decode', '--ticket', '--format', 'prometheus', value], /no place for a ticket/],
    [['decode', '-i', '-', '-'], /only once/],
    [['completion', 'tcsh'], /'tcsh' is invalid.*bash, zsh, fish/],
    [['completion'], /missing required argument/],
    [['completion', 'bash', 'zsh'], /too many arguments/],
    [['--frmat', 'json'], /unknown option/],
    [['decode', '0031', '--decode', '0030'], /--decode/],
    [['decode', '--now', '2026-02-30', value], /'2026-02-30' is invalid/],
    [['help', 'nosuch'], /unknown command 'nosuch'/],
    [['-o', 'completion', 'decode', value], /^rg-diag: [^\n]*-o\b/],
    [['--timeout', '5', 'decode', value], /^rg-diag: [^\n]*--timeout\b/],
    [[], /no command given\nCommands:\n {2}decode/],
  ])('%j is explained, points to help, and is 64', async (args, message) => {
    const ran = await rgDiag(args);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toMatch(/Try 'rg-diag.* --help'\.\n$/);
  });

  it.each([
    [['decode', '--format', 'nagios', '--exepct', 'x', value]],
    [['decode', '--exepct', 'x', value, '-f', 'nagios']],
    [['decode', '-fnagios', '--exepct', 'x|y\n', value]],
    [['decode', '-qf', 'nagios', '--exepct', value]],
    [['decode', '-qfnagios', '--exepct', value]],
    [['decode', '-vqf', 'nagios', '--exepct', value]],
  ])('is a status line and 3 for a scheduler: %j', async (args) => {
    const ran = await rgDiag(args);
    expect(ran).toMatchObject({ stderr: '', exit: 3 });
    expect(ran.stdout).toMatch(/^RG-DIAG DECODE UNKNOWN - [^|\n]*unknown option[^|\n]*\n$/);
  });

  it('of joined short options before the command is a status line too', async () => {
    const ran = await rgDiag(['-qf', 'nagios', '--bad', 'decode']);
    expect(ran).toMatchObject({ stderr: '', exit: 3 });
    expect(ran.stdout).toMatch(/^RG-DIAG [^|\n]*UNKNOWN - [^|\n]+\n$/);
  });

  it('points to the help of no other command than the one that was meant', async () => {
    const { stderr } = await rgDiag(['-o', 'completion', 'decode', value]);
    expect(stderr).not.toMatch(/rg-diag completion/);
  });

  it('never repeats what was typed raw', async () => {
    const ran = await rgDiag(['decode', '--\u001b[31m', value]);
    expect(ran.exit).toBe(64);
    expect(ran.stderr).not.toContain('\u001b');
  });
});

describe('help', () => {
  it.each([[['--help']], [['decode', '--help']], [['help', 'decode']], [['completion', '-h']]])('%j', async (args) => {
    const ran = await rgDiag(args);
    expect(ran).toMatchObject({ stderr: '', exit: 0 });
    expect(ran.stdout).toMatch(/^Usage: rg-diag/);
  });

  it('of a command tells its options, those of every command and examples', async () => {
    const { stdout } = await rgDiag(['decode', '--help']);
    for (const word of ['--expect', '--input', '--each', '--format', '--timeout-result', '--targets', 'curl -sI']) {
      expect(stdout).toContain(word);
    }
  });
});

describe('a command asked for the version', () => {
  it('says it as rg-diag does, whatever else it needs', async () => {
    const { stdout } = await rgDiag(['--version']);
    const specs = await Promise.all(catalogue.map(async (row) => (await row.load()).command));
    const names = specs.filter(({ kind }) => kind !== 'interactive').map(({ name }) => name);
    for (const name of names) {
      const said = await Promise.all(['--version', '-V'].map((flag) => rgDiag([...name.split(' '), flag])));
      for (const ran of said) expect(ran, name).toEqual({ stdout, stderr: '', exit: 0 });
    }
    expect(names).toContain('config check');
    expect(await rgDiag(['decode', value, '--version', '--nosuch'])).toMatchObject({ stdout, exit: 0 });
    // Behind -- it is a value.
    expect((await rgDiag(['decode', '--', '--version'])).stdout).not.toBe(stdout);
  });

  it('lists it among its options', async () => {
    expect((await rgDiag(['logs', '--help'])).stdout).toMatch(/-V, --version +print the version/);
  });
});
