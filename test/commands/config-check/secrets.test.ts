import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandSlug } from '../../../src/model/command-slug.js';
import { formats } from '../../../src/reporters/index.js';
import { rgDiag } from '../../cli/run.js';
import { folders } from './checked.js';

const folderOf = folders();

/** What must be seen nowhere: a token by its shape, and what has no shape. */
const token = 'CANARYa1b2c3d4e5f6a7b8c9d0e1f2a3';
const word = 'canary-bird';
const canary = /canary/i;

const every = ['text', 'json', 'ndjson', 'nagios', 'prometheus', 'html', 'sarif'].filter((format) =>
  formats.some((row) => row.format === format),
);
const withTicket = (format: string) => formats.some((row) => row.format === format && row.hasTicket);

/** Everything that is printed in these formats, with all that there is to see. */
async function printed(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  as: readonly string[] = ['text', 'json', 'nagios'],
): Promise<string> {
  let all = '';
  for (const format of as) {
    const folder = folderOf(files);
    const more = withTicket(format) ? ['--ticket'] : [];
    const ran = await rgDiag(['config', 'check', ...args, '-v', '-f', format, ...more], { cwd: folder });
    expect([format, [0, 1, 2].includes(Number(ran.exit))]).toEqual([format, true]);
    all += ran.stdout + ran.stderr;
  }
  return all;
}

const pem = execFileSync('openssl', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], {
  encoding: 'utf8',
  stdio: 'pipe',
});

const confs: readonly (readonly [string, string])[] = [
  ['under its key', `activation.token = ${token}\n`],
  ['under its key, with what is no part of it', `activation.token = "${token}";\n`],
  ['under its key, twice', `activation.token = ${token}\nactivation.token = ${token}\n`],
  ['under its key in capitals', `ACTIVATION.TOKEN=${token}\n`],
  ['of another shape under its key', `activation.token = ${word}\n`],
  ['under a misspelt key', `activation.tokn = ${word};\n`],
  ['under a key that nobody knows', `secret = ${word}\nwan.port = 2408\n`],
  ['in a comment', `# was ${token}, ${word}\nwan.port = 2408\n`],
  ['behind a value', `wan.port = 2408 # ${word}\npid.file = /run/x # ${word}\nactivation.token = ${token} # ${word}\n`],
  ['as the value of other keys', `wan.port = ${token}\nmap.file = ${token}\nmemcached.servers = ${token}\n`],
  ['with a semicolon at another key', `log.level = ${token};\nstats.interval = "${token}"\n`],
  ['without a key', `${token}\n${word}\n = ${word}\nwan.port = 2408\n`],
  ['as a key', `${token} = 1\nwan.port = 2408\n`],
  ['as a key with more around it', `x ${word} = 1\nwan.port = 2408\n`],
  ['in a URL', `stats.url = http://user:${word}@stats.example/post\n`],
  ['in the query of a URL', `stats.url = https://stats.example/post?key=${word}\n`],
  ['as a name and password of memcached', `memcached.servers = user:${word}@127.0.0.1:11211\n`],
  ['in Windows lines with a mark', `\ufeffactivation.token = ${token}\r\nactivation.tokn = ${word}\r\n`],
  ['in one line with a lone CR', `wan.port = 2408\ractivation.token = ${token}\r`],
];

