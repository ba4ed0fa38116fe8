import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, rgDiag } from '../../cli/run.js';
import { validateLines, validateRun } from '../../schema.js';
import { createDnsServer } from '../../servers/dns.js';
import { http } from '../../servers/edge.js';
import { peer } from '../../servers/peers.js';
import { createGround, type Ground } from './ground.js';
import { reportOf } from './judged.js';
import { type Recorder, type RecorderOptions, startRecorder } from './recorder.js';
import { host } from './scenario.js';

const idn = 'bücher.example';
const idnAscii = 'xn--bcher-kva.example';

let ground: Ground;

beforeAll(async () => {
  ground = await createGround();
});
afterAll(() => ground?.close());

/** Runs against 127.0.0.1, with nothing outside this machine. */
const origin = (...args: string[]): Promise<Ran> =>
  rgDiag([
    'origin',
    ...args,
    '--ca-file',
    ground.authority.root.file,
    '--public',
    'never',
    ...(args.includes('--read-timeout') ? [] : ['--read-timeout', '2']),
  ]);

/** A server for the time of one use. */
async function withServer<T>(options: RecorderOptions, use: (server: Recorder) => Promise<T>): Promise<T> {
  const server = await startRecorder(options);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

const at = ['--ip', '127.0.0.1'] as const;

describe('a usage error', () => {
  const rows: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [[], /no HOST or URL given[\s\S]*--ip 203\.0\.113\.7/],
    [[''], /an empty target/],
    [['-host'], /unknown option '-host'/],
    [['--', '-host'], /'-host' begins with a dash/],
    [[host, '--ip', 'localhost'], /--ip localhost: not an address\n.*--connect-to ADDR/],
    [[host, '--ip', '127.0.0.1:80'], /--ip 127\.0\.0\.1:80: not an address/],
    [[host, ...at, '--connect-to', 'localhost'], /--ip and --connect-to exclude each other/],
    [[host, ...at, '-6'], /--ip 127\.0\.0\.1 is no IPv6 address, and -6 allows no other/],
    [[host, '--ip', '::1', '-4'], /--ip ::1 is no IPv4 address, and -4 allows no other/],
    [[`https://${host}:8443/`, '--port', '443'], /--port 443 and the port of 'https:.*8443\/' differ/],
    [[`${host}:80`, '--port', '443'], /--port 443 and the port of .* differ/],
    [[host, '--port', '0'], /--port .*at least 1/],
    [[host, '--port', '65536'], /--port 65536: not a port/],
    [[`https://${host}:99999/`], /'99999' .* is not a port/],
    [['ftp://example.com/'], /a URL of ftp, and Cloudflare fetches http and https\nGive the host/],
    [['file:///etc/passwd'], /a URL of file/],
    [['unix:/run/origin.sock'], /over TCP, and not to a unix socket/],
    [['https:///path'], /an empty target/],
    [['https://[::1/'], /neither host:port nor an IPv6 address/],
    [[`${host}/health`], /neither a host nor a URL\n.*https:\/\/www\.example\.com\/health/],
    [[`${host}?a=1`], /neither a host nor a URL/],
    [[host, '--path', 'health'], /--path health: not a path\nIt begins with a slash/],
    [[host, '--path', ''], /--path : not a path/],
    [[host, '--path', '/a b'], /not a path/],
    [[host, '--path', '/a\r\nX-Evil: 1'], /not a path/],
    [[host, '--path', '/ü'], /not a path/],
    [[host, '--path', '*'], /--path \*: not a path/],
    [[`https://${host}/a b`], /blanks or characters that a URL has to escape/],
    [[host, '--method', 'GE T'], /not a method .*\nAs in --method HEAD/],
    [[host, '--method', 'GET / HTTP/1.1\r\nX-Evil:'], /not a method/],
    [[host, '--method', ''], /not a method/],
    [[host, '--method', 'CONNECT'], /--method CONNECT: not a method that can be asked for/],
    [[host, '--mode', 'strictest'], /off, flexible, full, strict, origin-pull/],
    [[host, '--edge-profile', '2024'], /2023, 2026/],
    [[host, '--public', 'maybe'], /auto, always, never/],
    [[host, '--repeat', '0'], /--repeat .*at least 1/],
    [[host, '--read-timeout', '0'], /--read-timeout .*at least 0\.001/],
    [[host, '--railgun-version', '5.3.0'], /--railgun-version needs --railgun CONF/],
    [[host, '--railgun', '/dev/null', '--railgun-version', 'new'], /not a version\nAs in --railgun-version 5\.2\.0/],
  ];

  it.concurrent.each(rows)('%j', async (args, says) => {
    const ran = await rgDiag(['origin', ...args]);
    expect(ran).toMatchObject({ stdout: '', exit: 64 });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).toMatch(/^rg-diag origin: .+\n(.+\n)?Try 'rg-diag origin --help'\.\n$/);
  });

  it.each([`https://user:hunter2@${host}/`, `user:hunter2@${host}`, `ftp://user:hunter2@${host}/`])(
    'a password is not repeated: %s',
    async (target) => {
      const ran = await rgDiag(['origin', target]);
      expect(ran).toMatchObject({ stdout: '', exit: 64 });
      expect(ran.stderr).toMatch(/user name or password is not for the command line\n.*--header-file FILE/);
      expect(ran.stderr).not.toContain('hunter2');
    },
  );

  it('is unknown where a monitor asks', async () => {
    for (const args of [[], [host, ...at, '-6'], ['ftp://x/']]) {
      const ran = await rgDiag(['origin', ...args, '-f', 'nagios']);
      expect(ran.exit).toBe(3);
      expect(ran.stdout).toMatch(/^RG-DIAG ORIGIN UNKNOWN - .+\n$/);
    }
  });
});

