import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { edge5xx } from '../../../src/knowledge/edge-5xx.js';
import { program } from '../../cli/run.js';
import { folder, plan } from './planned.js';

const here = folder();
let conf = '';
let log = '';
let accessLog = '';

beforeAll(() => {
  const map = here.write(
    'nat.conf',
    'www.example.test=127.0.0.1:8443\nshop.example.test = 127.0.0.2\n*.example.net=127.0.0.1\n',
  );
  const panic = here.write('panic.log', '');
  conf = here.write(
    'rg.conf',
    `activation.token = 0123456789abcdef0123456789abcdef\nmap.file = ${map}\nstderr.file = ${panic}\nmemcached.servers = 127.0.0.1:1\n`,
  );
  log = here.write('syslog', `${'Nov 21 14:00:00 rg rg-listener[7]: listening\n'.repeat(100)}`);
  accessLog = here.write('access.log', '104.16.0.1 - - [21/Nov/2026:14:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "-"\n');
});

describe('the plan of a bundle', () => {
  it('has the files of rg-listener, its log, every check, routes, names and versions', async () => {
    const { files, facts, part, exit } = await plan(['--config', conf, '--log', log]);
    expect(files).toEqual(
      expect.arrayContaining([
        'railgun.conf.txt',
        'railgun-nat.conf.txt',
        'log.txt',
        'doctor.txt',
        'doctor.json',
        'listener.txt',
        'memcached-127.0.0.1-1.txt',
        'origin-www.example.test.txt',
        'trace-shop.example.test.txt',
        'route-www.example.test.txt',
        'route-to-origin-127.0.0.2.txt',
        'dns.txt',
        'versions.txt',
      ]),
    );
    expect(facts.railgun).toBe(conf);
    expect(part('railgun.conf.txt')).toMatchObject({ how: conf, state: { state: 'planned' } });
    expect(part('log.txt').state).toEqual({ state: 'planned', bytes: 4500 });
    expect(part('panic.log.txt').state).toMatchObject({ state: 'missing', because: 'absent' });
    expect(exit).toBe(0);
  });

  it('has names of files that are flat, different, and of types that support takes', async () => {
    const { facts } = await plan(['--config', conf, '--log', log, '--origin-log', accessLog, 'www.example.test']);
    const names = facts.parts.map(({ file }) => file);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9.-]*\.(txt|json|har|html)$/);
  });

  it('writes nothing, and says nothing secret', async () => {
    const before = readdirSync(here.path);
    const { facts } = await plan([
      '--config',
      conf,
      '--dir',
      join(here.path, 'case'),
      'https://www.example.test/?token=hunter2',
    ]);
    expect(readdirSync(here.path)).toEqual(before);
    expect(existsSync(join(here.path, 'case'))).toBe(false);
    expect(JSON.stringify(facts)).not.toMatch(/hunter2|0123456789abcdef/);
  });

  it('takes at most so much of each log as was asked for', async () => {
    const { part } = await plan(['--config', conf, '--log', log, '--log-size', '1000']);
    expect(part('log.txt').state).toEqual({ state: 'planned', bytes: 1000 });
  });

  it('leaves out what is not wanted, and says so of each', async () => {
    const { files, part, findings } = await plan(['--config', conf, '--log', log, '--only', 'configuration']);
    expect(files).toEqual(['railgun.conf.txt', 'railgun-nat.conf.txt']);
    expect(part('log.txt').state).toMatchObject({ because: 'left-out', why: expect.stringContaining('--only') });
    expect(findings.filter(({ status }) => status === 'warn')).toEqual([]);
    const skipped = await plan(['--config', conf, '--log', log, '--skip', 'checks', '--skip', 'route']);
    expect(skipped.files).toEqual(expect.arrayContaining(['railgun.conf.txt', 'log.txt', 'dns.txt', 'versions.txt']));
    const kinds = skipped.facts.parts.flatMap(({ kind, state }) => (state.state === 'planned' ? [kind] : []));
    expect(kinds).not.toEqual(expect.arrayContaining(['checks']));
    expect(kinds).not.toEqual(expect.arrayContaining(['route']));
    expect(skipped.part('doctor.txt').state).toMatchObject({ because: 'left-out', why: 'left out with --skip checks' });
  });

  it('names no host in the names of files where names are to be replaced', async () => {
    const { facts } = await plan(['--config', conf, '--log', log, '--anonymise']);
    expect(facts.parts.map(({ file }) => file).join(' ')).not.toMatch(/example|127\.0/);
  });

  it('says of links, FIFOs and files that are not there why they are missing', async () => {
    const link = join(here.path, 'link.har');
    symlinkSync('/etc/passwd', link);
    const fifo = join(here.path, 'fifo.har');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    const { facts, findings, exit } = await plan([
      '--only',
      'har',
      '--har',
      link,
      '--har',
      fifo,
      '--har',
      join(here.path, 'none.har'),
    ]);
    const whys = facts.parts.flatMap(({ kind, state }) =>
      kind === 'har' && state.state === 'missing' ? [state.why] : [],
    );
    expect(whys).toEqual([
      expect.stringContaining('a symbolic link'),
      expect.stringContaining('a FIFO'),
      expect.stringContaining('no such file'),
    ]);
    expect(findings.filter(({ rule, status }) => rule === 'bundle/complete' && status === 'warn').length).toBe(3);
    expect(exit).toBe(1);
  });

  it.runIf(process.getuid?.() === 0)('says what root could read', () => {
    const secret = here.write('root.conf', 'wan.port = 2408\n');
    chmodSync(secret, 0o600);
    chmodSync(here.path, 0o755);
    const args = ['bundle', '--config', secret, '--only', 'configuration', '--dry-run'];
    const { stdout, status } = spawnSync(program, args, { uid: 65_534, gid: 65_534, cwd: '/', encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain('railgun.conf.txt is missing');
    expect(stdout).toContain('Root could read it: run the same again with sudo.');
  });
});

