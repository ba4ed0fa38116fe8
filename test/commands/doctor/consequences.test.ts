import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/commands/doctor/explain.js';
import type { CheckFacts, DoctorFacts } from '../../../src/commands/doctor/facts.js';
import type { FailureCode } from '../../../src/model/failure.js';
import type { Finding, Status } from '../../../src/model/finding.js';
import { check, doctorFacts, finding, logCheck, originCheck, report } from './doctor-facts.js';

const www = 'www.example.com';
const shop = 'shop.example.com';

/** Of each thing that is wrong, its rule and those beneath it. */
function roots(checks: readonly CheckFacts[], more: Partial<DoctorFacts> = {}): Record<string, string[]> {
  const wrong = explain(doctorFacts(checks, more)).findings.filter(({ status }) =>
    ['fail', 'broken', 'warn'].includes(status),
  );
  return Object.fromEntries(wrong.map(({ rule, related = [] }) => [rule, related.map((one) => one.rule)]));
}

interface Slip {
  readonly rule: string;
  readonly key?: string;
  readonly value?: string;
  readonly status?: Status;
  readonly code?: FailureCode;
  readonly says?: string;
}

/** The check of a railgun.conf with these slips, each in a line of its own. */
function conf(...slips: readonly Slip[]): CheckFacts {
  const settings = slips.flatMap(({ key, value }, index) =>
    key === undefined ? [] : [{ line: index + 1, key, value }],
  );
  const found = slips.map(({ rule, key, status = 'fail', code = 'invalid-value', says }, index) =>
    finding(`config-check/${rule}`, status, code, {
      ...(key !== undefined && { place: { file: 'c', line: index + 1 } }),
      ...(says !== undefined && { says }),
    }),
  );
  return check('config check', { file: 'c' }, report({ configs: [{ path: 'c', settings }] }, ...found));
}

/** The check of a map whose line leads the host to the target. */
function map(
  rule: string,
  name: string,
  target: object | undefined,
  code: FailureCode = 'undocumented-form',
): CheckFacts {
  const entries = target === undefined ? [] : [{ line: 1, name, target }];
  const problems = target === undefined ? [{ line: 1, of: { name } }] : [];
  const found = finding(`config-check/${rule}`, 'warn', code, { place: { file: 'nat', line: 1 } });
  return check('config check', { file: 'c' }, report({ maps: [{ path: 'nat', entries, problems }] }, found));
}

const listener = (...found: readonly [rule: string, code: FailureCode][]) =>
  check('listener', {}, report({}, ...found.map(([rule, code]) => finding(`listener/${rule}`, 'fail', code))));

const memcached = (destination: string, code: FailureCode = 'timeout') =>
  check('memcached', { destination }, report({}, finding('memcached/answers', 'fail', code)));

/** The check of a certificate at a server. */
function cert(host: string, destination: string, rule: string, code: FailureCode, facts: object = {}): CheckFacts {
  return check('cert', { host, destination }, report(facts, finding(`cert/${rule}`, 'fail', code)));
}

/** The origin of a host, with one failure each: of the edge's way and of that of rg-listener. */
function origin(
  host: string,
  address: string,
  stages: { edge?: string; railgun?: string },
  codes: { edge?: FailureCode; railgun?: FailureCode },
  { at = address, more = [] }: { at?: string; more?: readonly Finding[] } = {},
): CheckFacts {
  const facts = {
    host,
    addresses: [{ address, port: 443, from: 'given' }],
    edge: { stage: stages.edge ?? null },
    railgun: { destination: `${at}:443`, ...(stages.railgun !== undefined && { stage: stages.railgun }) },
  };
  const found = [
    ...(codes.edge === undefined ? [] : [finding('origin/edge-error', 'fail', codes.edge)]),
    ...(codes.railgun === undefined ? [] : [finding('origin/railgun', 'fail', codes.railgun)]),
  ];
  return check('origin', { host, destination: `${address}:443` }, report(facts, ...found, ...more));
}

const trace = (host: string, code: FailureCode, step: string, address?: string) =>
  check(
    'trace',
    { host },
    report(
      { host, port: 443, ...(address && { address }), failure: { step } },
      finding('trace/answered', 'fail', code),
    ),
  );