describe('what an origin is sent', () => {
  /** The head without the line of the program itself, which changes with its version. */
  const plainHead = (head: string) => head.replace(/User-Agent: rg-diag\/\S+\r\n/, 'User-Agent: rg-diag\r\n');

  it('is what the edge sends, byte for byte', async () => {
    await withServer({}, async ({ port, requests }) => {
      const ran = await origin(`http://${host}:${port}/Health/%7E?a=1&a=%20#top`, ...at);
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(requests.map(({ head }) => plainHead(head))).toEqual([
        [
          'GET /Health/%7E?a=1&a=%20 HTTP/1.1',
          `Host: ${host}:${port}`,
          'Connection: Keep-Alive',
          'Accept-Encoding: br, gzip',
          'X-Forwarded-Proto: http',
          'CF-Visitor: {"scheme":"http"}',
          'CDN-Loop: cloudflare',
          'Accept: */*',
          'User-Agent: rg-diag',
          '',
          '',
        ].join('\r\n'),
      ]);
    });
  });

  it.each([
    ['POST', [], 'POST / HTTP/1.1', /\r\nContent-Length: 0\r\n/],
    ['HEAD', [], 'HEAD / HTTP/1.1', /\r\n/],
    ['PURGE', ['--path', '/a?b'], 'PURGE /a?b HTTP/1.1', /\r\n/],
    ['OPTIONS', ['--path', '*'], 'OPTIONS * HTTP/1.1', /\r\n/],
  ] as const)('%s %j', async (method, args, line, more) => {
    await withServer(
      { answer: () => 'HTTP/1.1 204 No Content\r\nServer: nginx\r\n\r\n' },
      async ({ port, requests }) => {
        const ran = await origin(`http://${host}:${port}`, ...at, '--method', method, ...args);
        expect(ran).toMatchObject({ stderr: '', exit: 0 });
        expect(requests[0]?.head.split('\r\n')[0]).toBe(line);
        expect(requests[0]?.head).toMatch(more);
      },
    );
  });

  it('headers of a file replace those of the same name and come behind the others', async () => {
    const file = ground.file(
      '\ufeff# of a colleague\r\n\r\nuser-agent: mine/1\r\nX-Twice: 1\r\nX-Twice: 2\r\nHost: other.example\r\nAccept:\r\n',
    );
    await withServer({}, async ({ port, requests }) => {
      const ran = await origin(`http://${host}:${port}/`, ...at, '--header-file', file);
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(requests[0]?.head).toBe(
        [
          'GET / HTTP/1.1',
          'Connection: Keep-Alive',
          'Accept-Encoding: br, gzip',
          'X-Forwarded-Proto: http',
          'CF-Visitor: {"scheme":"http"}',
          'CDN-Loop: cloudflare',
          'user-agent: mine/1',
          'X-Twice: 1',
          'X-Twice: 2',
          'Host: other.example',
          'Accept: ',
          '',
          '',
        ].join('\r\n'),
      );
    });
  });

  it.each([
    [`https://${host}:PORT/`, `${host}:PORT`, host, '/'],
    [`${host}:PORT`, `${host}:PORT`, host, '/'],
    ['HTTPS://WWW.Example.COM:PORT/Path', `${host}:PORT`, host, '/Path'],
    [`https://${host}:PORT?q=1`, `${host}:PORT`, host, '/?q=1'],
    [`https://${host}:PORT#part`, `${host}:PORT`, host, '/'],
    [`https://${host}.:PORT/`, `${host}.:PORT`, host, '/'],
    [`https://${idn}:PORT/`, `${idnAscii}:PORT`, idnAscii, '/'],
    [`${idn.toUpperCase()}:PORT`, `${idnAscii}:PORT`, idnAscii, '/'],
    ['https://127.0.0.1:PORT/', '127.0.0.1:PORT', undefined, '/'],
  ])('%s: Host, SNI and path', async (target, authority, sni, path) => {
    const chain = await ground.chain({ names: [host, idnAscii], ips: ['127.0.0.1'] });
    await withServer({ chain }, async ({ port, requests }) => {
      const ran = await origin(target.replace('PORT', String(port)), ...at);
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(requests).toHaveLength(1);
      expect(requests[0]?.sni).toBe(sni);
      expect(requests[0]?.head).toContain(
        `GET ${path} HTTP/1.1\r\nHost: ${authority.replace('PORT', String(port))}\r\n`,
      );
    });
  });

  it.each([['https://[::1]:PORT/'], ['[::1]:PORT']])('%s: an address of IPv6', async (target) => {
    const chain = await ground.chain({ names: [host], ips: ['::1'] });
    await withServer({ chain, address: '::1' }, async ({ port, requests }) => {
      const ran = await origin(target.replace('PORT', String(port)));
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(requests[0]?.sni).toBeUndefined();
      expect(requests[0]?.head).toContain(`\r\nHost: [::1]:${port}\r\n`);
    });
  });

  it('Host has no port where it is the usual one', async () => {
    await withServer({ chain: ground.good }, async ({ port, requests }) => {
      const ran = await origin(host, '--connect-to', `127.0.0.1:${port}`);
      expect(ran).toMatchObject({ stderr: '', exit: 0 });
      expect(requests).toMatchObject([{ sni: host, head: expect.stringContaining(`\r\nHost: ${host}\r\n`) }]);
    });
  });

  it.each([
    ['--connect-to', (port: number) => [host, '--connect-to', `localhost:${port}`, '-4']],
    ['--resolve', (port: number) => [`${host}:${port}`, '--resolve', `${host}:${port}:127.0.0.1`]],
    ['--resolve', (port: number) => [`${idn}:${port}`, '--resolve', `${idn}:${port}:127.0.0.1`, '--mode', 'full']],
  ] as const)('%s leads there, and keeps the name', async (_, args) => {
    await withServer({ chain: ground.good }, async ({ port, requests }) => {
      const ran = await origin(...args(port));
      expect(ran.stderr).toBe('');
      expect(requests).toMatchObject([{ sni: args(port)[0]?.startsWith(idn) ? idnAscii : host }]);
    });
  });

  it.each([
    ['-6', 'localhost'],
    ['-4', '::1'],
  ])('%s rules addresses out, and that is nobody else’s fault', async (family, name) => {
    const ran = await origin(
      host,
      family,
      '--resolve',
      `${host}:443:${name === '::1' ? '[::1]' : '127.0.0.1'}`,
      '--json',
    );
    const { facts } = reportOf(ran);
    expect(facts.edge).toBeUndefined();
    expect(facts.undetermined).toMatchObject({
      stage: 'dns',
      why: expect.stringContaining(`${family} allows no other`),
    });
    expect(ran.exit).toBe(3);
  });
});

