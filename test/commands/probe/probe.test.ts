import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import type { PortsFacts, ProbeFacts } from '../../../src/commands/probe/facts.js';
import { printable } from '../../../src/model/printable.js';
import type { Envelope } from '../../../src/model/report.js';
import { type Ran, rgDiag, shell } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { createAuthority } from '../../servers/authority.js';
import { startTlsServer } from '../../servers/tls.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-probe-'));
const servers: Server[] = [];
const connections = new Set<Socket>();
afterAll(() => {
  for (const connection of connections) connection.destroy();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

/** A server that does this with everyone who connects; listens on a port, or on a unix socket of that path. */
async function serve(behaviour: (socket: Socket) => void = () => undefined, path?: string): Promise<number> {
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket)).on('error', () => undefined);
    behaviour(socket);
  });
  servers.push(server);
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  return path === undefined ? (server.address() as AddressInfo).port : 0;
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function probe(...args: readonly string[]): Promise<Envelope<ProbeFacts> & { readonly exit: Ran['exit'] }> {
  const { stdout, stderr, exit } = await rgDiag(['probe', ...args, '--json']);
  if (stdout === '') expect.fail(stderr);
  return { ...JSON.parse(stdout), exit };
}

function portsOf(envelope: Envelope<ProbeFacts>, report = 0): PortsFacts {
  const facts = envelope.reports[report]?.facts;
  return facts?.kind === 'ports' ? facts : expect.fail(`no ports but ${JSON.stringify(facts)}`);
}

const codesOf = (envelope: Envelope<ProbeFacts>) =>
  envelope.reports.flatMap(({ findings }) => findings.flatMap(({ code }) => code ?? []));

describe('ports', () => {
  it('are told apart, and all of them count', async () => {
    const [open, closed] = [await serve(), await closedPort()];
    const run = await probe('127.0.0.1', String(open), String(closed));
    expect(run).toMatchObject({ exit: 2, verdict: 'fail' });
    const { attempts, counts, address } = portsOf(run);
    expect(address).toBe('127.0.0.1');
    expect(attempts).toMatchObject([
      { address: '127.0.0.1', port: open, protocol: 'tcp', state: 'open' },
      { port: closed, state: 'closed', failure: { code: 'connection-refused', step: 'connect', blame: 'target' } },
    ]);
    expect(counts).toEqual({ asked: 2, open: 1, closed: 1, filtered: 0, unreachable: 0, untried: 0 });
    expect(codesOf(run)).toEqual(['connection-refused']);
  });

  it('are enough with one open where --any says so', async () => {
    const [open, closed] = [await serve(), await closedPort()];
    expect(await probe('127.0.0.1', `${closed},${open}`, '--any')).toMatchObject({ exit: 0 });
    expect(await probe('127.0.0.1', String(closed), '--any')).toMatchObject({ exit: 2 });
  });

  it('are valid JSON by the published schema', async () => {
    const port = await serve((socket) => socket.write('hello\n'));
    const lists = [
      ['127.0.0.1', String(port), String(await closedPort()), '--banner', '-w', '1'],
      ['127.0.0.1', String(port), '--tls', '--expect', 'x'],
      ['unix:/no/such'],
      ['no-such.test:80', '--resolver', `127.0.0.1:${await closedPort()}`],
    ];
    for (const args of lists) {
      const { exit: _, ...document } = await probe(...args);
      expect(validateRun(document)).toEqual([]);
    }
  });

  it('are counted right, ten thousand of them', async () => {
    const open = new Set([await serve(), await serve(), await serve()]);
    const listening = execFileSync('ss', ['-Hlnt'], { encoding: 'utf8' });
    const taken = new Set([...listening.matchAll(/:(\d+)\s/g)].map(([, port]) => Number(port)));
    for (const port of open) expect(taken.has(port)).toBe(true);
    const first = Math.max(1024, Math.min(...open) - 5000);
    const run = await probe('127.0.0.1', `${first}-${first + 9999}`);
    const { attempts, counts } = portsOf(run);
    expect(attempts.map(({ port }) => port)).toEqual(Array.from({ length: 10_000 }, (_, index) => first + index));
    expect(counts).toMatchObject({ asked: 10_000, filtered: 0, unreachable: 0, untried: 0 });
    const found = attempts.filter(({ state }) => state === 'open').map(({ port }) => port);
    for (const port of open) if (port < first + 10_000) expect(found).toContain(port);
    expect(counts.open + counts.closed).toBe(10_000);
    expect(run.reports[0]?.findings.filter(({ status }) => status === 'fail')).toHaveLength(1);
  });

  it('take what descriptors there are', async () => {
    const port = await serve();
    const { stdout, exit } = await shell(`ulimit -n 40; rg-diag probe 127.0.0.1 1-300 ${port} --json`);
    const facts = portsOf(JSON.parse(stdout));
    expect(exit).toBe(2);
    expect(facts.counts).toMatchObject({ asked: 301, untried: 0, unreachable: 0 });
    expect(facts.attempts.at(-1)).toMatchObject({ port, state: 'open' });
  });

  it('are slow when the user says so', async () => {
    const port = String(await serve());
    const run = await probe('127.0.0.1', port, '-w', '0');
    expect(run).toMatchObject({ exit: 1 });
    expect(codesOf(run)).toEqual(['too-slow']);
    expect(await probe('127.0.0.1', port, '-c', '0')).toMatchObject({ exit: 2 });
    expect(await probe('127.0.0.1', port, '-w', '10', '-c', '20')).toMatchObject({ exit: 0 });
  });
});