describe('wan.ip on loopback', () => {
  const slip: Slip = { rule: 'wan-ip', key: 'wan.ip', code: 'loopback-only' };

  it('is why rg-listener listens there only', () => {
    expect(roots([conf(slip), listener(['bound', 'loopback-only'])])).toEqual({
      'config-check/wan-ip': ['listener/bound'],
    });
  });

  it('is not why another program has the port', () => {
    const taken = listener(['port', 'wrong-process'], ['process', 'not-running'], ['tls', 'not-tls']);
    expect(roots([conf(slip), taken])).toEqual({
      'listener/port': ['listener/process', 'listener/tls'],
      'config-check/wan-ip': [],
    });
  });

  it('is not why nobody answers: this machine could connect', () => {
    const gone = listener(['process', 'not-running'], ['port', 'not-running'], ['answers', 'connection-refused']);
    expect(roots([conf(slip), gone])).toEqual({
      'listener/process': ['listener/port', 'listener/answers'],
      'config-check/wan-ip': [],
    });
  });

  it('is not why the certificate of rg-listener has expired', () => {
    const both = listener(['bound', 'loopback-only'], ['certificate', 'certificate-expired']);
    expect(roots([conf(slip), both])).toEqual({
      'config-check/wan-ip': ['listener/bound'],
      'listener/certificate': [],
    });
  });
});

describe('a slip in another setting of the WAN', () => {
  it.each<[key: string, found: [string, FailureCode], follows: boolean]>([
    ['wan.port', ['port', 'not-running'], true],
    ['wan.port', ['bound', 'loopback-only'], false],
    ['wan.ip', ['answers', 'connection-refused'], true],
    ['wan.ip', ['tls', 'not-tls'], false],
    ['wan.tls', ['tls', 'not-tls'], true],
    ['wan.tls', ['answers', 'connection-refused'], false],
    ['pid.file', ['pid-file', 'stale-pid-file'], true],
    ['pid.file', ['panic-log', 'read-failed'], false],
    ['stderr.file', ['panic-log', 'read-failed'], true],
    ['stderr.file', ['pid-file', 'stale-pid-file'], false],
  ])('%s and %j', (key, found, follows) => {
    const slip = conf({ rule: 'semicolon', key, value: 'x;', status: 'warn' });
    expect(roots([slip, listener(found)])).toEqual({
      'config-check/semicolon': follows ? [`listener/${found[0]}`] : [],
      ...(!follows && { [`listener/${found[0]}`]: [] }),
    });
  });

  it('is no reason for what the token does, nor the other way round', () => {
    const slips = conf(
      { rule: 'unknown-key', key: 'activation.railgun_hst', says: 'did you mean activation.railgun_host?' },
      { rule: 'activation-token', key: 'activation.token' },
    );
    expect(roots([slips])).toEqual({ 'config-check/unknown-key': [], 'config-check/activation-token': [] });
    const dial = logCheck([{ id: 'dial-timeout' }], finding('logs/dial-timeout', 'warn', 'timeout'));
    expect(roots([conf({ rule: 'activation-token', key: 'activation.token' }), dial])).toEqual({
      'config-check/activation-token': [],
      'logs/dial-timeout': [],
    });
  });
});

