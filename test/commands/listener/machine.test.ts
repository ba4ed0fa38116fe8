import { copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ListenerFacts } from '../../../src/commands/listener/facts.js';
import type { Envelope } from '../../../src/model/report.js';
import { validateRun } from '../../schema.js';
import { createAuthority } from '../../servers/authority.js';
import {
  type ListenerOptions,
  type RunningListener,
  sample2014,
  startMachine,
  token,
} from '../../servers/rg-listener.js';

const authority = await createAuthority();
const name = 'rg-0123456789abcdef.port2408.net';
const certificate = await authority.issue({ names: [name] });
const machine = await startMachine();
const running: RunningListener[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((listener) => listener.close()));
});
afterAll(async () => {
  await machine.close();
  authority.close();
});

async function start(options: ListenerOptions = {}): Promise<RunningListener> {
  const listener = await machine.listener({ certificate, ...options });
  running.push(listener);
  return listener;
}

async function look(...args: string[]) {
  const { stdout, stderr, exit } = await machine.rgDiag(['listener', '--json', ...args]);
  expect(stderr).toBe('');
  expect(stdout).not.toContain(token);
  const run = JSON.parse(stdout) as Envelope<ListenerFacts>;
  expect(validateRun(run)).toEqual([]);
  return {
    exit,
    run,
    /** `warn expiring-soon`, `note version`: what each report says that is no pass. */
    says: run.reports.map(({ findings }) =>
      findings
        .filter(({ status }) => status !== 'pass' && status !== 'skip')
        .map(({ status, code, rule }) => `${status} ${code ?? rule}`),
    ),
    finding: (rule: string, report = 0) =>
      run.reports[report]?.findings.find((finding) => finding.rule === `listener/${rule}`) ?? expect.fail(rule),
  };
}

/** What is found about a listener with these options. */
async function found(options: ListenerOptions, ...args: string[]) {
  const { conf } = await start(options);
  return look('--config', conf, '--read-timeout', '1', ...args);
}

describe('a listener that is well', () => {
  it('is said to be, with all there is to see', async () => {
    const { exit, says, run, finding } = await found({ panicLog: '' });
    expect(says).toEqual([[]]);
    expect(exit).toBe(0);
    const facts = run.reports[0]?.facts ?? expect.fail('no report');
    expect(facts).toMatchObject({
      kind: 'listener',
      local: {
        pidFile: { state: 'read', process: { name: 'rg-listener' } },
        processes: { state: 'seen', processes: [{ name: 'rg-listener', user: 'root' }] },
        sockets: { state: 'seen', sockets: [{ address: '::', owner: { name: 'rg-listener' } }] },
      },
      wan: { attempts: [{ state: 'tls', certificate: { railgunName: name } }, { state: 'tls' }] },
      statistics: { state: 'read', statistics: { values: { requests_completed: 17487 }, unknown: [] } },
    });
    expect(finding('version').says).toContain('2014');
    const names = run.reports[0]?.metrics.map((metric) => metric.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'listener_up',
        'listener_certificate_expiry_seconds',
        'listener_requests_completed_total',
        'listener_wan_sent_bytes_total',
        'listener_memstats_heap_in_use_bytes',
      ]),
    );
  });

  it('is shown to a person, to Prometheus and to a ticket without the token', async () => {
    const { conf } = await start({ panicLog: '' });
    for (const format of ['text', 'prometheus', 'nagios']) {
      const more = format === 'text' ? ['-v', '--ticket'] : [];
      const { stdout, stderr, exit } = await machine.rgDiag(['listener', '--config', conf, '-f', format, ...more]);
      expect([format, exit, stderr]).toEqual([format, 0, '']);
      expect(stdout).not.toContain(token);
    }
    const { stdout } = await machine.rgDiag(['listener', '--config', conf]);
    expect(stdout).toContain(name);
    expect(stdout).toContain('requests_completed');
    expect(stdout).toMatch(/requests_started \*/);
    expect(stdout).toContain('* Inferred');
    // In 80 columns no name is cut in two.
    expect(stdout).toContain('delta_compression_ratio');
  });

  it('may keep to loopback, use a certificate of its own, or do without statistics', async () => {
    const loopback = await found({ wanIp: '127.0.0.1' });
    expect([loopback.exit, loopback.says]).toEqual([2, [['fail loopback-only']]]);
    const own = await authority.issue({ names: ['www.example.com'] });
    const other = { wanPort: 2409, statsPort: 24089, certificate: own };
    expect((await found({ ...other, conf: ['cert.file = /etc/cert.pem'] })).finding('activated').status).toBe('note');
  });
});