it('an attempt that timed out by itself fails, whatever the deadline of the run counts as', async () => {
  const silent = [createSocket('udp4'), createSocket('udp4')];
  for (const socket of silent) await once(socket.bind(0, '127.0.0.1'), 'listening');
  const ports = silent.map((socket) => String(socket.address().port));
  const limits = ['--concurrency', '1', '--read-timeout', '0.6', '-t', '1'];
  const run = await probe('-u', '127.0.0.1', ...ports, ...limits, '--timeout-result', 'ok');
  for (const socket of silent) socket.close();
  const failures = portsOf(run).attempts.map(({ failure }) => failure);
  expect(failures).toMatchObject([{ detail: expect.stringContaining('within 0.6 s') }, { byRun: true }]);
  expect(failures[0]).not.toHaveProperty('byRun');
  expect(run.exit).toBe(2);
});

describe('addresses', () => {
  it('of a name are all tried, and a dead one is named', async () => {
    const port = await serve();
    const run = await probe(`a.test:${port}`, '--resolve', `a.test:${port}:127.0.0.1,127.0.0.9`);
    expect(run.exit).toBe(2);
    expect(run.reports.map(({ target }) => target)).toEqual([
      `a.test:${port} (127.0.0.1)`,
      `a.test:${port} (127.0.0.9)`,
    ]);
    expect(portsOf(run)).toMatchObject({
      host: 'a.test',
      share: { tried: 2, dead: ['127.0.0.9'] },
      counts: { open: 1 },
    });
    expect(portsOf(run, 1)).toMatchObject({ attempts: [{ address: '127.0.0.9', state: 'closed' }] });
    expect(codesOf(run)).toContain('some-addresses-dead');
  });

  it('of a name warn at least with --any', async () => {
    const port = await serve();
    const run = await probe(`a.test:${port}`, '--any', '--resolve', `a.test:${port}:127.0.0.1,127.0.0.9`);
    expect(run.exit).toBe(1);
  });

  it('may differ from port to port', async () => {
    const [one, two] = [await serve(), await serve()];
    const resolve = ['--resolve', `a.test:${one}:127.0.0.1`, '--resolve', `a.test:${two}:127.0.0.9`];
    const run = await probe('a.test', String(one), String(two), ...resolve);
    expect(run.reports.map(({ facts }) => facts)).toMatchObject([
      { address: '127.0.0.1', attempts: [{ port: one, state: 'open' }] },
      { address: '127.0.0.9', attempts: [{ port: two, state: 'closed' }] },
    ]);
  });

  it('are not there for every name', async () => {
    const run = await probe('no-such-host.invalid:80', '--resolver', `127.0.0.1:${await closedPort()}`);
    expect(run).toMatchObject({ exit: 2, reports: [{ facts: { kind: 'unresolved', host: 'no-such-host.invalid' } }] });
  });
});