describe('a slip in memcached.servers', () => {
  const value = '127.0.0.1:21212 127.0.0.1:21213; 127.0.0.1:18446';
  const slip: Slip = { rule: 'value', key: 'memcached.servers', value };

  it('is why the server that it is in cannot be asked', () => {
    const refused: CheckFacts = {
      ...memcached('127.0.0.1:21213;'),
      outcome: { state: 'refused', problem: 'not a port' },
    };
    expect(roots([conf(slip), refused])).toEqual({ 'config-check/value': ['doctor/refused'] });
    expect(roots([conf(slip), memcached('127.0.0.1:21213')])).toEqual({ 'config-check/value': ['memcached/answers'] });
  });

  it('is not why another server is silent', () => {
    expect(roots([conf(slip), memcached('127.0.0.1:18446')])).toEqual({
      'config-check/value': [],
      'memcached/answers': [],
    });
  });

  it.each<[Slip, silent: string, follows: boolean]>([
    [{ rule: 'comment-behind', value: '127.0.0.1:11211 # local' }, 'local:11211', true],
    [{ rule: 'comment-behind', value: '127.0.0.1:11211 # local' }, '127.0.0.1:11211', false],
    [{ rule: 'memcached-servers', value: '0.0.0.0 10.0.0.9' }, '0.0.0.0:11211', true],
    [{ rule: 'memcached-servers', value: '0.0.0.0 10.0.0.9' }, '10.0.0.9:11211', false],
    [{ rule: 'duplicate-key', value: '10.0.0.9' }, '10.0.0.9:11211', false],
    [
      { rule: 'wan-port', value: '10.0.0.9 127.0.0.1:2408', says: 'memcached.servers has port 2408' },
      '127.0.0.1:2408',
      true,
    ],
    [
      { rule: 'wan-port', value: '10.0.0.9 127.0.0.1:2408', says: 'memcached.servers has port 2408' },
      '10.0.0.9:11211',
      false,
    ],
  ])('%j, with %s silent', (own, silent, follows) => {
    const seen = roots([conf({ ...own, key: 'memcached.servers' }), memcached(silent)]);
    expect(seen[`config-check/${own.rule}`]).toEqual(follows ? ['memcached/answers'] : []);
  });

  it('bears out no line of the log about another server', () => {
    const logged = (destinations: Record<string, number>) =>
      logCheck(
        [{ id: 'memcached-refused', destinations }],
        finding('logs/memcached-refused', 'warn', 'connection-refused'),
      );
    const silent = memcached('127.0.0.1:11211');
    expect(roots([silent, logged({ '10.0.0.9:11211': 2 })])).toEqual({
      'memcached/answers': [],
      'logs/memcached-refused': [],
    });
    expect(roots([silent, logged({ '127.0.0.1:11211': 2 })])).toEqual({
      'memcached/answers': ['logs/memcached-refused'],
    });
    // It names none.
    expect(roots([silent, logged({})])).toEqual({ 'memcached/answers': ['logs/memcached-refused'] });
  });
});

describe('a certificate', () => {
  it('of one host is not that of another, though the server is the same', () => {
    const checks = [
      cert(www, '10.0.0.12:443', 'hostname', 'hostname-mismatch'),
      origin(shop, '10.0.0.12', { railgun: 'certificate' }, { railgun: 'hostname-mismatch' }),
    ];
    expect(roots(checks)).toEqual({ 'origin/railgun': [], 'cert/hostname': [] });
  });

  it('that has expired is no reason for another defect at another server', () => {
    const checks = [
      cert(www, '10.0.0.12:443', 'expired', 'certificate-expired'),
      origin(www, '10.0.0.12', { railgun: 'certificate' }, { railgun: 'self-signed' }, { at: '10.0.0.99' }),
    ];
    expect(roots(checks)).toEqual({ 'origin/railgun': [], 'cert/expired': [] });
  });

  it('of the origin is no reason for what Cloudflare answers itself', () => {
    const expired = cert(www, '10.0.0.12:443', 'expired', 'certificate-expired', { address: '10.0.0.12', port: 443 });
    const from = (address: string) => roots([expired, trace(www, 'certificate-expired', 'tls', address)]);
    expect(from('104.16.1.1')).toEqual({ 'cert/expired': [], 'trace/answered': [] });
    expect(from('10.0.0.12')).toEqual({ 'cert/expired': ['trace/answered'] });
  });

  it('for another name is no want of authorities, nor is an expired one', () => {
    const refused = (railgun: FailureCode) => origin(www, '10.0.0.12', { railgun: 'certificate' }, { railgun });
    const bundle = conf({ rule: 'ca-bundle', key: 'ca.bundle' });
    expect(roots([bundle, refused('hostname-mismatch')])).toEqual({
      'origin/railgun': [],
      'config-check/ca-bundle': [],
    });
    expect(roots([bundle, refused('untrusted-issuer')])).toEqual({ 'config-check/ca-bundle': ['origin/railgun'] });
  });
});