describe('a listener with one thing wrong', () => {
  it.each<[what: string, options: ListenerOptions, says: string[]]>([
    ['nothing on the WAN port', { wan: 'none' }, ['fail not-running', 'fail connection-refused']],
    ['no TLS but HTTP', { wan: 'http' }, ['fail not-tls']],
    ['silence', { wan: 'silent' }, ['fail timeout']],
    ['a connection that ends at once', { wan: 'closing' }, ['fail connection-closed']],
    ['no certificate, as before activation', { wan: 'bare' }, ['fail tls-cipher-mismatch']],
    ['garbage', { wan: 'garbage' }, ['fail not-tls']],
    ['TLS switched off', { conf: ['wan.tls = 0'] }, ['warn not-tls']],
    [
      'another program on the port',
      { name: 'nginx' },
      ['fail not-running', 'fail wrong-process', 'warn wrong-process'],
    ],
    ['a pid file of nobody', { pidFile: '4194304\n' }, ['warn stale-pid-file']],
    ['a pid file of another program', { pidFile: '1\n' }, ['warn wrong-process']],
    ['a pid file without a number', { pidFile: 'none\n' }, ['warn malformed']],
    ['no pid file', { pidFile: 'absent' }, ['warn file-not-found']],
    ['statistics for all', { statsIp: '0.0.0.0' }, ['warn exposed']],
    ['statistics that are refused', { statisticsBehaviour: 'none' }, ['warn connection-refused']],
    ['statistics that are cut', { statisticsBehaviour: 'cut' }, ['warn truncated-input', 'note listener/version']],
    ['statistics that are garbage', { statisticsBehaviour: 'garbage' }, ['warn not-statistics']],
    ['a web page for statistics', { statisticsBehaviour: 'foreign' }, ['warn not-statistics']],
    ['endless statistics', { statisticsBehaviour: 'huge' }, ['warn answer-too-long']],
    ['no statistics at that path', { statisticsBehaviour: 'missing' }, ['warn unexpected-answer']],
    ['statistics that never come', { statisticsBehaviour: 'silent' }, ['warn timeout']],
    ['statistics that drip', { statisticsBehaviour: 'slow' }, ['warn timeout']],
    ['a number that is a text', { statistics: [{ ...sample2014, wan_starts: '667' }] }, ['warn malformed']],
    ['old statistics', { statistics: [{ ...sample2014, time: 1_416_343_217 }] }, ['warn stale-statistics']],
    ['statistics of 2013', { statistics: [{ requests_completed: 1, conveyor_get: 0 }] }, ['note listener/version']],
    [
      'an unanswered request',
      { statistics: [{ ...sample2014, no_origin_response: 1 }] },
      ['note listener/origin-responses'],
    ],
    ['a retry', { statistics: [{ ...sample2014, origin_retries: 7 }] }, ['note listener/retries']],
    ['statistics of tomorrow', { statistics: [{ ...sample2014, time: 9_999_999_999 }] }, ['note listener/freshness']],
    [
      'statistics on an address of its own',
      { conf: ['stats.listen = 192.0.2.1:24088'] },
      ['warn no-route', 'note listener/exposed'],
    ],
    ['a pid file that is none', { conf: ['pid.file = /'] }, ['warn not-a-file']],
    ['a panic log that is none', { conf: ['stderr.file = /'] }, ['note listener/panic-log']],
    ['a program that was removed', { removed: true }, ['note listener/process']],
    ['a key twice', { conf: ['wan.port = 2408\nwan.port = 2408'] }, ['warn malformed']],
    ['a crash', { panicLog: 'panic: runtime error: index out of range\n\ngoroutine 1 [running]:\n' }, ['warn crashed']],
    [
      'a panic that it survived',
      { panicLog: '2018/03/12 10:00:00 http: panic serving 198.51.100.7:40122: runtime error: index out of range\n' },
      ['note listener/served-panics'],
    ],
    [
      'a crash before a panic that it survived',
      { panicLog: 'panic: close of closed channel\n\n2018/03/12 10:00:00 http: panic serving 198.51.100.7:40122: a\n' },
      ['note listener/panic-log', 'note listener/served-panics'],
    ],
    ['something in the panic log', { panicLog: 'hello\n' }, ['note listener/panic-log']],
  ])('%s', async (_, options, says) => {
    expect((await found(options)).says).toEqual([says]);
  });

  it('a certificate that has expired, is about to, is not valid yet, or has another name', async () => {
    const cases: [Parameters<typeof authority.issue>[0], string][] = [
      [{ names: [name], days: -2 }, 'fail certificate-expired'],
      [{ names: [name], days: 3 }, 'warn expiring-soon'],
      [{ names: [name], days: 9, startsInDays: 2 }, 'fail certificate-not-yet-valid'],
      [{ names: ['www.example.com'] }, 'warn not-activated'],
    ];
    for (const [options, says] of cases) {
      const listener = await machine.listener({ certificate: await authority.issue(options) });
      const { conf } = listener;
      expect((await look('--config', conf)).says).toEqual([[says]]);
      await listener.close();
    }
  });

  it('that wants a certificate of who connects speaks TLS all the same', async () => {
    const { says, finding } = await found({ wan: 'asks' });
    expect([says, finding('tls').says]).toEqual([[[]], expect.stringContaining('certificate')]);
  });

  it('an old crash is worth a note, and one of memcached says so', async () => {
    const panicLog =
      'panic: close of closed channel\n\ngoroutine 7 [running]:\nmemcache.(*Client).Get(0x1, 0x2)\n\t/a.go:1\n';
    const { conf, folder } = await start({ panicLog });
    utimesSync(`${folder}/panic.log`, 1e9, 1e9);
    const { says, finding } = await look('--config', conf);
    expect(says).toEqual([['note listener/panic-log']]);
    expect(finding('panic-log').remedy).toContain('rg-diag memcached');
  });

  it('shows nothing of a file that is named for another', async () => {
    const { conf, folder } = await start();
    const secret = `${folder}/shadow`;
    const hash = '$6$aB.cD/eF$gH.iJ/kL.mN';
    writeFileSync(secret, `root:${hash}:19000:0:99999:7:::\n`);
    for (const file of [conf, secret]) {
      const { stdout } = await machine.rgDiag([
        'listener',
        '-v',
        '--config',
        conf,
        '--pid-file',
        file,
        '--panic-log',
        file,
      ]);
      expect(stdout).toMatch(/bytes,\s+and\s+no\s+process\s+number/);
      for (const part of [token, hash.slice(-8)]) expect(stdout).not.toContain(part);
      const { says, run } = await look('--config', conf, '--pid-file', file, '--panic-log', file);
      expect(says).toEqual([['note listener/panic-log', 'warn malformed']]);
      expect(JSON.stringify(run)).not.toContain(hash.slice(-8));
    }
  });

  it('names its own railgun.conf in what to do about it', async () => {
    const { conf, folder } = await start({ conf: ['wan.port = 2408\nwan.port = 2408'] });
    expect((await look('--config', conf)).finding('configuration').remedy).toContain(`rg-diag config check ${conf}`);
    const odd = `${folder}/$(id).conf`;
    copyFileSync(conf, odd);
    const remedy = (await look('--config', odd)).finding('configuration').remedy;
    expect([remedy.includes('rg-diag config check FILE'), remedy.includes('$')]).toEqual([true, false]);
  });

  it('is not there at all', async () => {
    const { conf, close } = await machine.listener({ certificate });
    await close();
    const { says, exit } = await look('--config', conf);
    expect(says).toEqual([
      ['fail not-running', 'fail connection-refused', 'warn connection-refused', 'warn stale-pid-file'],
    ]);
    expect(exit).toBe(2);
  });

  it('is there twice', async () => {
    await start({ wanPort: 2409, statsPort: 24089 });
    expect((await found({})).says).toEqual([['note listener/process']]);
  });
});