describe('--connect-to NAME', () => {
  it('that does not exist is named, and not the host', async () => {
    const server = await createDnsServer({ 'elsewhere.example': 'nxdomain', [host]: { addresses: ['127.0.0.1'] } });
    try {
      const ran = await origin(host, '--connect-to', 'elsewhere.example', '--resolver', `127.0.0.1:${server.port}`);
      expect(ran.exit).toBe(2);
      expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('the name elsewhere.example does not exist');
      expect(ran.stdout).not.toContain(`the name ${host} does not exist`);
    } finally {
      await server.close();
    }
  });
});

describe('the next command', () => {
  const loop = `https://${host}/?a='$(id)'`;
  const answer = () => http('301 Moved Permanently', { Location: `https://${host}/` });

  it('leads to the same place, and is safe to paste', async () => {
    await withServer({ answer }, async ({ port }) => {
      const ran = await origin(loop, '--connect-to', `127.0.0.1:${port}`, '--mode', 'flexible');
      const text = ran.stdout.replaceAll(/\s+/g, ' ');
      const [, options] =
        text.split(`rg-diag origin 'https://${host}/?a='\\''$(id)'\\''' --connect-to 127.0.0.1:${port} `) ?? [];
      // Whom to trust is asked for again, too.
      expect(options).toMatch(/^--ca-file \S+\.pem --mode strict /);
      expect(ran.exit).toBe(2);
    });
  });
});

