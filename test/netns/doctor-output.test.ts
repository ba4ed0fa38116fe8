import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, Run } from '../../src/model/report.js';
import { openEstate } from '../servers/estate.js';
import { connectionScenarios } from '../servers/estate-origin-scenarios.js';
import { origins, publicOrigins } from '../servers/estate-places.js';
import { token } from '../servers/rg-listener.js';
import { shortTimeouts } from './doctor-judged.js';

type Document = Run & { readonly reports: readonly Report[] };

const estate = await openEstate();
afterAll(() => estate.close());

const doctor = ['doctor', ...shortTimeouts, '-t', '25'];
const refused = connectionScenarios.find(({ name }) => name === 'the origin refuses port 443');

describe('what the doctor says of a dead origin', () => {
  beforeAll(() => estate.change(refused?.change));

  it.each([
    [
      'text',
      /^✖ FAIL {2}this machine\n\n {2}Most likely wrong: origin of www\.example\.com\s+\(\/etc\/railgun\/railgun-nat\.conf:1\):\s+through\s+rg-listener\s+visitors\s+get\s+527/,
    ],
    ['json', /^\{\s*"schema": "rg-diag\/1",\s*"command": "doctor"/],
    ['ndjson', /^\{"kind":"report",.*\n\{"kind":"run",.*\n$/],
    ['nagios', /^RG-DIAG DOCTOR CRITICAL - .*10\.0\.1\.20:443/],
    ['prometheus', /^rg_diag_success\{[^}]*\} 0$/m],
    ['html', /^<!doctype html>/i],
  ])('as %s', async (format, beginning) => {
    const { stdout, stderr, exit } = await estate.rgDiag([...doctor, '--format', format]);
    expect(stdout).toMatch(beginning);
    expect(stdout).toContain('10.0.1.20');
    expect(stdout + stderr).not.toContain(token);
    expect([exit, stderr]).toEqual([2, '']);
  });

  it('is in a ticket, with what bears it out', async () => {
    const { stdout, exit } = await estate.rgDiag([...doctor, '--ticket']);
    expect(stdout).toMatch(/connection-refused|logs/);
    expect(stdout.slice(stdout.indexOf('UTC'))).toContain('10.0.1.20:443');
    expect(stdout).not.toContain(token);
    expect(exit).toBe(2);
  });

  it('puts the log and rg-listener beneath the cause, and says how to look again', async () => {
    const { stdout } = await estate.rgDiag(doctor);
    const cause = stdout.indexOf('✖ origin of www.example.com');
    for (const beneath of ['follows: origin of www.example.com', 'confirmed by log /var/log/syslog']) {
      expect(stdout.indexOf(beneath), beneath).toBeGreaterThan(cause);
    }
    const [, line = ''] = /again: (rg-diag [^\n]+)/.exec(stdout) ?? [];
    const again = await estate.shell(line);
    expect(again.stdout).toContain('10.0.1.20:443 refuses connections');
    expect(again.exit).toBe(2);
  });

  it('is the same when saved facts are explained', async () => {
    const saved = await estate.shell(
      `rg-diag ${doctor.join(' ')} --json > /tmp/saved.$$.json; rg-diag explain --report /tmp/saved.$$.json --json; echo "exit $?"; cat /tmp/saved.$$.json; rm /tmp/saved.$$.json`,
    );
    const [explained = '', original = ''] = saved.stdout.split(/^exit 2\n/m);
    const [today] = (JSON.parse(explained) as Document).reports;
    const [then] = (JSON.parse(original) as Document).reports;
    expect(then?.findings.length).toBeGreaterThan(1);
    // There the facts of the doctor are a part of the facts.
    const within = then?.findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map((pointer) => `/facts${pointer}`),
    }));
    expect(today?.findings).toEqual(within);
    expect(saved.stdout).not.toContain(token);
  });
});