describe('unix sockets', () => {
  it('are open, or gone, or no sockets', async () => {
    const path = join(folder, 'a.sock');
    await serve((socket) => socket.write('hello'), path);
    const plain = join(folder, 'plain');
    writeFileSync(plain, '');
    const open = await probe(`unix:${path}`, '--expect', 'hello');
    expect(open).toMatchObject({
      exit: 0,
      reports: [{ facts: { kind: 'unix', path, attempts: [{ state: 'open' }] } }],
    });
    const gone = await probe(`unix:${path}.gone`);
    expect(gone).toMatchObject({ exit: 2, reports: [{ facts: { attempts: [{ state: 'unreachable' }] } }] });
    expect(codesOf(gone)).toEqual(['file-not-found']);
    expect(codesOf(await probe(`unix:${plain}`))).toEqual(['not-a-socket']);
  });
});

describe('answers', () => {
  it('are as expected or not', async () => {
    const port = String(
      await serve((socket) => socket.on('data', (data) => socket.write(`you said ${data.toString('latin1')}`))),
    );
    const send = ['--send', String.raw`A\x42\r\n`];
    expect(await probe('127.0.0.1', port, ...send, '--expect', String.raw`said AB\r`)).toMatchObject({ exit: 0 });
    const wrong = await probe('127.0.0.1', port, ...send, '--expect', 'PONG', '--read-timeout', '0.3');
    expect(wrong).toMatchObject({ exit: 2 });
    expect(codesOf(wrong)).toEqual(['unexpected-answer']);
    expect(portsOf(wrong).attempts[0]).toMatchObject({ banner: 'you said AB\r\n', expected: false });
  });

  it('are found however they come, and beyond what is kept of them', async () => {
    const port = await serve((socket) => {
      socket.write('x'.repeat(6000));
      socket.write('PO', () => socket.end('NG'));
    });
    const run = await probe('127.0.0.1', String(port), '--expect', 'PONG');
    expect(run.exit).toBe(0);
    const [attempt] = portsOf(run).attempts;
    expect(attempt).toMatchObject({ expected: true, truncated: true, banner: 'x'.repeat(4096) });
  });

  it('are named as missing where the peer hangs up', async () => {
    const port = await serve((socket) => socket.end());
    const run = await probe('127.0.0.1', String(port), '--expect', 'x');
    expect(run.exit).toBe(2);
    expect(codesOf(run)).toEqual(['connection-closed']);
  });

  it('are not needed for a banner', async () => {
    const port = await serve();
    const run = await probe('127.0.0.1', String(port), '--banner', '--read-timeout', '0.1');
    expect(run).toMatchObject({ exit: 0 });
    expect(portsOf(run).attempts[0]).toMatchObject({ state: 'open', answerFailure: { code: 'timeout' } });
  });

  it.each(['text', 'json', 'ndjson', 'nagios', 'prometheus'])('are never raw in %s', async (format) => {
    const hostile = '220 \x1b[31mred\x1b]0;title\x07 |x=1\n\u202etxt.exe\x9b2J"q"\\';
    const port = await serve((socket) => socket.write(hostile));
    const { stdout, stderr } = await rgDiag([
      'probe',
      '127.0.0.1',
      String(port),
      '--expect',
      '\\0',
      '--read-timeout',
      '0.2',
      '-v',
      ...(format === 'prometheus' ? [] : ['--ticket']),
      '-f',
      format,
    ]);
    expect(stdout).toContain(String(port));
    const shown = `${stdout}${stderr}`.replaceAll('\n', '');
    expect(printable(shown)).toBe(shown);
    if (format === 'nagios') {
      expect(stdout.split('\n', 1)[0]?.split('|')).toHaveLength(2);
    }
    if (format === 'json') expect(portsOf(JSON.parse(stdout)).attempts[0]?.banner).toBe(hostile);
  });
});