describe('an origin that cannot be reached', () => {
  const refused = origin(www, '10.0.0.12', { edge: 'tcp' }, { edge: 'connection-refused' });

  it('is no reason for what is at another address of the same name', () => {
    const elsewhere = origin(
      www,
      '10.0.0.12',
      { edge: 'tcp', railgun: 'tcp' },
      { edge: 'connection-refused', railgun: 'timeout' },
      { at: '10.0.0.99' },
    );
    expect(roots([elsewhere])).toEqual({ 'origin/edge-error': [], 'origin/railgun': [] });
    const other = check(
      'cert',
      { host: www, destination: '10.0.0.99:443' },
      report({ failure: { step: 'connect' } }, finding('cert/handshake', 'fail', 'timeout')),
    );
    expect(roots([refused, other])).toEqual({ 'origin/edge-error': [], 'cert/handshake': [] });
  });

  it('is no reason for a trace that gets no connection to Cloudflare', () => {
    expect(roots([refused, trace(www, 'connection-refused', 'connect', '104.16.1.1')])).toEqual({
      'origin/edge-error': [],
      'trace/answered': [],
    });
  });

  it('is borne out by what its own check says, and not by that of another port', () => {
    const status = finding('origin/status', 'warn', 'unexpected-answer');
    const same = origin(www, '10.0.0.12', { edge: 'response' }, { edge: 'timeout' }, { more: [status] });
    expect(roots([same])).toEqual({ 'origin/edge-error': ['origin/status'] });
    const other = originCheck(www, '10.0.0.12', {}, status);
    expect(roots([refused, other])).toEqual({ 'origin/edge-error': [], 'origin/status': [] });
  });

  it('is borne out by a line of the log that says the same', () => {
    const logged = logCheck(
      [
        { id: 'connection-timeout', hosts: { [www]: 1 } },
        { id: 'connection-refused', hosts: { [www]: 1 } },
      ],
      finding('logs/connection-timeout', 'warn', 'timeout'),
      finding('logs/connection-refused', 'warn', 'connection-refused'),
    );
    expect(roots([refused, logged])).toEqual({
      'origin/edge-error': ['logs/connection-refused'],
      'logs/connection-timeout': [],
    });
  });

  it('by its name is one with those that look up the same name', () => {
    const lost = check(
      'origin',
      { host: www, destination: 'app.internal:443' },
      report({ edge: { stage: 'dns' } }, finding('origin/edge-error', 'fail', 'name-not-found')),
    );
    const looked = (command: string, subject: CheckFacts['subject']) =>
      check(
        command,
        subject,
        report({ failure: { step: 'resolve' } }, finding(`${command}/resolved`, 'fail', 'resolver-failed')),
      );
    expect(roots([lost, looked('cert', { host: www, destination: 'app.internal:443' })])).toEqual({
      'origin/edge-error': ['cert/resolved'],
    });
    expect(roots([lost, looked('trace', { host: www })])).toEqual({ 'origin/edge-error': [], 'trace/resolved': [] });
  });
});

describe('a line of the map', () => {
  const failed = (address: string) =>
    origin(www, address, { railgun: 'tcp' }, { railgun: 'connection-refused' }, { at: address });

  it('that decides nothing is no reason for anything', () => {
    const unused = map('map-unused', www, { host: '10.0.0.12' }, 'unused-line');
    expect(roots([unused, failed('10.0.0.12')])).toEqual({ 'origin/railgun': [], 'config-check/map-unused': [] });
  });

  it('that is there twice is a reason only where the two lead elsewhere', () => {
    const twice = (code: FailureCode) =>
      roots([map('map-duplicate', www, { host: '10.0.0.12' }, code), failed('10.0.0.12')]);
    expect(twice('conflicting-settings')).toEqual({ 'config-check/map-duplicate': ['origin/railgun'] });
    expect(twice('duplicate-key')).toEqual({ 'origin/railgun': [], 'config-check/map-duplicate': [] });
  });

  it('that leads elsewhere is no reason for what is found here', () => {
    const wildcard = map('map-cloudflare', www, { host: '104.16.1.1' }, 'cloudflare-address');
    expect(roots([wildcard, failed('10.0.0.12')])).toEqual({ 'origin/railgun': [], 'config-check/map-cloudflare': [] });
    const nowhere = map('map-line', www, undefined, 'malformed');
    expect(roots([nowhere, failed('10.0.0.12')])).toEqual({ 'config-check/map-line': ['origin/railgun'] });
  });
});