describe('the doctor', () => {
  it('contacts nobody with --dry-run, and prints lines that can be typed', async () => {
    await estate.change();
    const before = estate.traffic();
    const { stdout, exit } = await estate.rgDiag(['doctor', '--dry-run', '--json']);
    expect(estate.traffic()).toBe(before);
    expect(stdout).not.toContain(token);
    const [report] = (JSON.parse(stdout) as Document).reports;
    const facts = report?.facts as { readonly checks: readonly { readonly line: string; readonly kind: string }[] };
    const kinds = new Set(facts.checks.map(({ kind }) => kind));
    for (const kind of ['configuration', 'memcached', 'listener', 'logs', 'origin', 'certificate', 'trace']) {
      expect(kinds, kind).toContain(kind);
    }
    const memcached = facts.checks.find(({ kind }) => kind === 'memcached');
    expect((await estate.shell(memcached?.line ?? '')).exit).toBe(0);
    expect(estate.traffic()).toBeGreaterThan(before);
    expect(exit).toBe(3);
  });

  it('reads the journal where syslog writes no file, and so does the bundle', async () => {
    await estate.change({ ...refused?.change, journal: true });
    const { stdout } = await estate.rgDiag(doctor);
    expect(stdout).toContain('confirmed by journal');
    const lines = 'cat "$d/bundle/log.txt"; ls "$d/bundle"';
    const bundle = 'rg-diag bundle --dir "$d/bundle" --skip checks --skip route > /dev/null';
    const made = await estate.shell(`d=$(mktemp -d); ${bundle}; echo "exit $?"; ${lines}; rm -r "$d"`);
    expect(made.stdout).toMatch(
      /^exit 0\n(?:\d{4}-\d\d-\d\dT[\d:+]+ www rg-listener(?:\[\d+\])?: .*\n)+REPORT\.html\n/,
    );
    expect(made.stdout).toContain('connection failed 10.0.1.20:443');

    await estate.change({ journal: true, activation: [] });
    const empty = await estate.shell(`d=$(mktemp -d); ${bundle.replace('> /dev/null', '--json')}; rm -r "$d"`);
    expect(empty.stdout).toContain('no line of rg-listener in the journal since');
  });

  it('leaves out what --skip names', async () => {
    await estate.change({ memcached: 'stopped' });
    const all = await estate.rgDiag([...doctor, '--json']);
    const { stdout, exit } = await estate.rgDiag([...doctor, '--skip', 'memcached', '--skip', 'trace', '--json']);
    expect([all.exit, exit]).toEqual([2, 0]);
    const [report] = (JSON.parse(stdout) as Document).reports;
    const facts = report?.facts as {
      readonly checks: readonly { readonly kind: string; readonly outcome: { readonly state: string } }[];
    };
    const ran = facts.checks.filter(({ outcome }) => outcome.state === 'ran').map(({ kind }) => kind);
    expect(ran).not.toContain('memcached');
    expect(ran).not.toContain('trace');
    expect(ran).toContain('origin');
  });

  it('knows no other kind of check to skip', async () => {
    const { stderr, exit } = await estate.rgDiag(['doctor', '--skip', 'weather']);
    expect(exit).toBe(64);
    expect(stderr).toContain('weather');
  });

  it('tells without Railgun that an origin is well', async () => {
    await estate.change({ confFile: 'absent' });
    const { stdout, exit } = await estate.rgDiag([...doctor, 'www.example.com', '--ip', publicOrigins.good]);
    expect(stdout).toMatch(/^✔ OK {2}www\.example\.com/);
    expect(exit).toBe(0);
  });

  it('has nothing to check where there is neither a configuration nor a host', async () => {
    await estate.change({ confFile: 'absent' });
    const { stdout, exit } = await estate.rgDiag([...doctor, '--skip', 'logs', '--skip', 'listener']);
    expect(stdout).toContain('/etc/railgun/railgun.conf');
    expect(exit).toBe(3);
  });

  it('shows the token in no format, wherever it is', async () => {
    await estate.change({
      conf: { 'activation.tokn': token, 'activation.token': token, 'memcached.servers': token },
      map: [`www.example.com = ${origins.www}`, `${token} = ${token}`],
      log: [[1, `Error activating: token ${token} refused`]],
      panicLog: `panic: token ${token}\n\ngoroutine 1 [running]:\nmain.main()\n\t/build/main.go:1 +0x1\n`,
    });
    const { stdout: ticket } = await estate.rgDiag([...doctor, '--ticket']);
    expect(ticket).toMatch(/ticket/i);
    expect(ticket).not.toContain(token);
    const formats = ['text', 'json', 'ndjson', 'nagios', 'prometheus', 'html'];
    const runs = await Promise.all(formats.map((format) => estate.rgDiag([...doctor, '--format', format])));
    for (const [index, { stdout, stderr }] of runs.entries()) {
      expect(stdout, formats[index]).not.toBe('');
      expect(stdout + stderr, formats[index]).not.toContain(token);
    }
  });
});