describe('a listener that is watched', () => {
  const at = (time: number, more: object) => ({ ...sample2014, time: 1_416_343_217 + time, ...more });
  const sixty = (more: object) => [at(0, {}), at(60, more)];
  const now = ['--now', '2014-11-18T20:41:00Z', '--watch', '0.1', '--count', '2'];

  it.each<[what: string, more: object, says: string]>([
    ['unanswered requests', { no_origin_response: 6, requests_completed: 18087 }, 'warn origin-silent'],
    ['requests that hang', { requests_started: 17649 }, 'warn requests-stuck'],
    ['a request that is under way', { requests_started: 17590 }, 'note listener/requests'],
    ['new connections', { wan_starts: 697, requests_completed: 17488 }, 'warn connection-churn'],
    ['memory', { 'memstats.sys': 4226019808, 'memstats.heap_in_use': 2662883584 }, 'warn memory-growth'],
    ['connections without requests', { wan_bytes_sent: 624559633 }, 'note listener/requests'],
    ['retries', { origin_retries: 9, requests_completed: 17500 }, 'note listener/retries'],
    ['a restart', { requests_started: 3, requests_completed: 2 }, 'warn restarted'],
  ])('says so: %s', async (_, more, says) => {
    const { run, says: all } = await found({ statistics: sixty(more) }, ...now);
    expect(run.reports).toHaveLength(2);
    expect(all[1]).toContain(says);
    expect(all[0]).not.toContain(says);
  });

  it('has one request that hangs where it does for two intervals, whatever looks are in between', async () => {
    const stuck = [at(60, { requests_started: 17590 }), at(120, { requests_started: 17591 })];
    const { says } = await found(
      {
        statistics: [
          at(0, {}),
          ...stuck.slice(0, 1),
          ...stuck,
          at(180, { requests_started: 17592, requests_completed: 1 }),
        ],
      },
      ...now.with(-1, '5'),
    );
    const ofRequests = says.map((each) => each.filter((said) => /requests/.test(said)));
    expect(ofRequests).toEqual([[], ['note listener/requests'], [], ['warn requests-stuck'], []]);
  });

  it('is well where what changes is little', async () => {
    const more = { requests_started: 18189, requests_completed: 18087, wan_starts: 676, 'memstats.sys': 4027019808 };
    const { says, finding } = await found({ statistics: sixty(more) }, ...now);
    // As of that day, the certificate is one of the future.
    expect(says).toEqual([['fail certificate-not-yet-valid'], ['fail certificate-not-yet-valid']]);
    expect(['memory', 'requests', 'wan-churn'].map((rule) => finding(rule, 1))).toMatchObject([
      { status: 'pass', evidence: expect.arrayContaining(['/statistics/watched']) },
      { status: 'pass', says: '10 a second are finished' },
      { status: 'pass', says: expect.stringContaining('9 a minute opened') },
    ]);
  });

  it('has its new connections counted since it began, where there is one look', async () => {
    const began = Math.floor(Date.now() / 1000);
    const later = (seconds: number) => new Date((began + seconds) * 1000).toISOString();
    const statistics = [300, 1800, 86_400].map((seconds) => ({ ...sample2014, time: began + seconds }));
    const { conf } = await start({ statistics });
    const young = await look('--config', conf, '--now', later(300));
    expect([young.finding('wan-churn').status, young.says]).toEqual(['skip', [[]]]);
    const busy = await look('--config', conf, '--now', later(1800));
    expect([busy.finding('wan-churn').says, busy.says]).toEqual([
      expect.stringContaining('since the process began'),
      [['warn connection-churn']],
    ]);
    const calm = await look('--config', conf, '--now', later(86_400));
    expect(calm.finding('wan-churn').status).toBe('pass');
  });

  it('has rates by its own clock, and says where nothing was made anew', async () => {
    const { run } = await found(
      { statistics: [at(0, {}), at(0, {}), at(60, { requests_completed: 18087, requests_started: 18189 })] },
      ...now.with(-1, '3'),
    );
    const watched = run.reports.map(({ facts }) =>
      facts.kind === 'listener' && facts.statistics.state === 'read' ? facts.statistics.watched : undefined,
    );
    expect(watched).toMatchObject([
      { state: 'first' },
      { state: 'unchanged' },
      { state: 'rates', rates: { seconds: 60, perSecond: { requests_completed: 10, wan_starts: 0 } } },
    ]);
  });
});