describe('an rg-listener that does not run', () => {
  const gone = (...found: Finding[]) =>
    check('listener', {}, report({}, finding('listener/process', 'fail', 'not-running'), ...found));

  it('was ended by a crash of today, and is to be started all the same', () => {
    const crashed = finding('listener/panic-log', 'warn', 'crashed');
    expect(roots([gone(crashed)])).toEqual({ 'listener/panic-log': ['listener/process'] });
    const [first] = explain(doctorFacts([gone(crashed)])).findings;
    expect(first?.remedy).toBe('remedy of listener/process\nremedy of listener/panic-log');
    expect(first?.means).toContain('A crash ends rg-listener.');
    expect(first?.means).not.toContain('by itself');
  });

  it('was not ended by a crash that nobody can date, or of long ago', () => {
    const facts = { local: { panicLog: { state: 'read', log: { crashes: 1, last: { message: 'x' } } } } };
    const old = report(
      facts,
      finding('listener/process', 'fail', 'not-running'),
      finding('listener/panic-log', 'note'),
    );
    expect(roots([check('listener', {}, old)])).toEqual({ 'listener/process': [] });
  });

  it.each<[rule: string, key: string, follows: boolean]>([
    ['activation-token', 'activation.token', true],
    ['activation-address', 'activation.railgun_host', true],
    ['line', 'activation.token', false],
    ['semicolon', 'wan.port', true],
    ['certificate-file', 'cert.file', true],
    ['semicolon', 'log.level', false],
    ['semicolon', 'map.file', false],
    ['semicolon', 'pid.file', false],
    ['unknown-key', 'user', false],
    ['semicolon', 'wan.lanes', false],
  ])('%s in %s', (rule, key, follows) => {
    const checks = [conf({ rule, key, value: 'x;' }), gone()];
    expect(roots(checks)).toEqual({
      [`config-check/${rule}`]: follows ? ['listener/process'] : [],
      ...(!follows && { 'listener/process': [] }),
    });
    // Whatever is put right, it does not run until it is started.
    const remedies = explain(doctorFacts(checks)).findings.map(({ remedy }) => remedy);
    expect(remedies.some((text) => text.endsWith('remedy of listener/process'))).toBe(true);
  });
});

describe('an activation that fails', () => {
  const tls = (local: object) => check('listener', {}, report({ local }, finding('listener/tls', 'fail', 'not-tls')));
  const log = logCheck([{ id: 'activation' }], finding('logs/activation', 'fail', 'activation-failed'));

  it('leaves rg-listener without a certificate, unless cert.file names one', () => {
    expect(roots([log, tls({ config: {} })])).toEqual({ 'logs/activation': ['listener/tls'] });
    expect(roots([log, tls({ config: { certFile: '/etc/railgun/wan.pem' } })])).toEqual({
      'logs/activation': [],
      'listener/tls': [],
    });
  });

  it('follows from a slip in what it is made of, and not from one in how often it is confirmed', () => {
    const slip = (key: string) => roots([conf({ rule: 'semicolon', key, value: 'x;' }), log]);
    expect(slip('activation.railgun_host')).toEqual({ 'config-check/semicolon': ['logs/activation'] });
    expect(slip('activation.heartbeat_interval')).toEqual({ 'config-check/semicolon': [], 'logs/activation': [] });
  });
});