describe('the panic log', () => {
  it('is where stderr.file says, and where that cannot be read nobody knows where', async () => {
    const { part } = await plan(['--config', join(here.path, 'gone.conf'), '--only', 'panic-log']);
    expect(part('panic.log.txt').state).toEqual({
      state: 'missing',
      why: expect.stringContaining('it is not known where it is'),
    });
  });
});

describe('the plan for an error', () => {
  it('promises a time only where the log can have that error', async () => {
    const time = async (code: string, ...more: readonly string[]) => {
      const { facts } = await plan(['--config', conf, '--log', log, '--for', code, ...more]);
      return facts.wanted.find(({ says }) => says === 'the time in UTC') ?? expect.fail('not wanted');
    };
    expect(await time('527')).toMatchObject({ files: ['TICKET.txt'] });
    for (const item of [await time('525'), await time('527', '--skip', 'checks')]) {
      expect(item).toMatchObject({ files: [], onlyByHand: true, inTicket: true });
    }
  });

  it('has what its cases need, and leaves the rest out', async () => {
    const { files, part, facts } = await plan([
      '--config',
      conf,
      '--log',
      log,
      '--origin-log',
      accessLog,
      '--for',
      '522',
    ]);
    expect(facts.case).toMatchObject({ code: 522, name: 'Connection timed out' });
    expect(files).toEqual(
      expect.arrayContaining(['route-to-cloudflare-1.txt', 'origin-log-1.txt', 'log.txt', 'doctor.json']),
    );
    expect(part('railgun.conf.txt').state).toMatchObject({
      because: 'left-out',
      why: 'not asked for in cases of error 522',
    });
    const items = facts.wanted.filter(({ says }) => says.includes('MTR or traceroute from the origin'));
    expect(items).toMatchObject([{ files: expect.arrayContaining(['route-to-cloudflare-1.txt']) }]);
    expect(facts.wanted.find(({ says }) => says.includes('what the host found'))).toMatchObject({ onlyByHand: true });
  });

  it('contacts no address of a log in cases of another error', async () => {
    const { facts } = await plan(['--config', conf, '--origin-log', accessLog, '--for', '524']);
    expect(facts.parts.some(({ file }) => file.includes('cloudflare'))).toBe(false);
  });

  it('of Railgun has its files, and says on another machine that they are missing', async () => {
    const { files } = await plan(['--config', conf, '--log', log, '--for', '527']);
    expect(files).toEqual(expect.arrayContaining(['railgun.conf.txt', 'railgun-nat.conf.txt', 'log.txt']));
    const other = await plan(['www.example.test', '--for', '527']);
    expect(other.facts.railgun).toBeUndefined();
    const missing = other.findings.filter(({ rule, status }) => rule === 'bundle/complete' && status === 'warn');
    expect(missing.map(({ says }) => says).join('\n')).toContain('the full railgun.conf');
    expect(missing.map(({ remedy }) => remedy).join('\n')).toContain('on the machine of rg-listener');
  });

  it('wants two archives where support does, and one of them is not enough', async () => {
    const har = here.write('on.har', '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}');
    const wanted = async (...hars: readonly string[]) => {
      const { facts } = await plan(['www.example.test', '--for', '520', ...hars.flatMap((path) => ['--har', path])]);
      return facts.wanted.find(({ says }) => says.startsWith('two HAR files')) ?? expect.fail('not wanted');
    };
    expect(await wanted()).toMatchObject({ files: [], onlyByHand: true, option: '--har FILE --har FILE' });
    expect(await wanted(har)).toMatchObject({ onlyByHand: true });
    const second = here.write('paused.har', '{}');
    expect(await wanted(har, second)).toMatchObject({ files: ['har-1.har', 'har-2.har'] });
  });

  it.each(edge5xx.map(({ code }) => code))(
    '%i: every item is answered by a file, by a person, or missed',
    async (code) => {
      const { facts, findings } = await plan([
        '--config',
        conf,
        '--log',
        log,
        'https://www.example.test/',
        '--for',
        String(code),
      ]);
      const names = new Set([...facts.parts.map(({ file }) => file), 'TICKET.txt']);
      expect(facts.wanted.length).toBeGreaterThan(5);
      for (const { says, source, files, onlyByHand } of facts.wanted) {
        expect(source, says).toMatch(/\w{4,}/);
        for (const file of files) expect(names.has(file), file).toBe(true);
        if (files.length > 0) expect(onlyByHand, says).toBeUndefined();
        else if (onlyByHand !== true)
          expect(
            findings.some((finding) => finding.says.includes(says)),
            says,
          ).toBe(true);
      }
    },
  );
});

describe('what support asks for', () => {
  it('is not missed once more where the part that was to answer it is left out or missing', async () => {
    const { findings } = await plan(['www.example.test', '--only', 'har', '--har', join(here.path, 'gone.har')]);
    const says = findings.filter(({ rule, status }) => rule === 'bundle/complete' && status === 'warn');
    expect(says.map((finding) => finding.says)).toEqual(['har-1.har is missing: there is no such file']);
  });
});
