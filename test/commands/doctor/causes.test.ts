import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/doctor/explain.js';
import type { CheckFacts, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { Finding, Status } from '../../../src/model/finding.js';
import { check, doctorFacts, finding, logCheck, originCheck, report } from './doctor-facts.js';

const www = 'www.example.com';
const refused = (rule: string) => finding(rule, 'fail', 'connection-refused');

/** What counts, in its order, each with what is beneath it. */
function tree(checks: readonly CheckFacts[], more: Partial<DoctorFacts> = {}): [string, string, ...string[]][] {
  return explain(doctorFacts(checks, more))
    .findings.filter(({ status }) => status === 'fail' || status === 'broken' || status === 'warn')
    .map(({ rule, status, related = [] }) => [
      rule,
      status,
      ...related.map((one) => `${one.relation} ${one.rule} of ${one.target}`),
    ]);
}

describe('what follows from what', () => {
  it('puts the lines of the log beneath the memcached that does not answer', () => {
    const memcached = check('memcached', { destination: '127.0.0.1:11211' }, report({}, refused('memcached/answers')));
    const log = logCheck(
      [{ id: 'memcached-refused', destinations: { '127.0.0.1:11211': 9 } }],
      finding('logs/memcached-refused', 'warn', 'connection-refused'),
    );
    expect(tree([log, memcached])).toEqual([
      ['memcached/answers', 'fail', 'confirms logs/memcached-refused of logs of /var/log/syslog'],
    ]);
  });

  it('names a refused origin once, with the 527, the certificate that cannot be had, and the log', () => {
    const origin = originCheck(
      www,
      '10.0.0.12',
      { edge: 'tcp', railgun: 'tcp' },
      refused('origin/edge-error'),
      refused('origin/railgun'),
    );
    const cert = check(
      'cert',
      { host: www, destination: '10.0.0.12:443' },
      report({ address: '10.0.0.12', port: 443, failure: { step: 'connect' } }, refused('cert/handshake')),
    );
    const log = logCheck(
      [{ id: 'connection-refused', hosts: { [www]: 4 }, destinations: { '10.0.0.12:443': 4 } }],
      finding('logs/visitor-errors', 'warn', 'visitor-errors'),
      finding('logs/connection-refused', 'warn', 'connection-refused'),
    );
    expect(tree([log, cert, origin])).toEqual([
      [
        'origin/edge-error',
        'fail',
        `follows cert/handshake of cert of ${www}`,
        `follows origin/railgun of origin of ${www}`,
        'confirms logs/visitor-errors of logs of /var/log/syslog',
        'confirms logs/connection-refused of logs of /var/log/syslog',
      ],
    ]);
  });

  it('says what several hosts have in common once, with their names', () => {
    const hosts = ['a.example.com', 'b.example.com', 'c.example.com'];
    const origins = hosts.map((host) => originCheck(host, '10.0.0.12', { edge: 'tcp' }, refused('origin/edge-error')));
    const other = originCheck('d.example.com', '10.0.0.13', { edge: 'tcp' }, refused('origin/edge-error'));
    const { findings } = explain(doctorFacts([...origins, other]));
    const failed = findings.filter(({ status }) => status === 'fail');
    expect(failed.map(({ says }) => says)).toEqual([
      'a.example.com, b.example.com and c.example.com: says origin/edge-error',
      'origin of d.example.com: says origin/edge-error',
    ]);
    expect(failed[0]?.related?.map(({ target }) => target)).toEqual(hosts.slice(1).map((host) => `origin of ${host}`));
  });

  it('does not take one host for another where only the step is the same', () => {
    const one = originCheck('a.example.com', '10.0.0.12', { edge: 'tcp' }, refused('origin/edge-error'));
    const other = originCheck('b.example.com', '10.0.0.99', { railgun: 'tcp' }, refused('origin/railgun'));
    expect(tree([one, other]).map(([rule]) => rule)).toEqual(['origin/edge-error', 'origin/railgun']);
  });

  it.each([
    ['cert/expired', 'certificate-expired'],
    ['cert/hostname', 'hostname-mismatch'],
    ['cert/self-signed', 'self-signed'],
  ] as const)('takes %s for the cause of a 526 and of what rg-listener refuses', (rule, code) => {
    const fails = (id: string) => finding(id, 'fail', code);
    const origin = originCheck(
      www,
      '10.0.0.12',
      { edge: 'certificate', railgun: 'certificate' },
      fails('origin/edge-error'),
      fails('origin/certificate'),
      fails('origin/railgun'),
    );
    const cert = check('cert', { host: www, destination: '10.0.0.12:443' }, report({}, fails(rule)));
    expect(tree([origin, cert])).toEqual([
      [
        rule,
        'fail',
        `follows origin/edge-error of origin of ${www}`,
        `follows origin/certificate of origin of ${www}`,
        `follows origin/railgun of origin of ${www}`,
      ],
    ]);
  });

  it('makes a note the cause where something follows from it, as bad as that, and leaves it out where nothing does', () => {
    const timeout = finding('config-check/lan-timeout', 'note', undefined, {
      place: { file: '/etc/railgun/railgun.conf', line: 7, column: 15 },
    });
    const settings = [{ line: 7, key: 'lan.timeout', value: '1' }];
    const conf = { configs: [{ path: '/etc/railgun/railgun.conf', settings }] };
    const config = check('config check', { file: '/etc/railgun/railgun.conf' }, report(conf, timeout));
    const slow = originCheck(www, '10.0.0.12', { railgun: 'response' }, finding('origin/railgun', 'fail', 'timeout'));
    expect(tree([config, slow])).toEqual([
      ['config-check/lan-timeout', 'fail', `follows origin/railgun of origin of ${www}`],
    ]);
    const [first] = explain(doctorFacts([config, slow])).findings;
    expect(first?.says).toBe('/etc/railgun/railgun.conf:7:15: says config-check/lan-timeout');
    expect(first?.code).toBe('timeout');
    expect(explain(doctorFacts([config])).findings.map(({ rule }) => rule)).not.toContain('config-check/lan-timeout');
  });

  it('leaves lan.timeout alone where the origin itself is silent', () => {
    const config = check('config check', {}, report({}, finding('config-check/lan-timeout', 'note')));
    const silent = originCheck(
      www,
      '10.0.0.12',
      { edge: 'response', railgun: 'response' },
      finding('origin/edge-error', 'fail', 'timeout'),
      finding('origin/railgun', 'fail', 'timeout'),
    );
    expect(tree([config, silent]).map(([rule]) => rule)).toEqual(['origin/edge-error']);
  });

  it('asks of a socket that is closed, of a setting, and of a crash, what they explain', () => {
    const place = { file: 'railgun.conf', line: 3 };
    const conf = {
      configs: [{ path: 'railgun.conf', settings: [{ line: 3, key: 'memcached.servers', value: '/run/m.sock' }] }],
    };
    const config = check(
      'config check',
      {},
      report(conf, finding('config-check/socket', 'note', undefined, { place })),
    );
    const memcached = check(
      'memcached',
      { destination: '/run/m.sock' },
      report({ address: 'unix:/run/m.sock' }, finding('memcached/answers', 'fail', 'permission-denied')),
    );
    expect(tree([config, memcached])).toEqual([
      ['config-check/socket', 'fail', 'follows memcached/answers of memcached of /run/m.sock'],
    ]);
    const listener = check(
      'listener',
      {},
      report(
        {},
        finding('listener/process', 'fail', 'not-running'),
        finding('listener/panic-log', 'warn', 'crashed'),
        finding('listener/pid-file', 'warn', 'stale-pid-file'),
      ),
    );
    expect(tree([listener]).map(([rule, status, ...beneath]) => [rule, status, beneath.length])).toEqual([
      ['listener/panic-log', 'fail', 2],
    ]);
  });

  it('blames the clock only for certificates that it is far enough off for', () => {
    const trace = check(
      'trace',
      { host: www },
      report({ trace: { ts: String(Date.parse('2026-11-20T03:00:00Z') / 1000) } }, finding('trace/answered', 'pass')),
    );
    const expired = (seconds: number) =>
      check(
        'cert',
        { host: www },
        report({ secondsRemaining: -seconds }, finding('cert/expired', 'fail', 'certificate-expired')),
      );
    expect(tree([trace, expired(3600)])[0]?.slice(0, 3)).toEqual([
      'doctor/clock',
      'fail',
      `follows cert/expired of cert of ${www}`,
    ]);
    expect(tree([trace, expired(10 * 86_400)]).map(([rule]) => rule)).toEqual(['cert/expired', 'doctor/clock']);
  });

  const machineWith = (address: string, name = www) => ({
    machine: { hosts: [{ line: 4, address, name }], nameServers: [], routes: [], unread: [] },
  });
  const originBy = (host: string, address: string, from: string, destination?: string) => {
    const facts = { host, addresses: [{ address, port: 443, from }], edge: { stage: 'tcp' } };
    const subject = { host, ...(destination !== undefined && { destination }) };
    return check('origin', subject, report(facts, refused('origin/edge-error')));
  };

  it('takes the hosts file for the cause where it leads a name to Cloudflare, and nobody gave that address', () => {
    const edge = '104.16.1.1';
    const beneath = `follows origin/edge-error of origin of ${www}`;
    expect(tree([originBy(www, edge, 'hosts')], machineWith(edge))).toEqual([['doctor/hosts-file', 'fail', beneath]]);
    const given = originBy(www, edge, 'given', `${edge}:443`);
    expect(tree([given], machineWith(edge)).map(([rule]) => rule)).toEqual(['origin/edge-error']);
    // A line of the map leads to the name, and the hosts file from there to Cloudflare.
    const named = originBy(www, edge, 'hosts', 'app.internal:443');
    expect(tree([named], machineWith(edge, 'app.internal'))).toEqual([['doctor/hosts-file', 'fail', beneath]]);
  });

  it('takes a line of the hosts file that leads to the origin for no cause, as the documents advise it', () => {
    const dead = originBy(www, '10.9.9.9', 'hosts');
    const { findings } = explain(doctorFacts([dead], machineWith('10.9.9.9')));
    expect(tree([dead], machineWith('10.9.9.9'))).toEqual([['origin/edge-error', 'fail']]);
    expect(findings.find(({ rule }) => rule === 'doctor/hosts-file')?.status).toBe('note');
  });

  it('takes a trace that the hosts file led to the origin for nothing wrong', () => {
    const facts = { host: www, address: '10.9.9.9', port: 443 };
    const trace = check('trace', { host: www }, report(facts, finding('trace/answered', 'fail', 'not-proxied')));
    expect(tree([trace], machineWith('10.9.9.9'))).toEqual([]);
    expect(tree([trace], machineWith('10.9.9.8')).map(([rule]) => rule)).toEqual(['trace/answered']);
  });

  it('puts what the end of the run cut off beneath that', () => {
    const stopped = { code: 'timeout', detail: 'the deadline of 5 s' } as const;
    const cut = check(
      'memcached',
      { destination: '127.0.0.1:11211' },
      report({ failure: { byRun: true } }, finding('memcached/answers', 'fail', 'timeout', { evidence: ['/failure'] })),
    );
    const other = check('logs', {}, report({}, finding('logs/finished', 'fail', 'timeout')));
    expect(tree([cut, other], { stopped }).map(([rule, , ...beneath]) => [rule, beneath.length])).toEqual([
      ['doctor/finished', 2],
    ]);
  });
});

/** With a line about statistics. */
const configCheck = (found: Finding) =>
  check('config check', {}, report({ configs: [{ path: 'c', settings: [{ line: 5, key: 'stats.listen' }] }] }, found));

describe('what comes first', () => {
  it('is what visitors get an error of, then what fails, what is unknown and warnings, each upstream first', () => {
    const checks = [
      check('trace', { host: 'x.example.com' }, report({}, finding('trace/answered', 'fail', 'timeout'))),
      check('memcached', {}, report({}, finding('memcached/answers', 'fail', 'timeout'))),
      originCheck(www, '10.0.0.12', { edge: 'response' }, finding('origin/edge-error', 'fail', 'timeout')),
      originCheck('b.example.com', '10.0.0.13', { edge: 'tcp' }, finding('origin/edge-error', 'fail', 'timeout')),
      configCheck(finding('config-check/wan-port', 'fail', 'conflicting-settings', { place: { file: 'c', line: 5 } })),
      check('logs', {}, report({}, finding('logs/readable', 'broken', 'permission-denied'))),
      check('config check', {}, report({}, finding('config-check/log-level', 'warn', 'debug-logging'))),
    ];
    expect(tree(checks).map(([rule]) => rule)).toEqual([
      'origin/edge-error',
      'origin/edge-error',
      'config-check/wan-port',
      'memcached/answers',
      'trace/answered',
      'logs/readable',
      'config-check/log-level',
    ]);
    expect(explain(doctorFacts(checks)).findings[0]?.says).toContain('b.example.com');
  });

  it('is what happens now before what was logged, which says whether it still does', () => {
    const log = logCheck(
      [{ id: 'connection-timeout', hosts: { [www]: 3 }, destinations: { '10.0.0.12:443': 3 } }],
      finding('logs/connection-timeout', 'warn', 'timeout'),
    );
    const well = originCheck(www, '10.0.0.12', {}, finding('origin/edge-error', 'note'));
    const live = check(
      'memcached',
      { destination: '127.0.0.1:11211' },
      report({}, finding('memcached/evictions', 'warn', 'evictions')),
    );
    const counting = (checks: readonly CheckFacts[]): readonly Finding[] =>
      explain(doctorFacts(checks)).findings.filter(({ status }) => status === 'warn');
    expect(counting([log, well, live]).map(({ rule }) => rule)).toEqual([
      'memcached/evictions',
      'logs/connection-timeout',
    ]);
    expect(counting([log, well])[0]?.says).toContain('it does not happen now (origin of www.example.com)');
    expect(counting([log])[0]?.says).toContain('no check looked at it now');
  });

  it('is not said to be something else, or over, where the check of it came to no end', () => {
    const log = logCheck(
      [{ id: 'connection-timeout', hosts: { [www]: 3 } }],
      finding('logs/connection-timeout', 'warn', 'timeout'),
    );
    const says = (status: Status) => {
      const cut = originCheck(www, '10.0.0.12', {}, finding('origin/finished', status, 'timeout'));
      const { findings } = explain(doctorFacts([log, cut]));
      return findings.find(({ rule }) => rule === 'logs/connection-timeout')?.says;
    };
    expect(says('fail')).toContain('whether it happens now is not known: origin of www.example.com came to no end');
    // Counting for nothing does not make it an end.
    expect(says('note')).toContain('whether it happens now is not known');
    expect(says('pass')).toContain('it does not happen now');
  });

  it('says of an activation that failed nothing that an open port would not show', () => {
    const log = logCheck([{ id: 'activation' }], finding('logs/activation', 'fail', 'activation-failed'));
    const listener = check('listener', {}, report({}, finding('listener/port', 'pass')));
    expect(explain(doctorFacts([log, listener])).findings[0]?.says).toBe(
      'logs of /var/log/syslog: says logs/activation',
    );
  });

  it('is what happens now, also where it is further downstream than what was logged', () => {
    const past = logCheck(
      [{ id: 'connection-timeout', hosts: { 'b.example.com': 3 } }],
      finding('logs/connection-timeout', 'warn', 'timeout'),
    );
    const now = check('trace', { host: 'c.example.com' }, report({}, finding('trace/answered', 'warn', 'timeout')));
    expect(tree([past, now]).map(([rule]) => rule)).toEqual(['trace/answered', 'logs/connection-timeout']);
  });

  it('is what is bad by itself before what is so only by what follows from it', () => {
    const settings = [
      { line: 1, key: 'wan.port', value: '2408;' },
      { line: 2, key: 'wan.ip', value: '127.0.0.1' },
    ];
    const config = check(
      'config check',
      {},
      report(
        { configs: [{ path: 'c', settings }] },
        finding('config-check/semicolon', 'warn', 'invalid-value', { place: { file: 'c', line: 1 } }),
        finding('config-check/wan-ip', 'fail', 'loopback-only', { place: { file: 'c', line: 2 } }),
      ),
    );
    const listener = check(
      'listener',
      {},
      report({}, finding('listener/port', 'fail', 'not-running'), finding('listener/bound', 'fail', 'loopback-only')),
    );
    expect(tree([config, listener]).map(([rule, status, ...beneath]) => [rule, status, beneath.length])).toEqual([
      ['config-check/wan-ip', 'fail', 1],
      ['config-check/semicolon', 'fail', 1],
    ]);
  });

  it('is what more belongs to, of two that are alike otherwise', () => {
    const dead = (host: string, address: string, ...more: Finding[]) =>
      originCheck(host, address, { edge: 'tcp', railgun: 'tcp' }, refused('origin/edge-error'), ...more);
    const checks = [dead('a.example.com', '10.0.0.12'), dead('b.example.com', '10.0.0.13', refused('origin/railgun'))];
    expect(explain(doctorFacts(checks)).findings[0]?.says).toContain('b.example.com');
  });

  it('is no trace that fails where the origin was looked at, unless Cloudflare says so', () => {
    const well = originCheck(www, '10.0.0.12', {}, finding('origin/edge-error', 'note'));
    const trace = (code: 'timeout' | 'cloudflare-error') =>
      check('trace', { host: www }, report({}, finding('trace/answered', 'fail', code)));
    expect(tree([well, trace('timeout')])).toEqual([['trace/answered', 'warn']]);
    expect(tree([well, trace('cloudflare-error')])).toEqual([['trace/answered', 'fail']]);
    expect(tree([trace('timeout')])).toEqual([['trace/answered', 'fail']]);
  });
});

it('leaves no finding out that it takes for less than its check does', () => {
  const config = check('config check', {}, report({}, finding('config-check/origin-ca', 'warn', 'untrusted-issuer')));
  const origin = check(
    'origin',
    { host: www },
    report({ railgun: { tls: { chain: { defects: [] } } } }, finding('origin/edge-error', 'note')),
  );
  const statusIn = (checks: readonly CheckFacts[]) =>
    explain(doctorFacts(checks)).findings.find(({ rule }) => rule === 'config-check/origin-ca')?.status;
  expect(statusIn([config, origin])).toBe('note');
  expect(statusIn([config])).toBe('warn');
});

it('warns of a port that rg-listener loses, as config resolve does', () => {
  const map = { path: 'nat', entries: [{ line: 1, name: www }] };
  const others = finding('config-check/map-other-ports', 'note', undefined, { place: { file: 'nat' } });
  const config = check('config check', {}, report({ maps: [map] }, others));
  const facts = { host: www, railgun: { destination: '10.0.0.12:443', portLost: 2083 } };
  const origin = check('origin', { host: www }, report(facts, finding('origin/railgun', 'note')));
  expect(tree([config, origin])).toEqual([
    ['config-check/map-other-ports', 'warn', `follows origin/railgun of origin of ${www}`],
  ]);
  const [first] = explain(doctorFacts([config, origin])).findings;
  expect(first?.code).toBe('missing-setting');
});