describe('a machine that shows its processes to root only', () => {
  it('is not said to have none', async () => {
    const hiding = await startMachine();
    try {
      const { conf, pid } = await hiding.listener({ certificate });
      await hiding.hideProcesses();
      const { stdout } = await hiding.rgDiag(['listener', '--json', '--config', conf], 'nobody');
      const { reports } = JSON.parse(stdout) as Envelope<ListenerFacts>;
      const facts = reports[0]?.facts ?? expect.fail('no report');
      expect(facts).toMatchObject({
        local: {
          processes: { state: 'not-seen', failure: { code: 'permission-denied' } },
          pidFile: { state: 'read', pid },
        },
      });
      const statuses = (reports[0]?.findings ?? []).map(({ rule, status }) => `${status} ${rule}`);
      expect(statuses).toEqual(expect.arrayContaining(['skip listener/process', 'note listener/pid-file']));
      expect(statuses.filter((status) => /^(?:warn|fail|broken)/.test(status))).toEqual([]);
      // Who is not there is not there for anybody.
      writeFileSync(`${conf}.pid`, '4194304');
      const gone = await hiding.rgDiag(['listener', '--json', '--config', conf, '--pid-file', `${conf}.pid`], 'nobody');
      expect(gone.stdout).toContain('stale-pid-file');
    } finally {
      await hiding.close();
    }
  });
});