describe('the scheme that is spoken', () => {
  const rows = [
    ['off', 'https', 443, 'http'],
    ['off', 'https', 2053, 'http'],
    ['off', 'http', 80, 'http'],
    ['flexible', 'https', 443, 'http'],
    ['flexible', 'https', 2053, 'tls'],
    ['flexible', 'http', 8080, 'http'],
    ['full', 'https', 443, 'tls'],
    ['full', 'https', 8443, 'tls'],
    ['full', 'http', 80, 'http'],
    ['strict', 'https', 443, 'tls'],
    ['strict', 'http', 8080, 'http'],
    ['origin-pull', 'https', 443, 'tls'],
    ['origin-pull', 'http', 80, 'tls'],
    ['origin-pull', 'http', 8080, 'tls'],
  ] as const;

  it.concurrent.each(rows)('--mode %s, a visitor of %s on port %i: %s', async (mode, scheme, port, spoken) => {
    const server = await peer((socket) => socket.once('data', () => socket.destroy()));
    try {
      const place = ['--connect-to', `127.0.0.1:${server.port}`];
      const told = reportOf(await origin(`${scheme}://${host}:${port}/`, ...place, '--mode', mode, '--json'));
      const bytes = server.received();
      expect(bytes[0] === 0x16 ? 'tls' : bytes.toString('latin1').split(' ')[0]).toBe(spoken === 'tls' ? 'tls' : 'GET');
      expect(told.facts.scheme).toBe(spoken === 'tls' ? 'https' : 'http');
      if (spoken === 'http') expect(bytes.toString('latin1')).toContain(`\r\nX-Forwarded-Proto: ${scheme}\r\n`);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['2053', 'tls'],
    ['8080', 'http'],
    ['8443', 'tls'],
    ['2082', 'http'],
    ['4711', 'tls'],
  ])('without a scheme it is that of the port: %s', async (port, spoken) => {
    const server = await peer((socket) => socket.once('data', () => socket.destroy()));
    try {
      await origin(host, '--port', port, '--connect-to', `127.0.0.1:${server.port}`);
      expect(server.received()[0] === 0x16 ? 'tls' : 'http').toBe(spoken);
    } finally {
      await server.close();
    }
  });
});

describe('several targets', () => {
  it('have one report each, and the worst decides', async () => {
    await withServer({}, async ({ port }) => {
      const own = await startRecorder({ answer: () => http('503 Service Unavailable', {}) });
      try {
        const targets = [`http://${host}:${port}/`, `http://${host}:${own.port}/`];
        const ran = await origin(...targets, ...at, '--json');
        const run = JSON.parse(ran.stdout);
        expect(validateRun(run)).toEqual([]);
        const verdicts = run.reports.map(({ target, verdict }: Record<string, string>) => [target, verdict]);
        // In the order in which they are done.
        expect(new Map(verdicts)).toEqual(
          new Map([
            [targets[0], 'ok'],
            [targets[1], 'fail'],
          ]),
        );
        expect(ran.exit).toBe(2);
      } finally {
        await own.close();
      }
    });
  });

  it('bad lines of a list are reported by name, and hide nothing else', async () => {
    await withServer({}, async ({ port, requests }) => {
      const lines = [
        '# a comment',
        '',
        `http://${host}:${port}/`,
        `  http://${host}:${port}/again  `,
        'ftp://example.com/',
        '-x',
        '/etc/passwd',
        `${host}:70000`,
        `https://user:hunter2@${host}/?token=hunter3`,
        'user:hunter4@example.com',
        '\u001b[31mred',
      ];
      const list = ground.file(`${lines.join('\n')}\n`);
      const ran = await origin('--targets', list, ...at, '--json');
      const run = JSON.parse(ran.stdout);
      expect(validateRun(run)).toEqual([]);
      expect(run.reports).toHaveLength(lines.length - 2);
      expect(requests).toHaveLength(2);
      const bad = run.reports.filter(({ verdict }: Record<string, string>) => verdict === 'unknown');
      expect(bad).toHaveLength(lines.length - 4);
      for (const report of bad) {
        expect(report.findings[0]).toMatchObject({ status: 'broken', code: 'invalid-target' });
        expect(report.facts.failure.detail).not.toContain('root:');
      }
      expect(ran.exit).toBe(3);
      expect(ran.stdout).not.toContain('hunter');
      const text = await origin('--targets', list, ...at);
      expect(text.stdout).not.toContain('\u001b');
      expect(text.stdout).not.toContain('hunter');
      expect(text.exit).toBe(3);
    });
  });

  it('no target in the list is no ok', async () => {
    const ran = await origin('--targets', '/dev/null', '--json');
    expect(ran.exit).toBe(3);
    expect(validateRun(JSON.parse(ran.stdout))).toEqual([]);
  });
});

describe('--repeat against an origin that fails at the third connection', () => {
  const flaky: RecorderOptions = {
    answer: (number) => (number === 3 ? undefined : http('200 OK', {}, 'ok')),
  };

  it('counts what failed, and decides by it', async () => {
    await withServer(flaky, async ({ port, requests }) => {
      const ran = await origin(`http://${host}:${port}/`, ...at, '--repeat', '5', '--json');
      const { facts, findings } = reportOf(ran);
      expect(requests).toHaveLength(5);
      expect(ran.exit).toBe(2);
      expect(facts.failing).toEqual({ attempts: 5, failed: 1 });
      expect(facts.decisive).toEqual({ address: 0, attempt: 2 });
      expect(facts.edge).toMatchObject({ code: 520, stage: 'response' });
      expect(findings.filter(({ status }) => status === 'warn').map(({ says }) => says)).toEqual([
        expect.stringContaining('1 of 5 attempts failed'),
      ]);
    });
  });

  it('names the share to a person', async () => {
    await withServer(flaky, async ({ port }) => {
      const { stdout } = await origin(`http://${host}:${port}/`, ...at, '--repeat', '5');
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain('! 1 of 5 attempts failed (520)');
      expect(stdout).toContain('now and then');
    });
  });
});

describe('every format', () => {
  const failing = (): RecorderOptions => ({ answer: () => http('502 Bad Gateway', { Server: 'nginx' }) });

  const each = async (options: RecorderOptions, format: string, ...args: string[]): Promise<Ran> =>
    withServer(options, ({ port }) => origin(`http://${host}:${port}/`, ...at, '-f', format, ...args));

  it.each([
    ['ok', {}, 0],
    ['a failure', failing(), 2],
  ] as const)('is valid: %s', async (_, options, exit) => {
    const json = await each(options, 'json');
    expect(validateRun(JSON.parse(json.stdout))).toEqual([]);
    const lines = await each(options, 'ndjson', '--ticket');
    expect(validateLines(lines.stdout)).toEqual([]);
    const nagios = await each(options, 'nagios');
    expect(nagios.stdout).toMatch(/^RG-DIAG ORIGIN (OK|CRITICAL) - [^|\n]+\|origin_\S+=/);
    const metrics = await each(options, 'prometheus');
    expect(execFileSync('promtool', ['check', 'metrics'], { input: metrics.stdout, encoding: 'utf8' })).toBe('');
    expect([json, lines, nagios, metrics].map((ran) => [ran.exit, ran.stderr])).toEqual(Array(4).fill([exit, '']));
  });

  it('-q prints errors only', async () => {
    await withServer({}, async ({ port }) => {
      expect(await origin(`http://${host}:${port}/`, ...at, '-q')).toEqual({ stdout: '', stderr: '', exit: 0 });
    });
    await withServer(failing(), async ({ port }) => {
      expect(await origin(`http://${host}:${port}/`, ...at, '-q')).toEqual({ stdout: '', stderr: '', exit: 2 });
    });
    const ran = await origin(host, ...at, '-q', '--header-file', 'nowhere.txt');
    expect(ran).toMatchObject({ stdout: '', exit: 3 });
    expect(ran.stderr).toContain('nowhere.txt');
  });

  it('-o writes the file and nothing else', async () => {
    await withServer({}, async ({ port }) => {
      const path = join(ground.authority.folder, 'report.json');
      const ran = await origin(`http://${host}:${port}/`, ...at, '--json', '-o', path);
      expect(ran).toEqual({ stdout: '', stderr: '', exit: 0 });
      expect(validateRun(JSON.parse(readFileSync(path, 'utf8')))).toEqual([]);
    });
  });
});