describe('peers that do not end', () => {
  const behaviours: readonly (readonly [string, (socket: Socket) => void])[] = [
    ['silent', () => undefined],
    [
      'dripping',
      (socket) => {
        const timer = setInterval(() => socket.write('.'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'endless',
      (socket) => {
        const more = () => {
          while (!socket.destroyed && socket.write('y'.repeat(65_536)));
        };
        socket.on('drain', more);
        more();
      },
    ],
  ];
  it.each(behaviours)('%s: the run ends in time', async (name, behaviour) => {
    const port = String(await serve(behaviour));
    const ways = [['--expect', 'PONG'], ['--banner'], ['--tls']];
    for (const way of ways) {
      const started = performance.now();
      const run = await probe(
        '127.0.0.1',
        port,
        ...way,
        '--read-timeout',
        '60',
        '--connect-timeout',
        '60',
        '-t',
        '0.6',
      );
      expect(performance.now() - started, `${name} ${way[0]}`).toBeLessThan(1100);
      expect(portsOf(run).attempts[0]?.state).toBe('open');
      const isFine = way[0] === '--banner' && name !== 'silent';
      expect(run.exit, `${name} ${way[0]}`).toBe(isFine ? 0 : 2);
    }
  });

  it('what the deadline ends counts as --timeout-result says', async () => {
    const port = String(await serve());
    const run = await probe(
      '127.0.0.1',
      port,
      '--expect',
      'x',
      '--read-timeout',
      '9',
      '-t',
      '0.3',
      '--timeout-result',
      'unknown',
    );
    expect(run.exit).toBe(3);
    expect(portsOf(run).stopped).toMatchObject({ code: 'timeout' });
  });
});

describe('UDP', () => {
  it('is open with an answer, closed when refused, and filtered in silence', async () => {
    const [echo, mute] = [createSocket('udp4'), createSocket('udp4')];
    echo.on('message', (bytes, from) => echo.send(`pong ${bytes}`, from.port, from.address));
    for (const socket of [echo, mute]) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    const [open, silent] = [echo.address().port, mute.address().port];
    const gone = createSocket('udp4').bind(0, '127.0.0.1');
    await once(gone, 'listening');
    const closed = gone.address().port;
    gone.close();
    const run = await probe('-u', '127.0.0.1', `${open},${silent},${closed}`, '--send', 'hi', '--read-timeout', '0.3');
    echo.close();
    mute.close();
    expect(portsOf(run).attempts).toMatchObject([
      { port: open, protocol: 'udp', state: 'open', banner: 'pong hi' },
      { port: silent, state: 'filtered', failure: { detail: 'no answer (open or filtered) within 0.3 s' } },
      { port: closed, state: 'closed', failure: { code: 'connection-refused' } },
    ]);
    expect(run.exit).toBe(2);
  });
});

describe('TLS', () => {
  it('is shaken hands with, and spoken through', async () => {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '2',
        '-subj',
        '/CN=a.test',
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    const port = await closedPort();
    const child = spawn(
      'openssl',
      ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', 'cert.pem', '-key', 'key.pem', '-www', '-tls1_2'],
      { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    try {
      for await (const line of createInterface(child.stdout)) if (line.startsWith('ACCEPT')) break;
      child.stdout.resume();
      const run = await probe(
        '127.0.0.1',
        String(port),
        '--tls',
        '--send',
        String.raw`GET / HTTP/1.0\r\n\r\n`,
        '--expect',
        '200 ok',
      );
      expect(run.exit).toBe(0);
      const [attempt] = portsOf(run).attempts;
      expect(attempt?.tls).toMatchObject({ protocol: 'TLSv1.2', unverified: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      expect(attempt?.expected).toBe(true);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  });

  it('trusts whom --ca-file or --add-ca names, and is not done where that cannot be read', async () => {
    const authority = await createAuthority();
    const leaf = await authority.issue({ names: ['a.test'], issuer: authority.root });
    const server = await startTlsServer({ leaf });
    try {
      const tlsOf = async (...args: readonly string[]) => {
        const run = await probe('127.0.0.1', String(server.port), '--tls', ...args);
        return { exit: run.exit, codes: codesOf(run), tls: portsOf(run).attempts[0]?.tls };
      };
      const unknown = await tlsOf();
      expect([unknown.exit, unknown.tls?.unverified]).toEqual([0, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
      for (const option of ['--ca-file', '--add-ca']) {
        const { exit, tls } = await tlsOf(option, authority.root.file);
        expect([exit, tls?.protocol, tls?.unverified]).toEqual([0, 'TLSv1.3', undefined]);
      }
      expect(await tlsOf('--ca-file', join(folder, 'nothing'))).toMatchObject({ exit: 3, codes: ['file-not-found'] });
      const system = await rgDiag(['probe', '127.0.0.1', String(server.port), '--tls', '--json'], {
        env: { SSL_CERT_FILE: authority.root.file },
      });
      expect(system.stdout).not.toContain('unverified');
    } finally {
      await server.close();
      authority.close();
    }
    const { exit, stderr } = await rgDiag(['probe', '127.0.0.1', '1', '--ca-file', 'x.pem']);
    expect([exit, stderr]).toEqual([64, expect.stringContaining('--ca-file needs --tls')]);
  });

  it('is missed where something else is spoken', async () => {
    const port = await serve((socket) => socket.end('220 hello\r\n'));
    const run = await probe('127.0.0.1', String(port), '--tls');
    expect(run.exit).toBe(2);
    expect(codesOf(run)).toEqual(['not-tls']);
  });
});

describe('formats', () => {
  it('nagios has a number for every port', async () => {
    const [open, closed] = [await serve(), await closedPort()];
    const { stdout, exit } = await rgDiag([
      'probe',
      '127.0.0.1',
      `${open},${closed}`,
      '-f',
      'nagios',
      '-w',
      '1',
      '-c',
      '2',
    ]);
    expect(exit).toBe(2);
    const [status = ''] = stdout.split('\n');
    expect(status).toMatch(/^RG-DIAG PROBE CRITICAL - .*1 of 2 ports is not open: 1 closed/);
    expect(status).toContain(`probe_open_${open}_tcp=1`);
    expect(status).toContain(`probe_open_${closed}_tcp=0`);
    expect(status).toMatch(new RegExp(`probe_connect_seconds_${open}_tcp=0\\.\\d+s;1;2`));
  });

  it('prometheus passes promtool', async () => {
    const [open, closed] = [await serve(), await closedPort()];
    const file = join(folder, 'probe.prom');
    await rgDiag(['probe', '127.0.0.1', `${open},${closed}`, '-f', 'prometheus', '-o', file]);
    const text = execFileSync('cat', [file], { encoding: 'utf8' });
    expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
    expect(text).toContain(
      `rg_diag_probe_open{target="127.0.0.1:${open},${closed}",port="${open}",protocol="tcp"} 1\n`,
    );
    expect(text).toContain(`rg_diag_probe_ports{target="127.0.0.1:${open},${closed}",state="closed"} 1\n`);
  });

  it('text lists few ports, and of many those that are open', async () => {
    const open = await serve();
    const few = await rgDiag(['probe', '127.0.0.1', String(open), '1']);
    expect(few.stdout).toMatch(new RegExp(`${open}/tcp +open`));
    expect(few.stdout).toMatch(/1\/tcp +tcpmux +closed +connect ECONNREFUSED 127\.0\.0\.1:1/);
    const many = await rgDiag(['probe', '127.0.0.1', '1-21', String(open)]);
    expect(many.stdout).toContain('22 ports: ');
    expect(many.stdout).not.toContain('1/tcp  tcpmux');
  });
});

describe('a list of targets', () => {
  it('is probed line by line, and a line that is none is reported', async () => {
    const [open, closed] = [await serve(), await closedPort()];
    const list = join(folder, 'targets');
    writeFileSync(list, `# hosts\n127.0.0.1\n127.0.0.1:${closed}\nlocalhost nope\n127.0.0.9 ${open}\n`);
    const run = await probe('--targets', list, String(open), '-4');
    expect(run.exit).toBe(2);
    const verdicts = Object.fromEntries(run.reports.map(({ target, verdict }) => [target, verdict]));
    expect(verdicts).toEqual({
      [`127.0.0.1:${open}`]: 'ok',
      [`127.0.0.1:${closed}`]: 'fail',
      'localhost nope': 'unknown',
      [`127.0.0.9:${open}`]: 'fail',
    });
    expect(codesOf(run)).toContain('invalid-target');
  });
});

it('a mistake is told with the way out', async () => {
  const { stderr, exit } = await rgDiag(['probe', '127.0.0.1']);
  expect(exit).toBe(64);
  expect(stderr).toContain('no port given for 127.0.0.1');
  expect(stderr).toContain('rg-diag probe 127.0.0.1 80 443');
});
