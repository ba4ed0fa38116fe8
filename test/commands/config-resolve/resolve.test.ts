import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/config-resolve/explain.js';
import { rgDiag } from '../../cli/run.js';
import { configurations, resolveBy } from './resolved.js';

const configuration = configurations();

/** The two maps that Cloudflare's documents print. */
const documented = 'default = 127.0.0.1\nexample.com:2083 = 127.0.0.1:2083\n';
const balancers =
  '# This is a comment. It starts with #\n\n#example.com=127.0.0.1\n\nwww.domain.com=127.0.0.1\napi.domain.com=127.0.0.1\n' +
  'host.anotherdomain.com=127.0.0.1\n\ndefault=127.0.0.2\n';

describe('config resolve', () => {
  it.each([
    // target, map, destination, spoken, line, exit
    ['example.com:2083', documented, '127.0.0.1:2083', 'https', 2, 0],
    ['example.com', documented, '127.0.0.1:443', 'https', 1, 0],
    ['http://example.com', documented, '127.0.0.1:80', 'http', 1, 0],
    ['EXAMPLE.com:2083', documented, '127.0.0.1:2083', 'https', 2, 0],
    ['https://example.com:2083/a?b=c#d', documented, '127.0.0.1:2083', 'https', 2, 0],
    ['example.com:8080', documented, '127.0.0.1:80', 'http', 1, 1],
    ['example.com:2087', documented, '127.0.0.1:443', 'https', 1, 1],
    ['api.domain.com', balancers, '127.0.0.1:443', 'https', 6, 0],
    ['example.com', balancers, '127.0.0.2:443', 'https', 9, 0],
    ['bücher.example', 'xn--bcher-kva.example = ::1\n', '::1:443', 'https', 1, 0],
    ['[2001:db8::9]', '2001:db8::9 = 127.0.0.1\n', '127.0.0.1:443', 'https', 1, 0],
    ['example.com', undefined, 'undefined:443', 'https', undefined, 0],
    ['example.com', '', 'undefined:443', 'https', undefined, 0],
    ['example.com', 'example.com = 127.0.0.1:2408\n', '127.0.0.1:2408', 'https', 1, 2],
    ['example.com', 'example.com = [2606:4700::1]:443\n', '2606:4700::1:443', 'https', 1, 2],
    ['example.com', 'a = ::1\nexample.com = ::1\nexample.com = ::2\n', '::2:443', 'https', 3, 1],
    ['example.com', 'default = ::1\nexample.com = 1.2.3.400\n', '::1:443', 'https', 1, 1],
    ['a.example.com', '*.example.com = ::1\n', 'undefined:443', 'https', undefined, 1],
  ] as const)('says where %s goes by the map %j', async (target, map, destination, spoken, line, exit) => {
    const seen = await resolveBy([target, '--config', configuration(map)]);
    const { way } = seen.facts;
    expect([`${way.host}:${way.port}`, seen.facts.spoken]).toEqual([destination, spoken]);
    expect(way.decidedBy === 'CF-ORIGIN-IP' ? undefined : way.decidedBy.line).toBe(line);
    expect(seen.exit).toBe(exit);
    expect(seen.facts).not.toHaveProperty('attempts');
  });

  it.each([
    ['example.com', documented, 'https://example.com goes to 127.0.0.1:443 over HTTPS, by line 1 of MAP.'],
    [
      'example.com',
      'example.com = 127.0.0.1:2408\n',
      /^https:\/\/example\.com goes to 127\.0\.0\.1:2408 over HTTPS, by line 1 of MAP; .+\.$/,
    ],
    [
      'example.com',
      undefined,
      'https://example.com goes to CF-ORIGIN-IP, the address that DNS at Cloudflare has for it, port 443 over HTTPS: ' +
        'there is no map; that address is not known here, nor judged: --origin-ip names it.',
    ],
  ])('says first where %s goes by %j', async (target, map, expected) => {
    const config = configuration(map);
    const file = join(dirname(config), 'railgun-nat.conf');
    const { stdout } = await rgDiag(['config', 'resolve', target, '--config', config], { env: { COLUMNS: '500' } });
    const answer = stdout.split('\n\n')[1]?.trim().replace(/\s+/g, ' ').replaceAll(file, 'MAP');
    expect(answer).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
    const nagios = await rgDiag(['config', 'resolve', target, '--config', config, '-f', 'nagios']);
    if (map === documented) expect(nagios.stdout).toMatch(/ OK - .*: https:\/\/example\.com goes to 127\.0\.0\.1:443 /);
  });

  it('says first that a configuration cannot be read', async () => {
    const { stdout } = await rgDiag(['config', 'resolve', 'a.example', '--config', '/nowhere/railgun.conf']);
    expect(stdout.split('\n\n')[1]).toContain('where a.example goes is not known; ');
  });

  it('shows lines that cannot be read where they would count', async () => {
    const map = 'default = 1.2.3.402\nexample.com = 1.2.3.400\nexample.com:2083 = 1.2.3.401\nexample.com = ::1\n';
    const rowsOf = async (target: string) => {
      const { facts } = await resolveBy([target, '--config', configuration(map)]);
      const table = explain(facts).blocks.find(({ kind }) => kind === 'table');
      return table?.kind === 'table' ? table.rows.map((row) => row[2]) : [];
    };
    const own = 'line 4: example.com = ::1 ← taken';
    expect((await rowsOf('example.com')).slice(0, 2)).toEqual([
      'no line',
      `${own}; line 2: example.com = 1.2.3.400 ← cannot be read`,
    ]);
    expect((await rowsOf('example.com:2083')).slice(0, 2)).toEqual([
      'line 3: example.com:2083 = 1.2.3.401 ← cannot be read',
      `${own}; line 2: example.com = 1.2.3.400 ← cannot be read`,
    ]);
    expect((await rowsOf('b.example')).slice(1, 3)).toEqual([
      'no line',
      'line 1: default = 1.2.3.402 ← cannot be read',
    ]);
  });

  it('says which line decided, what comes after it, and what would be without it', async () => {
    const config = configuration('example.com:2083 = 10.0.0.5:2083\nexample.com = 10.0.0.6\ndefault = 10.0.0.7\n');
    const { facts } = await resolveBy(['example.com:2083', '--config', config]);
    const file = join(dirname(config), 'railgun-nat.conf');
    expect(facts.way.decidedBy).toEqual({ file, line: 1, text: 'example.com:2083 = 10.0.0.5:2083' });
    expect(facts.steps.map(({ step, lines, taken }) => [step, lines.map(({ line }) => line), taken])).toEqual([
      ['host-and-port', [1], true],
      ['host', [2], undefined],
      ['default', [3], undefined],
      ['CF-ORIGIN-IP', [], undefined],
    ]);
    expect(facts.withoutLine).toMatchObject({ host: '10.0.0.6', port: 443, decidedBy: { line: 2 } });
  });

  it('takes the address in DNS at Cloudflare from --origin-ip, and judges it', async () => {
    const config = configuration('a.example = 127.0.0.1\n', 'activation.railgun_host = 8.8.4.4\n');
    const known = await resolveBy(['b.example', '--config', config, '--origin-ip', '8.8.8.8']);
    expect([known.facts.way, known.exit]).toEqual([{ host: '8.8.8.8', port: 443, decidedBy: 'CF-ORIGIN-IP' }, 0]);
    const proxied = await resolveBy(['b.example', '--config', config, '--origin-ip', '[2606:4700::1]']);
    expect([proxied.bad, proxied.exit]).toEqual([['fail config-resolve/pointing cloudflare-address'], 2]);
    const own = await resolveBy(['b.example', '--config', config, '--origin-ip', '8.8.4.4']);
    expect([own.bad, own.exit]).toEqual([['warn config-resolve/pointing request-loop'], 1]);
    const other = await resolveBy(['a.example', '--config', config, '--origin-ip', '8.8.8.8']);
    expect(other.facts.way.host).toBe('127.0.0.1');
  });

  it('knows insecure.origin, --http, and a wan.port that is 443', async () => {
    const insecure = await resolveBy(['example.com', '--config', configuration(documented, 'insecure.origin = 1\n')]);
    expect([insecure.facts.way.port, insecure.facts.scheme, insecure.facts.spoken, insecure.exit]).toEqual([
      80,
      'https',
      'http',
      0,
    ]);
    const http = await resolveBy(['example.com', '--http', '--config', configuration(documented)]);
    expect([http.facts.port, http.facts.way.port]).toEqual([80, 80]);
    const loop = await resolveBy(['example.com', '--config', configuration(documented, 'wan.port = 443\n')]);
    expect(loop.bad).toContain('fail config-resolve/pointing request-loop');
  });

  it('takes many hosts, by --targets too, and reads the configuration from standard input', async () => {
    const config = configuration(documented);
    const hosts = Array.from({ length: 40 }, (_, index) => `host${index}.example`);
    const { reports, exit } = await resolveBy(['example.com:2083', '--targets', '-', '--config', config], {
      input: `# hosts\n${hosts.join('\n')}\nhttp://u:canary@[::1/\n`,
    });
    expect(reports.length).toBe(42);
    expect(JSON.stringify(reports)).not.toContain('canary');
    expect(exit).toBe(3);
    const text = readFileSync(config);
    const both = await resolveBy(['a.example', 'example.com:2083', '--config', '-'], { input: text });
    expect(both.reports.map(({ facts }) => (facts.kind === 'destination' ? facts.way.port : undefined))).toEqual([
      443, 2083,
    ]);
  });

  it.each([
    ['that is not there', (path: string) => rmSync(path), 'file-not-found'],
    ['that is no text', (path: string) => writeFileSync(path, Buffer.from([0, 1, 2])), 'malformed'],
    ['that is too long', (path: string) => writeFileSync(path, '#\n'.repeat(600_000)), 'answer-too-long'],
    [
      'that is a folder',
      (path: string) => execFileSync('sh', ['-c', 'rm "$1" && mkdir "$1"', '-', path]),
      'not-a-file',
    ],
  ] as const)('ends with 3 for a configuration or a map %s', async (_, spoil, code) => {
    const config = configuration(documented);
    spoil(join(dirname(config), 'railgun-nat.conf'));
    const map = await resolveBy(['example.com', '--config', config]);
    expect([map.bad, map.exit]).toEqual([[`broken config-resolve/readable ${code}`], 3]);
    expect(map.reports[0]?.facts).toMatchObject({ kind: 'unread', of: 'map' });
    spoil(config);
    const conf = await resolveBy(['example.com', '--config', config]);
    expect([conf.bad, conf.exit]).toEqual([[`broken config-resolve/readable ${code}`], 3]);
    expect(conf.reports[0]?.facts).toMatchObject({ kind: 'unread', of: 'config', path: config });
  });

  it('does not wait for a FIFO that nobody writes to', async () => {
    const config = configuration(documented);
    rmSync(config);
    execFileSync('mkfifo', [config]);
    const { exit, bad } = await resolveBy(['example.com', '--config', config, '-t', '0.5']);
    expect([exit, bad]).toEqual([2, ['fail config-resolve/readable timeout']]);
  });

  it.each([
    [[], 'no HOST given'],
    [['unix:/run/x'], 'not a unix socket'],
    [['ftp://example.com'], 'ftp'],
    [['https://example.com', '--http'], 'contradict'],
    [['example.com:0'], '0'],
    [['example.com', '--origin-ip', 'example.net'], 'not an address'],
    [['example.com', '--config', ''], '--config is empty'],
    [['--config', '-', '--targets', '-'], 'only once'],
  ])('refuses %j', async (args, words) => {
    const { stderr, exit } = await rgDiag(['config', 'resolve', ...args]);
    expect(exit).toBe(64);
    expect(stderr).toContain(words);
  });

  it('shows no secret, wherever it stands in the files', async () => {
    const canary = 'canary0123456789CANARY9876543210';
    const config = configuration(
      `# ${canary}\n${canary}\nexample.com = ${canary}\n${canary} = 127.0.0.1\ndefault = http://u:${canary}@h/\ndefault = 127.0.0.1\n`,
      `activation.token = ${canary}\nwan.port = ${canary}\nactivation.railgun_host = ${canary}\n`,
    );
    for (const format of ['text', 'json', 'ndjson', 'nagios', 'prometheus']) {
      const ticket = format === 'prometheus' ? [] : ['--ticket'];
      const line = ['config', 'resolve', `https://u:${canary}@example.com/?t=${canary}`, '--config', config];
      const { stdout, stderr } = await rgDiag([...line, '-v', '-f', format, ...ticket]);
      expect(stdout).toContain('example.com');
      expect(`${stdout}${stderr}`).not.toContain(canary);
    }
  });

  it('escapes what stands in the files, and bounds it', async () => {
    const config = configuration(
      `example.com = 127.0.0.1\u001b[31m\nexample.com${' '.repeat(5000)}= 127.0.0.1\n`,
      `insecure.origin = \u001b]0;title\u0007${'x'.repeat(5000)}\n`,
    );
    const { stdout, exit } = await rgDiag(['config', 'resolve', 'example.com', '--config', config, '-v']);
    expect(exit).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.length).toBeLessThan(5000);
  });

  it('goes by what holds: values as they stand, paths as they are meant, keys as they are spelled', async () => {
    const config = configuration('default = 127.0.0.2\n');
    const map = join(dirname(config), 'railgun-nat.conf');
    writeFileSync(config, `wan.port = 2409;\nWan.Port = 9999\nInsecure.Origin = 1\nmap.file = ${map};\n`);
    const { facts, bad, exit } = await resolveBy(['example.com', '--config', config]);
    expect(facts.listener).toMatchObject({ wanPort: 2408, insecureOrigin: false, mapFile: map });
    expect(facts.listener.problems.map(({ line, code }) => [line, code])).toEqual([
      [1, 'unreadable'],
      [4, 'semicolon'],
    ]);
    expect([facts.way.host, exit, new Set(bad)]).toEqual([
      '127.0.0.2',
      1,
      new Set(['warn config-resolve/settings invalid-value']),
    ]);
  });

  it('goes nowhere by a map that is a railgun.conf', async () => {
    const config = configuration(documented);
    writeFileSync(config, `wan.ip = 127.0.0.1\nmemcached.servers = 127.0.0.1:11211\nmap.file = ${config}\n`);
    const { stdout, exit } = await rgDiag(['config', 'resolve', 'wan.ip', '--config', config]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('is a railgun.conf, not a map');
    expect(exit).toBe(3);
  });

  it('names files in commands as a shell reads them', async () => {
    const config = configuration(documented);
    const odd = join(dirname(config), "it's $(touch x).conf");
    writeFileSync(odd, `${readFileSync(config)}wan.port = many\n`);
    const { findings } = await resolveBy(['example.com', '--config', odd]);
    const remedy = findings.find(({ rule }) => rule === 'config-resolve/settings')?.remedy ?? '';
    const [, word = ''] = /rg-diag config check (.*)/.exec(remedy) ?? [];
    expect(execFileSync('bash', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(odd);
  });
});