describe('several listeners', () => {
  it('that are alike are well', async () => {
    const first = await start();
    const second = await start({ wanPort: 2409, statsPort: 24089 });
    const { says, finding } = await look('--config', first.conf, '--config', second.conf);
    expect(says).toEqual([[], []]);
    expect(['balancer', 'alike', 'shared-load'].map((rule) => finding(rule).status)).toEqual(['pass', 'pass', 'pass']);
  });

  it('of which one is down are a warning for all, with the share', async () => {
    await start({ wanPort: 2411 });
    await start({ wanPort: 2412, statisticsBehaviour: 'none' });
    const { says, finding, exit } = await look('127.0.0.1:2411', '127.0.0.1:2412', '127.0.0.1:2413');
    expect(says).toEqual([
      ['warn listeners-down'],
      ['warn listeners-down'],
      ['fail connection-refused', 'warn listeners-down'],
    ]);
    expect(finding('balancer').says).toBe('1 of 3 listeners behind the balancer does not answer: 127.0.0.1:2413');
    expect(exit).toBe(2);
  });

  it('of which none answers are said to', async () => {
    const { says, finding } = await look('127.0.0.1:2411', '127.0.0.1:2412');
    const each = ['fail connection-refused', 'fail listeners-down'];
    expect([says, finding('balancer').says]).toEqual([[each, each], 'none of the 2 listeners answers']);
  });

  it('that show different names, or of which one is idle, are said to', async () => {
    const other = await authority.issue({ names: ['rg-fedcba9876543210.port2408.net'] });
    await start({ wanPort: 2411, statsPort: 24081 });
    await start({ wanPort: 2412, statsPort: 24082, certificate: other, statistics: [{ requests_completed: 0 }] });
    const stats = ['--stats', '127.0.0.1:24081', '--stats', '127.0.0.1:24082'];
    const { says, finding } = await look('127.0.0.1:2411', '127.0.0.1:2412', ...stats);
    expect(says[0]).toEqual(['warn listeners-differ', 'warn listener-idle']);
    expect(finding('shared-load').says).toContain('127.0.0.1:2412');
  });
});