describe('other causes', () => {
  it('insecure.origin is behind a redirect of what was asked over HTTP only', () => {
    const insecure = conf({ rule: 'insecure-origin', key: 'insecure.origin', status: 'note' });
    const loop = (facts: object, rule = 'origin/edge-error') =>
      check('origin', { host: www }, report(facts, finding(rule, 'fail', 'redirect-loop')));
    const [railgun, edge] = [{ insecureOrigin: true }, { stage: 'response' }];
    expect(roots([insecure, loop({ edge, railgun })])).toEqual({
      'config-check/insecure-origin': ['origin/edge-error'],
    });
    expect(roots([insecure, loop({ edge, railgun }, 'origin/railgun')])).toEqual({
      'config-check/insecure-origin': ['origin/railgun'],
    });
    expect(roots([insecure, loop({ edge, railgun, tls: { protocol: 'TLSv1.3' } })])).toEqual({
      'origin/edge-error': [],
    });
    // It is not 1 there.
    expect(roots([insecure, loop({ edge, railgun: { insecureOrigin: false } })])).toEqual({ 'origin/edge-error': [] });
    // The mode of the zone is known: the edge asks over HTTP on account of that.
    const asked = { ...doctorFacts([]).asked, modeGiven: true } as const;
    expect(roots([insecure, loop({ edge, railgun })], { asked })).toEqual({ 'origin/edge-error': [] });
  });

  it.each(['insecure.origin', 'validate.cert'])(
    'a slip in %s is not behind the circle of a zone with Flexible',
    (key) => {
      const slip = conf({ rule: 'semicolon', key, value: '1;', status: 'warn' });
      const facts = { edge: { stage: 'response' }, railgun: { insecureOrigin: false, stage: 'response' } };
      const loop = check('origin', { host: www }, report(facts, finding('origin/edge-error', 'fail', 'redirect-loop')));
      expect(roots([slip, loop])).toEqual({ 'origin/edge-error': [], 'config-check/semicolon': [] });
    },
  );

  it('lan.timeout is behind silence, and not behind a broken answer', () => {
    const short = conf({ rule: 'lan-timeout', key: 'lan.timeout', status: 'note' });
    const failing = (railgun: FailureCode) =>
      roots([short, origin(www, '10.0.0.12', { railgun: 'response' }, { railgun })]);
    expect(failing('timeout')).toEqual({ 'config-check/lan-timeout': ['origin/railgun'] });
    expect(failing('malformed-response')).toEqual({ 'origin/railgun': [] });
  });

  it('a route into the ranges of Cloudflare is behind a connection that does not come about, not behind a look-up', () => {
    const routes = [{ range: '172.64.0.0/13', route: '172.0.0.0/8', device: 'tun0' }];
    const machine = { hosts: [], nameServers: [], routes, unread: [] };
    expect(roots([trace(www, 'timeout', 'connect')], { machine })).toEqual({ 'doctor/routes': ['trace/answered'] });
    const dial = logCheck([{ id: 'dial-timeout' }], finding('logs/dial-timeout', 'warn', 'timeout'));
    expect(roots([dial], { machine })).toEqual({ 'logs/dial-timeout': [], 'doctor/routes': [] });
    expect(roots([trace(www, 'certificate-expired', 'tls')], { machine })).toEqual({
      'trace/answered': [],
      'doctor/routes': [],
    });
  });

  it('a file that cannot be read is behind what could not be read for the same reason', () => {
    const unread = (code: FailureCode) =>
      check('config check', {}, report({}, finding('config-check/map-file', 'fail', code)));
    const asked = origin(www, '10.0.0.12', {}, { railgun: 'malformed' });
    expect(roots([unread('malformed'), asked])).toEqual({ 'config-check/map-file': ['origin/railgun'] });
    expect(roots([unread('file-not-found'), asked])).toEqual({ 'origin/railgun': [], 'config-check/map-file': [] });
  });

  it('a log that cannot be read is one thing, and nobody’s side', () => {
    const log = check(
      'logs',
      {},
      report(
        {},
        finding('logs/readable', 'broken', 'file-not-found'),
        finding('logs/recognised', 'broken', 'no-value'),
      ),
    );
    expect(roots([log])).toEqual({ 'logs/readable': ['logs/recognised'] });
    const [answer] = explain(doctorFacts([log])).blocks;
    expect(answer?.kind === 'note' ? answer.text : '').not.toContain('The side');
  });

  it('a handshake that a deadline of its own ended is the silence of the same server', () => {
    const silent = origin(www, '10.0.0.12', { edge: 'tls' }, { edge: 'timeout' });
    const cut = check(
      'cert',
      { host: www, destination: '10.0.0.12:443' },
      report(
        { address: '10.0.0.12', port: 443, failure: { step: 'tls', byRun: true } },
        finding('cert/handshake', 'fail', 'timeout', { evidence: ['/failure'] }),
      ),
    );
    expect(roots([silent, cut])).toEqual({ 'origin/edge-error': ['cert/handshake'] });
  });
});

