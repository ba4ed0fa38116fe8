import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DoctorFacts } from '../../../src/commands/doctor/facts.js';
import { resolvePointer } from '../../../src/model/pointer.js';
import type { Envelope } from '../../../src/model/report.js';
import { rgDiag } from '../../cli/run.js';
import { peer } from '../../servers/peers.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-doctor-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const formats = ['text', 'json', 'ndjson', 'nagios', 'prometheus', 'html'];
/** What nothing but railgun.conf tells to be secret: it looks like nothing. */
const token = 'Sh0rtT0ken_xyzzy';
const password = 'CorrectHorse/9';

function written(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  return path;
}

describe('what railgun.conf has for secret', () => {
  const log = written('syslog', [
    `${new Date().toISOString()} www rg-listener: nobody knows this line with ${token}`,
    `${new Date().toISOString()} www rg-listener: posted to http://stats:${encodeURIComponent(password)}@10.0.0.1/`,
    `${new Date().toISOString()} www rg-listener: the password is ${password}`,
    `${new Date().toISOString()} www rg-listener: connection failed 10.0.0.9:443/${token}.example.com: dial tcp 10.0.0.9:443: connection refused`,
  ]);
  const map = written('railgun-nat.conf', [`${token}.example.com = 127.0.0.1:1`]);
  const conf = written('railgun.conf', [
    `activation.token = ${token}`,
    'activation.railgun_host = 127.0.0.1',
    `memcached.servers = /tmp/${token}.sock 127.0.0.1:${token}`,
    `stats.url = http://stats:${encodeURIComponent(password)}@127.0.0.1:1/`,
    `map.file = ${map}`,
  ]);
  const args = [
    'doctor',
    '--config',
    conf,
    '--log',
    log,
    '--connect-timeout',
    '1',
    '--read-timeout',
    '1',
    '--skip',
    'trace',
  ];
  const secrets = [token, password, encodeURIComponent(password)];

  it.each([...formats.map((format) => ['-f', format]), ['-v'], ['--ticket'], ['--dry-run', '-v']])(
    'is not shown with %s %s',
    async (...more) => {
      const { stdout, stderr } = await rgDiag([...args, ...more]);
      expect(stdout).not.toBe('');
      const shown = (stdout + stderr).toLowerCase();
      for (const secret of secrets) expect(shown.includes(secret.toLowerCase()), secret).toBe(false);
    },
  );

  it('is masked in place: what was found is still told, and its evidence is there', async () => {
    const { stdout } = await rgDiag([...args, '--json']);
    const [report] = (JSON.parse(stdout) as Envelope<DoctorFacts>).reports;
    expect(report?.facts.checks.map(({ kind, outcome }) => `${kind} ${outcome.state}`)).toEqual(
      expect.arrayContaining(['configuration ran', 'logs ran', 'origin ran', 'memcached ran', 'memcached refused']),
    );
    expect(stdout).toContain('nobody knows this line with [activation.token redacted]');
    for (const { evidence } of report?.findings ?? []) {
      for (const pointer of evidence) expect(resolvePointer(report?.facts, pointer), pointer).toBeDefined();
    }
    for (const { outcome } of report?.facts.checks ?? []) {
      if (outcome.state !== 'ran') continue;
      for (const { facts, findings } of outcome.reports) {
        for (const pointer of findings.flatMap(({ evidence }) => evidence)) {
          expect(resolvePointer(facts, pointer), pointer).toBeDefined();
        }
      }
    }
  });
});

describe('what looks secret in a URL', () => {
  const secret = 'kept+to%2Fitself7';

  it.each([...formats.map((format) => ['-f', format]), ['-v'], ['--ticket']])(
    'is not shown with %s %s where the origin sends it back',
    async (...more) => {
      const [given, plain] = [secret, decodeURIComponent(secret)];
      const answer = [
        `HTTP/1.1 302 Found ${plain}`,
        `Server: nginx ${given}`,
        `Location: http://www.example.com/in;jsessionid=${plain}`,
        `X-${plain.replaceAll(/\W/g, '-')}: ${given}`,
        `Set-Cookie: back=${given}`,
        'Content-Length: 0',
        'Connection: close',
        '\r\n',
      ].join('\r\n');
      const origin = await peer((socket) => socket.once('data', () => socket.end(answer)));
      const url = `http://www.example.com:${origin.port}/in?token=${given}&page=2`;
      const args = [
        '--ip',
        '127.0.0.1',
        '--mode',
        'off',
        '--skip',
        'trace',
        '--connect-timeout',
        '2',
        '--read-timeout',
        '2',
      ];
      const { stdout, stderr } = await rgDiag(['doctor', url, ...args, ...more]);
      expect(origin.received().toString()).toContain(`GET /in?token=${given}&page=2`);
      await origin.close();
      expect(stdout).not.toBe('');
      for (const one of [given, plain]) expect((stdout + stderr).includes(one), one).toBe(false);
    },
  );
});