describe('a secret in railgun.conf', () => {
  it.each(confs)('%s is not shown', async (_, text) => {
    const all = await printed(['railgun.conf'], { 'railgun.conf': text });
    expect(all).not.toMatch(canary);
  });

  it.each(confs)('%s is shown by no --fix, and stays in the file', async (_, text) => {
    const all = await printed(['--fix', 'railgun.conf'], { 'railgun.conf': text });
    expect(all).not.toMatch(canary);
    const folder = folderOf({ 'railgun.conf': text });
    await rgDiag(['config', 'check', '--fix', 'railgun.conf'], { cwd: folder });
    expect(readFileSync(join(folder, 'railgun.conf'), 'utf8')).toMatch(canary);
  });

  it('is shown in no format, whatever is in the way', async () => {
    expect(every.length).toBeGreaterThan(4);
    const text = confs.map(([, lines]) => lines).join('');
    expect(await printed(['railgun.conf'], { 'railgun.conf': text }, every)).not.toMatch(canary);
    const files = Object.fromEntries(confs.map(([, lines], index) => [`${index}.conf`, lines]));
    expect(await printed(Object.keys(files), files, every)).not.toMatch(canary);
    expect(await printed(['--fix', ...Object.keys(files)], files, every)).not.toMatch(canary);
  });

  it('is not in several files either, whose tokens are compared', async () => {
    const files = { one: `activation.token = ${token}\n`, two: `activation.token = ${token}X\n` };
    expect(await printed(['--behind-load-balancer', 'one', 'two'], files)).not.toMatch(canary);
  });

  it('that cannot be judged because time is up is not shown either', async () => {
    const folder = folderOf({ 'railgun.conf': `activation.token = ${token}\n` });
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const ran = await rgDiag(['config', 'check', 'railgun.conf', 'fifo', '-t', '0.3', '-v', '--ticket'], {
      cwd: folder,
    });
    expect(ran.exit).toBe(2);
    expect(ran.stdout + ran.stderr).not.toMatch(canary);
  });
});

describe('a secret in railgun-nat.conf', () => {
  it.each([
    ['in a comment', `# ${token} ${word}\ndefault = 127.0.0.1\n`],
    ['alone', `${token}\n${word}!\ndefault = 127.0.0.1\n`],
    ['under its key', `activation.token = ${word}\na.example = 127.0.0.1\nb.example = 127.0.0.1\n`],
    ['as an address', `a.example = ${token}\nb.example = ${token};\ndefault = 127.0.0.1\n`],
    ['as a host', `${token} = 127.0.0.1\ndefault = 127.0.0.1\n`],
    ['in a URL', `a.example = http://u:${word}@127.0.0.1/\nb.example = http://127.0.0.1/?${word}\ndefault = ::1\n`],
    ['behind an address', `a.example = 127.0.0.1 # ${word}\ndefault = 127.0.0.1\n`],
  ])('%s is not shown, by --fix neither', async (_, text) => {
    expect(await printed(['nat.conf'], { 'nat.conf': text })).not.toMatch(canary);
    expect(await printed(['--fix', 'nat.conf'], { 'nat.conf': text })).not.toMatch(canary);
    const conf = 'map.file = nat.conf\n';
    expect(await printed(['railgun.conf'], { 'railgun.conf': conf, 'nat.conf': text })).not.toMatch(canary);
  });
});

describe('a private key', () => {
  const lines = pem.split('\n').slice(1, -2);
  const shown = (all: string) => lines.filter((line) => all.includes(line.slice(0, 20)));

  it('is shown by nothing that reads it, whatever it is taken for', async () => {
    const conf = 'cert.file = key.pem\nkey.file = key.pem\nca.bundle = key.pem\nmap.file = key.pem\n';
    const all = await printed(['railgun.conf', 'key.pem'], { 'railgun.conf': conf, 'key.pem': pem }, every);
    expect(lines.length).toBeGreaterThan(20);
    expect(shown(all)).toEqual([]);
    expect(await printed(['nat.conf'], { 'nat.conf': `${pem}default = 127.0.0.1\n` })).not.toContain(lines[0]);
  });

  it('that is damaged is not quoted', async () => {
    const damaged = pem.replace(lines[3] ?? '', `!${lines[3]}`);
    const all = await printed(['railgun.conf'], { 'railgun.conf': 'key.file = key.pem\n', 'key.pem': damaged });
    expect(shown(all)).toEqual([]);
  });
});

it('saved facts hold nothing either, nor does what is made of them', async () => {
  const folder = folderOf({ 'railgun.conf': confs.map(([, text]) => text).join('') });
  const { stdout } = await rgDiag(['config', 'check', 'railgun.conf', '--json'], { cwd: folder });
  expect(JSON.parse(stdout).command).toBe('config check');
  writeFileSync(join(folder, 'saved.json'), stdout);
  const again = await rgDiag(['explain', '--report', 'saved.json', '-v', '--ticket'], { cwd: folder });
  expect([again.exit, again.stdout.includes(commandSlug('config check'))]).toEqual([2, true]);
  expect(stdout + again.stdout + again.stderr).not.toMatch(canary);
});