describe('what is the same of many hosts', () => {
  const hosts = Array.from({ length: 60 }, (_, index) => `h${index}.example.com`);
  const mismatch = (host: string, destination: string, shown = shop) =>
    check(
      'cert',
      { host, destination },
      report(
        {},
        finding('cert/hostname', 'fail', 'hostname-mismatch', { says: `it is for ${shown}, not for ${host}` }),
      ),
    );

  it('is one cause, with their number and the first of their names', () => {
    const { findings } = explain(doctorFacts(hosts.map((host) => mismatch(host, '10.0.0.12:443'))));
    const failed = findings.filter(({ status }) => status === 'fail');
    expect(failed.map(({ says }) => says)).toEqual([
      `60 hosts (${hosts.slice(0, 3).join(', ')}, ${hosts[3]} and 56 more): it is for ${shop}, not for the host`,
    ]);
    expect(failed[0]?.related).toHaveLength(59);
  });

  it('is told of any host where its name stands, and nowhere else', () => {
    const checks = ['app', 'db'].map((host) =>
      check(
        'cert',
        { host, destination: '10.0.0.12:443' },
        report(
          {},
          finding('cert/hostname', 'fail', 'hostname-mismatch', {
            says: `the application app.example.com: not for ${host}`,
          }),
        ),
      ),
    );
    const [first] = explain(doctorFacts(checks)).findings;
    expect(first?.says).toBe('app and db: the application app.example.com: not for the host');
  });

  it('is not one where the server or the certificate is another', () => {
    const [a = '', b = ''] = hosts;
    const causes = (...checks: CheckFacts[]) =>
      explain(doctorFacts(checks)).findings.filter(({ status }) => status === 'fail').length;
    expect(causes(mismatch(a, '10.0.0.12:443'), mismatch(b, '10.0.0.13:443'))).toBe(2);
    expect(causes(mismatch(a, '10.0.0.12:443'), mismatch(b, '10.0.0.12:443', 'other.example.com'))).toBe(2);
    expect(causes(mismatch(a, '10.0.0.12:443'), mismatch(b, '10.0.0.12:443'))).toBe(1);
  });

  it('is one way to Cloudflare that does not lead there', () => {
    const checks = hosts.slice(0, 5).map((host, index) => trace(host, 'timeout', 'connect', `104.16.1.${index + 1}`));
    expect(explain(doctorFacts(checks)).findings.filter(({ status }) => status === 'fail')).toHaveLength(1);
  });

  it('is one row of the table', () => {
    const { blocks } = explain(doctorFacts(hosts.map((host) => mismatch(host, '10.0.0.12:443'))));
    const table = blocks.find(({ kind }) => kind === 'table');
    expect(table?.kind === 'table' ? [table.rows, table.statuses] : []).toEqual([
      [['failed', 'cert of h0.example.com and 59 more', '0.1', `it is for ${shop}, not for the host`]],
      ['fail'],
    ]);
    const few = explain(doctorFacts(hosts.slice(0, 4).map((host) => mismatch(host, '10.0.0.12:443'))));
    const rows = few.blocks.find(({ kind }) => kind === 'table');
    expect(rows?.kind === 'table' ? rows.rows.length : 0).toBe(4);
  });

  it('hides no activation that has failed: without it nothing of Railgun works', () => {
    const failed = finding('logs/activation', 'fail', 'activation-failed');
    const checks = [
      logCheck([], failed),
      ...hosts.slice(0, 3).map((host, index) => mismatch(host, `10.0.0.${index}:443`)),
      memcached('127.0.0.1:11211'),
    ];
    expect(explain(doctorFacts(checks)).findings[0]?.rule).toBe('logs/activation');
  });
});
