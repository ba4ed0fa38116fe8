import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { type Authority, createAuthority } from '../../servers/authority.js';
import { folders } from './checked.js';

const folderOf = folders();
const token = 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6';

/** Writes the files, and returns the path of the first. */
function files(conf: string, map = ''): string {
  const folder = folderOf();
  const path = join(folder, 'railgun.conf');
  writeFileSync(join(folder, 'nat.conf'), map);
  writeFileSync(path, conf.replaceAll('FOLDER', folder), { mode: 0o600 });
  return path;
}

/** The rows of the table, by what stands first. */
async function rowsOf(path: string): Promise<Map<string, string>> {
  const { stdout } = await rgDiag(['config', 'check', path], { env: { COLUMNS: '200' } });
  const rows = stdout.split('\n').flatMap((line) => {
    const [, first, rest] = /^ {2}(\S(?:.*?\S)?) {2,}(\S.*)$/.exec(line) ?? [];
    return first === undefined || rest === undefined ? [] : [[first, rest.replace(/ {2,}/g, ' | ').trim()] as const];
  });
  return new Map(rows);
}

describe('what holds', () => {
  it('is shown with the line that sets it, or as the default', async () => {
    const map = 'a.example = 127.0.0.1\na.example:2083 = 127.0.0.1:2083\nb.example = 127.0.0.1\ndefault = 127.0.0.2\n';
    const conf = `activation.token = ${token}\nwan.port = 2409\nwan.port = 2410\nstats.enabled = 1\nmap.file = FOLDER/nat.conf\n`;
    const rows = await rowsOf(files(conf, map));
    expect(Object.fromEntries(rows)).toMatchObject({
      'Listens on': 'every address | default',
      Port: '2410 | line 3',
      Token: 'set | line 1',
      'Public address': 'not set',
      memcached: 'not set',
      'Waits for origins': '30 s | default',
      'Checks origins’ certificates': 'yes | default',
      Trusts: 'the authorities of the system | default',
      Map: expect.stringMatching(/\/nat\.conf \| line 5$/),
      Maps: '2 hosts, default 127.0.0.2',
      'Log level': '0 (errors) | default',
      Statistics: 'on | line 4',
    });
  });

  it('of a token is whether it can be one', async () => {
    for (const [text, shown] of [
      ['YOUR_TOKEN_HERE', 'never filled in'],
      ['', 'empty'],
      ['short', 'not of the right shape'],
    ]) {
      const rows = await rowsOf(files(`activation.token = ${text}\n`));
      expect(rows.get('Token')).toBe(`${shown} | line 1`);
    }
  });

  it('is the default where a value cannot be read, whatever JavaScript has by that name', async () => {
    const rows = await rowsOf(files('log.level = constructor\ninsecure.origin = __proto__\nwan.port = 2409;\n'));
    expect([rows.get('Log level'), rows.get('Origins over HTTP only'), rows.get('Port')]).toEqual([
      '0 (errors) | default, not line 1',
      'no | default, not line 2',
      '2408 | default, not line 3',
    ]);
  });

  it('is a path as it is meant', async () => {
    const rows = await rowsOf(files('ca.bundle = "/ca.pem";\nmap.file = FOLDER/nat.conf;\n', 'default = 127.0.0.2\n'));
    expect([rows.get('Trusts'), rows.get('Maps')]).toEqual(['/ca.pem | line 1', '0 hosts, default 127.0.0.2']);
  });

  it('is the older key for the address, and nothing that is spelled in other letters', async () => {
    const rows = await rowsOf(files('activation.public_ip = 203.0.113.9\nLan.Timeout = 60\n'));
    expect([rows.get('Public address'), rows.get('Waits for origins')]).toEqual([
      '203.0.113.9 | line 1',
      '30 s | default',
    ]);
  });
});

describe('what comes first', () => {
  const answerTo = async (args: string[]) => {
    const { stdout } = await rgDiag(['config', 'check', ...args], { env: { COLUMNS: '400' } });
    return stdout.split('\n\n')[1]?.trim().replace(/\s+/g, ' ');
  };

  it('is how much is wrong, and the first of the worst', async () => {
    const well = `activation.token = ${token}\nactivation.railgun_host = 203.0.113.7\nmemcached.servers = 127.0.0.1:11211\n`;
    expect(await answerTo([files(well)])).toMatch(/^Nothing is wrong in 1 file(; \d+ notes?)?\.$/);
    const unfilled = well.replace(token, 'YOUR_TOKEN_HERE');
    expect(await answerTo([files(unfilled)])).toMatch(
      /^1 failed, .* in 1 file; first: line 1: activation\.token was never filled in: it is what the package put there\.$/,
    );
    const path = files(`${unfilled}map.file = FOLDER/nat.conf\n`, 'default = 127.0.0.1\n');
    expect(await answerTo([path])).toContain(` in 2 files; first: ${path}:1: activation.token`);
  });

  it('is that a file could not be read', async () => {
    expect(await answerTo(['/nowhere/railgun.conf'])).toMatch(
      /^1 could not be judged in 1 file; first: not read: .*no such file/,
    );
  });
});

describe('the numbers', () => {
  let authority: Authority;
  beforeAll(async () => {
    authority = await createAuthority();
  });
  afterAll(() => authority.close());

  it('are settings, hosts in the map, and how long the certificate holds', async () => {
    const leaf = await authority.issue({ names: ['rg.example'], days: 90 });
    const conf = `map.file = FOLDER/nat.conf\ncert.file = ${leaf.file}\nkey.file = ${leaf.keyFile}\n`;
    const { stdout } = await rgDiag([
      'config',
      'check',
      files(conf, 'a.example=127.0.0.1\ndefault=127.0.0.1\n'),
      '--json',
    ]);
    const [{ metrics }] = JSON.parse(stdout).reports;
    const numbers = Object.fromEntries(
      metrics.map(({ name, value }: { name: string; value: number }) => [name, value]),
    );
    expect(numbers).toMatchObject({ config_settings: 3, config_mapped_hosts: 1 });
    const days = numbers['config_certificate_expiry_seconds'] / 86_400;
    expect(Math.abs(days - 90)).toBeLessThan(2);
  });
});