describe('several listeners that are watched', () => {
  const at = (time: number, requests: number) => {
    const counts = { requests_started: requests, requests_completed: requests };
    return { ...sample2014, ...counts, time: Math.floor(Date.now() / 1000) - 60 + time };
  };

  it.each<[what: string, requests: [number, number], says: string[]]>([
    ['both of which have something to do', [600, 6], ['pass', 'pass']],
    ['of which one has nothing to do', [600, 0], ['warn', 'warn']],
    ['of which none has anything to do', [0, 0], ['note', 'note']],
  ])('are compared by what they did since the last look: %s', async (_, [first, second], statuses) => {
    await start({ wanPort: 2411, statsPort: 24081, statistics: [at(0, 1000), at(60, 1000 + first)] });
    await start({ wanPort: 2412, statsPort: 24082, statistics: [at(0, 1000), at(60, 1000 + second)] });
    const stats = ['--stats', '127.0.0.1:24081', '--stats', '127.0.0.1:24082', '--watch', '0.1', '--count', '2'];
    const { run, finding } = await look('127.0.0.1:2411', '127.0.0.1:2412', ...stats);
    expect(run.reports).toHaveLength(4);
    // At the first look there is nothing to compare yet.
    expect([0, 1].map((report) => finding('shared-load', report).status)).toEqual(['skip', 'skip']);
    expect([2, 3].map((report) => finding('shared-load', report).status)).toEqual(statuses);
    if (statuses.includes('warn')) {
      expect(finding('shared-load', 2).says).toBe(
        'no requests since the last look, while others have them: 127.0.0.1:2412',
      );
    }
  });

  it('are not compared by names where only one shows the name of a Railgun', async () => {
    await start({ wanPort: 2411 });
    await start({
      wanPort: 2412,
      certificate: await authority.issue({ names: ['www.example.com'] }),
      statsPort: 24082,
    });
    const { finding } = await look('127.0.0.1:2411', '127.0.0.1:2412');
    expect([finding('alike').status, finding('activated', 1).status]).toEqual(['skip', 'warn']);
  });
});

describe('a listener somewhere', () => {
  it('is looked at by its WAN port alone, and by its statistics where it was said where they are', async () => {
    await start({ statsIp: '0.0.0.0' });
    const alone = await look('127.0.0.1');
    expect([alone.exit, alone.says, alone.finding('statistics').status]).toEqual([0, [[]], 'skip']);
    const both = await look('127.0.0.1', '--stats', ':24088');
    expect([both.exit, both.says, both.finding('statistics').status]).toEqual([0, [[]], 'pass']);
    // How often it makes them is known there only.
    const time = Math.floor(Date.now() / 1000) - 3600;
    await start({ wanPort: 2409, statsPort: 24089, statistics: [{ ...sample2014, time }] });
    const old = await look('127.0.0.1:2409', '--stats', ':24089');
    expect([old.exit, old.says]).toEqual([0, [['note listener/freshness']]]);
  });

  it('has every address of its name tried', async () => {
    await start({ wanIp: '127.0.0.1' });
    const rows = ['--resolve', 'rg.example:2408:127.0.0.1,127.0.0.2'];
    const { run, says } = await look('rg.example', ...rows);
    expect(run.reports.map(({ target }) => target)).toEqual(['rg.example (127.0.0.1)', 'rg.example (127.0.0.2)']);
    expect(says).toEqual([['warn some-addresses-dead'], ['fail connection-refused', 'warn some-addresses-dead']]);
  });
});

describe('what cannot be looked at', () => {
  it('is unknown: no railgun.conf, and what to do', async () => {
    const { exit, says, finding } = await look();
    expect([exit, says]).toEqual([3, [['broken file-not-found']]]);
    expect(finding('readable').remedy).toContain('--config');
  });

  it.each([
    [['--count', '2'], '--count needs --watch'],
    [['192.0.2.1', '--pid-file', '/x'], '--pid-file is a file of one listener'],
    [['--config', '/a', '--config', '/b', '--panic-log', '/x'], '2 are looked at'],
    [['--stats', 'nowhere'], 'neither ADDR:PORT nor :PORT'],
    [['a', 'b', '--stats', '127.0.0.1:1'], 'once for 2 listeners'],
    [['unix:/x'], 'unix socket'],
    [['http://a/'], 'is a URL'],
  ])('is a mistake: %j', async (args, problem) => {
    const { stderr, exit } = await machine.rgDiag(['listener', ...args]);
    expect([exit, stderr]).toEqual([64, expect.stringContaining(problem)]);
  });

  it('is what a deadline leaves out, and it is said', async () => {
    const { conf } = await start({ wan: 'silent', statisticsBehaviour: 'silent' });
    const { says } = await look('--config', conf, '--timeout', '0.5', '--timeout-result', 'unknown');
    expect(says[0]).toContain('broken timeout');
  });
});
