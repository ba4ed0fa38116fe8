import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TraceFacts } from '../../../src/commands/trace/facts.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Metric } from '../../../src/model/metric.js';
import { type Ran, type RunOptions, rgDiag } from '../../cli/run.js';
import { validateLines, validateRun } from '../../schema.js';
import { type Authority, createAuthority, type Issued } from '../../servers/authority.js';
import { type Answer, type Edge, http, startEdge } from '../../servers/edge.js';

/** A captured answer, addresses replaced. */
const body = `fl=80f417
h=www.example.com
ip=2001:db8::1
ts=1772941360.629
visit_scheme=https
uag=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36
colo=TPE
sliver=none
http=http/2
loc=TW
tls=TLSv1.3
sni=plaintext
warp=off
gateway=off
rbi=off
kex=X25519MLKEM768
`;
const keys = body.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(0, line.indexOf('='))]));
const rayId = '230b030023ae2822';
const cloudflare = { Server: 'cloudflare', 'CF-RAY': `${rayId}-TPE` };
const trace = http('200 OK', { ...cloudflare, 'Content-Type': 'text/plain', 'Set-Cookie': '__cf_bm=secret' }, body);

/** What each name of example.com gets: the name says what. */
const answers: Readonly<Record<string, Answer>> = {
  www: trace,
  127: trace,
  other: http('200 OK', { 'CF-RAY': 'nonsense', Server: 'cloudflare' }, 'colo=TPE\nh=other.example.com\n'),
  challenge: http('403 Forbidden', { ...cloudflare, 'cf-mitigated': 'challenge' }, '<html>Just a moment...'),
  json: http(
    '522 ',
    { ...cloudflare, 'Content-Type': 'application/problem+json' },
    JSON.stringify({ cloudflare_error: true, error_code: 522, retryable: true, retry_after: 120, ray_id: rayId }),
  ),
  html: http(
    '403 Forbidden',
    { ...cloudflare, 'Content-Type': 'text/html' },
    `<html><title>Access denied</title><h1>Error 1020</h1> Ray ID: <b>${rayId}</b> Cloudflare</html>`,
  ),
  portal: http('302 Found', {
    Location: 'http://guest:hidden-word@login.hotel.example/in?token=hidden-word#hidden-word',
  }),
  origin: http('404 Not Found', { Server: 'nginx/1.22.1', 'Content-Type': 'text/html' }, '<html><h1>404'),
  page: http('200 OK', { ...cloudflare, 'Content-Type': 'text/html' }, '<html>hello'),
  binary: http(
    '200 OK',
    { Server: 'x' },
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  ),
  hostile: http(
    '200 OK',
    { Server: 'a|b=1;2 "x" \u001b[31m', 'Content-Type': "text/'x'" },
    'colo=TPE\nuag=\u001b[2J|\u202e"\'\\\r\nh\u0007=x\n',
  ),
  'hostile-page': http('404 \u001b[31m', { Server: '\u001b]0;x\u0007|' }, '\u001b[2J\u202e|<html>\u0085'),
  endless: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const more = () => {
      while (!socket.destroyed && socket.write('x'.repeat(16_384)));
    };
    socket.on('drain', more);
    more();
  },
  dripping: (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nCF-RAY: ${rayId}-TPE\r\n\r\n`);
    const timer = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(timer));
  },
  silent: () => undefined,
  garbage: 'SSH-2.0-OpenSSH_9.2\r\n',
  flood: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const more = () => {
      while (!socket.destroyed && socket.write(`x-filler: ${'x'.repeat(8000)}\r\n`));
    };
    socket.on('drain', more);
    more();
  },
  cut: 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfl=1\n',
  chunked: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfl=1\r\n',
  'bad-chunks': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nfl=1\r\n',
  continued: 'HTTP/1.1 100 Continue\r\n\r\n',
  empty: '',
  reset: (socket) => void socket.resetAndDestroy(),
};

const answer = (head: string): Answer => answers[/^host: ([^.:\r]+)/im.exec(head)?.[1] ?? ''] ?? '';

let authority: Authority;
let leaf: Issued;
let edge: Edge;
let plain: Edge;

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['*.example.com'], ips: ['127.0.0.1', '::1'] });
  edge = await startEdge(answer, { chain: [leaf, authority.intermediate] });
  plain = await startEdge(answer);
});
afterAll(async () => {
  await edge?.close();
  await plain?.close();
  authority?.close();
});

const ask = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  rgDiag(['trace', '--ca-file', authority.root.file, ...args], options);

interface Report {
  readonly target: string;
  readonly verdict: string;
  readonly facts: TraceFacts;
  readonly findings: readonly Finding[];
  readonly metrics: readonly Metric[];
}

interface Seen extends Report {
  readonly exitCode: number;
  readonly reports: readonly Report[];
}

/** The run as JSON, valid by its schemas, with its first report. */
async function seen(args: readonly string[], options?: RunOptions): Promise<Seen> {
  const { stdout, exit } = await ask([...args, '--json'], options);
  const run = JSON.parse(stdout) as { exitCode: number; reports: Report[] };
  expect(validateRun(run)).toEqual([]);
  expect(run.exitCode).toBe(exit);
  const [first] = run.reports;
  if (first === undefined) throw new Error('no report');
  return { ...first, exitCode: run.exitCode, reports: run.reports };
}

/** Over TLS, the name kept. */
const tls = (name: string, ...more: readonly string[]) =>
  seen([`${name}.example.com`, '--connect-to', `127.0.0.1:${edge.port}`, ...more]);

const codesOf = ({ findings }: Report) => findings.flatMap(({ code }) => code ?? []);

describe('a trace', () => {
  it('is asked for with GET over TLS, and read', async () => {
    const before = edge.requests.length;
    const { exitCode, facts, findings, metrics, target } = await tls('www');
    expect(exitCode).toBe(0);
    expect(target).toBe('www.example.com:443 (127.0.0.1)');
    if (facts.kind !== 'trace') throw new Error(facts.kind);
    expect(facts.order).toEqual(keys);
    expect(facts.order.map((key) => `${key}=${facts.trace[key]}\n`).join('')).toBe(body);
    expect(facts).toMatchObject({
      address: '127.0.0.1',
      url: 'https://www.example.com/cdn-cgi/trace',
      ray: { id: rayId, colo: 'TPE' },
      http: { status: 200, reason: 'OK', headers: { server: 'cloudflare', 'cf-ray': `${rayId}-TPE` } },
      tls: { protocol: 'TLSv1.3' },
    });
    expect(Object.keys(facts.phases)).toEqual(['resolve', 'connect', 'tls', 'firstByte', 'total']);
    const { total, ...parts } = facts.phases;
    expect(Object.values(parts).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(total + 0.01);
    expect(findings.find(({ rule }) => rule === 'trace/answered')?.says).toContain('TPE (Taipei');
    expect(JSON.stringify(facts)).not.toContain('secret');
    expect(metrics.find(({ labels }) => labels['phase'] === 'total')?.value).toBeCloseTo(total / 1000, 9);
    const [request = ''] = edge.requests.slice(before);
    expect(request).toMatch(/^GET \/cdn-cgi\/trace HTTP\/1\.1\r\n/);
    expect(request.toLowerCase()).toContain('\r\nhost: www.example.com\r\n');
    expect(request).toMatch(/\r\nuser-agent: rg-diag\/\d+\.\d+\.\d+\r\n/i);
    expect(request).toMatch(/\r\naccept-encoding: identity\r\n/i);
  });

  it('is asked for without TLS with --http', async () => {
    const { exitCode, facts } = await seen(['--http', 'www.example.com', '--connect-to', `127.0.0.1:${plain.port}`]);
    expect(exitCode).toBe(0);
    expect(facts).toMatchObject({ url: 'http://www.example.com/cdn-cgi/trace', port: 80 });
    expect(facts).not.toHaveProperty('tls');
  });

  it.each([
    ['a URL', () => `https://www.example.com:${edge.port}/some/path?x=1`],
    ['a host with a port', () => `www.example.com:${edge.port}`],
  ])('is asked for at %s, and the port is part of Host', async (_, target) => {
    const { exitCode } = await seen([target(), '--resolve', `www.example.com:${edge.port}:127.0.0.1`]);
    expect(exitCode).toBe(0);
    expect(edge.requests.at(-1)?.toLowerCase()).toContain(`\r\nhost: www.example.com:${edge.port}\r\n`);
  });

  it('is asked for at an address, which the certificate has to name', async () => {
    const { exitCode, target } = await seen([`127.0.0.1:${edge.port}`]);
    expect([exitCode, target]).toEqual([0, `127.0.0.1:${edge.port}`]);
    expect(edge.requests.at(-1)?.toLowerCase()).toContain(`\r\nhost: 127.0.0.1:${edge.port}\r\n`);
    const six = await startEdge(() => trace, { chain: [leaf, authority.intermediate], address: '::1' });
    const over6 = await seen([`[::1]:${six.port}`]);
    await six.close();
    expect([over6.exitCode, over6.target]).toEqual([0, `[::1]:${six.port}`]);
    expect(six.requests[0]?.toLowerCase()).toContain(`\r\nhost: [::1]:${six.port}\r\n`);
  });

  it('says what it misses: no ray id, a data centre that nobody knows', async () => {
    const { exitCode, findings } = await tls('other');
    expect(exitCode).toBe(0);
    expect(findings.find(({ rule }) => rule === 'trace/ray')).toMatchObject({ status: 'note' });
  });

  it('is told from each address of a name, and some dead of several warn', async () => {
    const rows = ['--resolve', `www.example.com:${edge.port}:127.0.0.1,127.0.0.2`];
    const { exitCode, reports } = await seen([`www.example.com:${edge.port}`, ...rows]);
    expect(exitCode).toBe(2);
    expect(reports.map(({ facts }) => [facts.kind, 'address' in facts && facts.address])).toEqual([
      ['trace', '127.0.0.1'],
      ['failed', '127.0.0.2'],
    ]);
    const share = { host: 'www.example.com', tried: 2, dead: ['127.0.0.2'] };
    for (const { facts } of reports) expect(facts).toMatchObject({ share });
    expect(reports.flatMap(codesOf)).toEqual(['some-addresses-dead', 'connection-refused', 'some-addresses-dead']);
  });
});

describe('--expect', () => {
  it.each([
    [['colo=TPE'], 0],
    [['colo=TPE', 'tls=TLSv1.3'], 0],
    [['colo=AMS', 'colo=TPE'], 0],
    [['colo=AMS'], 2],
    [['colo=TPE', 'warp=on'], 2],
    [['nothing=x'], 2],
    [['uag='], 2],
    [['constructor='], 2],
  ])('%j exits %i', async (values, code) => {
    const { exitCode, findings } = await tls('www', ...values.flatMap((value) => ['--expect', value]));
    expect(exitCode).toBe(code);
    const finding = findings.find(({ rule }) => rule === 'trace/expected-values');
    expect(finding).toMatchObject(code === 0 ? { status: 'pass' } : { status: 'fail', code: 'unexpected-value' });
  });
});

describe('thresholds', () => {
  it.each([
    [['-w', '20', '-c', '25'], 0],
    [['-w', '0'], 1],
    [['-w', '0', '-c', '0'], 2],
  ])('%j exits %i', async (thresholds, code) => {
    const { exitCode, metrics } = await tls('www', ...thresholds);
    expect(exitCode).toBe(code);
    const total = metrics.find(({ labels }) => labels['phase'] === 'total');
    expect([total?.warn, total?.fail]).toEqual([Number(thresholds[1]), thresholds[3] && Number(thresholds[3])]);
  });
});

describe('an answer that is not a trace', () => {
  it.each([
    ['challenge', 'challenge', 'challenge'],
    ['json', 'cloudflare-error', 'cloudflare-error'],
    ['html', 'cloudflare-error', 'cloudflare-error'],
    // The holder of a valid certificate sends whom it likes elsewhere.
    ['portal', 'not-proxied', 'not-proxied'],
    ['origin', 'not-proxied', 'not-proxied'],
    ['page', 'other', 'unexpected-answer'],
    ['binary', 'not-proxied', 'not-proxied'],
    ['endless', 'not-proxied', 'not-proxied'],
  ])('%s is recognised, and a failure', async (name, kind, code) => {
    const { exitCode, facts, findings } = await tls(name);
    expect(exitCode).toBe(2);
    expect(facts).toMatchObject({ kind: 'not-a-trace', answer: kind });
    expect(findings[0]).toMatchObject({ rule: 'trace/answered', status: 'fail', code });
  });

  it('carries the code of an error, and when to try again', async () => {
    const { facts, findings } = await tls('json');
    expect(facts).toMatchObject({ error: { form: 'json', code: 522, retryAfter: 120, rayId } });
    expect(findings[0]?.remedy).toContain('after 120 s');
    expect((await tls('html')).facts).toMatchObject({ error: { form: 'html', code: 1020, rayId } });
  });

  it('is a captive portal where anybody on the way may have answered', async () => {
    const { exitCode, facts, findings } = await seen([
      '--http',
      'portal.example.com',
      '--connect-to',
      `127.0.0.1:${plain.port}`,
    ]);
    expect([exitCode, codesOf({ findings } as Report)]).toEqual([2, ['captive-portal']]);
    expect(facts).toMatchObject({ answer: 'captive-portal' });
  });

  it('is not followed where it is a redirect, of which nothing secret is kept', async () => {
    const before = plain.requests.length;
    const { facts } = await tls('portal');
    expect(facts).toMatchObject({ http: { status: 302, headers: { location: 'http://login.hotel.example/in' } } });
    expect(plain.requests.length).toBe(before);
    for (const format of ['text', 'json']) {
      const at = ['portal.example.com', '--connect-to', `127.0.0.1:${edge.port}`, '-v', '--ticket', '-f', format];
      expect((await ask(at)).stdout).not.toContain('hidden-word');
    }
  });

  it('is kept in part where it is long or binary', async () => {
    const { facts: endless } = await tls('endless');
    expect(endless).toMatchObject({ body: 'x'.repeat(2000), truncated: true });
    const { facts: binary } = await tls('binary');
    expect(binary.kind === 'not-a-trace' && binary.body).toContain('\ufffd');
  });
});

describe('no whole answer', () => {
  it.each([
    ['garbage', 'malformed-response'],
    ['bad-chunks', 'malformed-response'],
    ['continued', 'malformed-response'],
    ['flood', 'answer-too-long'],
    ['cut', 'connection-closed'],
    ['chunked', 'connection-closed'],
    ['empty', 'connection-closed'],
    ['reset', 'connection-reset'],
  ])('%s is %s', async (name, code) => {
    const over = await seen(['--http', `${name}.example.com`, '--connect-to', `127.0.0.1:${plain.port}`]);
    expect([over.exitCode, over.facts.kind, codesOf(over)]).toEqual([2, 'failed', [code]]);
  });

  it.each(['silent', 'dripping'])('of a %s peer ends with the run', async (name) => {
    const begun = performance.now();
    const { exitCode, facts, findings } = await tls(name, '--timeout', '1');
    expect(performance.now() - begun).toBeLessThan(1500);
    expect(exitCode).toBe(2);
    expect(facts).toMatchObject({
      kind: 'failed',
      failure: { code: 'timeout', step: 'request' },
      stopped: { code: 'timeout' },
    });
    expect(findings[0]).toMatchObject({ status: 'fail', code: 'timeout' });
    if (name === 'dripping') expect(facts).toMatchObject({ http: { status: 200 } });
  });

  it('counts as --timeout-result says', async () => {
    const { exitCode } = await tls('silent', '--timeout', '0.5', '--timeout-result', 'warn');
    expect(exitCode).toBe(1);
  });

  it('comes of a port where nobody listens, and of a name that is not there', async () => {
    const gone = await startEdge(() => '');
    await gone.close();
    const refused = await seen(['www.example.com', '--connect-to', `127.0.0.1:${gone.port}`]);
    expect([refused.exitCode, codesOf(refused)]).toEqual([2, ['connection-refused']]);
    const nowhere = await seen(['nowhere.invalid', '--resolver', `127.0.0.1:${gone.port}`]);
    expect([nowhere.exitCode, nowhere.facts.kind, codesOf(nowhere)]).toEqual([
      2,
      'unresolved',
      ['resolver-unreachable'],
    ]);
  });

  it('comes of plain HTTP on the port of TLS, and of TLS on the port of plain HTTP', async () => {
    const notTls = await seen(['www.example.com', '--connect-to', `127.0.0.1:${plain.port}`]);
    expect([notTls.exitCode, codesOf(notTls)]).toEqual([2, ['not-tls']]);
    const notHttp = await seen(['--http', 'www.example.com', '--connect-to', `127.0.0.1:${edge.port}`]);
    expect([notHttp.exitCode, notHttp.facts.kind]).toEqual([2, 'failed']);
    expect(codesOf(notHttp)).not.toContain('unclassified');
  });
});

describe('a certificate that does not verify', () => {
  const cases: readonly (readonly [string, () => Promise<readonly Issued[]>, string])[] = [
    [
      'of another host',
      async () => [await authority.issue({ names: ['other.test'] }), authority.intermediate],
      'hostname-mismatch',
    ],
    [
      'that has expired',
      async () => [await authority.issue({ names: ['*.example.com'], days: -2 }), authority.intermediate],
      'certificate-expired',
    ],
    [
      'not yet valid',
      async () => [await authority.issue({ names: ['*.example.com'], startsInDays: 5 }), authority.intermediate],
      'certificate-not-yet-valid',
    ],
    [
      'signed by itself',
      async () => [await authority.issue({ names: ['*.example.com'], issuer: 'self' })],
      'self-signed',
    ],
  ];
  it.each(cases)('%s is a failure that is named, and nothing is asked', async (_, chain, code) => {
    const bad = await startEdge(answer, { chain: await chain() });
    const found = await seen(['www.example.com', '--connect-to', `127.0.0.1:${bad.port}`]);
    await bad.close();
    expect([found.exitCode, codesOf(found)]).toEqual([2, [code]]);
    expect(found.facts).toMatchObject({ kind: 'failed', failure: { step: 'tls' } });
    expect(found.findings[0]?.says).toContain('its certificate');
    expect(found.findings[0]?.remedy).toContain('rg-diag cert www.example.com');
    expect(bad.requests).toEqual([]);
  });

  it('of an authority that is not trusted is named; --add-ca helps', async () => {
    const args = ['www.example.com', '--connect-to', `127.0.0.1:${edge.port}`, '--json'];
    const untrusted = JSON.parse((await rgDiag(['trace', ...args])).stdout) as { reports: Report[] };
    expect(untrusted.reports.flatMap(codesOf)).toEqual(['untrusted-issuer']);
    expect((await rgDiag(['trace', '--add-ca', authority.root.file, ...args])).exit).toBe(0);
  });

  it('cannot be judged where the file of authorities cannot be read', async () => {
    const { stdout, exit } = await rgDiag(['trace', '--ca-file', '/nowhere.pem', 'www.example.com', '--json']);
    const run = JSON.parse(stdout) as { reports: Report[] };
    expect([exit, run.reports.flatMap(codesOf)]).toEqual([3, ['file-not-found']]);
  });
});

describe('formats', () => {
  const at = () => ['www.example.com', '--connect-to', `127.0.0.1:${edge.port}`];

  it('text names the data centre, and what every key means', async () => {
    const { stdout, exit } = await ask([...at(), '-v']);
    expect(exit).toBe(0);
    for (const words of ['Taipei', `${rayId}-TPE`, 'X25519MLKEM768', 'first byte', 'TLSv1.3'])
      expect(stdout).toContain(words);
  });

  it('nagios has the times', async () => {
    const { stdout, exit } = await ask([...at(), '-f', 'nagios', '-w', '20', '-c', '25']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^RG-DIAG TRACE OK - .*TPE \(Taipei[^|]*\|.*total=\d+\.\d+s;20;25/);
  });

  it('prometheus has the times by phase, and the code of a failure', async () => {
    const good = await ask([...at(), '-f', 'prometheus']);
    expect(good.stdout).toMatch(/rg_diag_trace_duration_seconds\{[^}]*phase="first_byte"[^}]*\} /);
    expect(good.stdout).toMatch(/rg_diag_trace_http_status\{[^}]*\} 200\n/);
    const bad = await ask(['challenge.example.com', '--connect-to', `127.0.0.1:${edge.port}`, '-f', 'prometheus']);
    expect(bad.stdout).toContain('code="challenge"');
  });

  it('ndjson is valid for several targets', async () => {
    const { stdout, exit } = await ask([...at(), 'portal.example.com', '-f', 'ndjson']);
    expect(exit).toBe(2);
    expect(validateLines(stdout)).toEqual([]);
  });

  it('a ticket has the raw lines and the ray id', async () => {
    const { stdout } = await ask([...at(), '--ticket']);
    const ticket = stdout.slice(stdout.indexOf('support ticket'));
    expect(ticket).toMatch(/Time \(UTC\): {2}\d{4}-/);
    expect(ticket).toMatch(new RegExp(`CF-RAY: +${rayId}-TPE`));
    for (const key of keys) expect(ticket).toContain(`${key}=`);
  });

  it.each(['hostile', 'hostile-page'])('none of them prints raw what a %s peer says', async (name) => {
    for (const format of ['text', 'json', 'ndjson', 'nagios', 'prometheus']) {
      const { stdout } = await ask([
        `${name}.example.com`,
        '--connect-to',
        `127.0.0.1:${edge.port}`,
        '-v',
        '-f',
        format,
        ...(format === 'prometheus' ? [] : ['--ticket']),
      ]);
      expect(stdout.length).toBeGreaterThan(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stdout, format).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });
});

describe('what cannot be asked', () => {
  it.each([
    [[], 'no HOST given'],
    [['--expect', 'colo', 'www.example.com'], "'colo' is not KEY=VALUE"],
    [['--expect', '=AMS', 'www.example.com'], "'=AMS' is not KEY=VALUE"],
    [['-w', '2', '-c', '1', 'www.example.com'], '--warning 2 is more than --critical 1'],
    [['--http', 'https://www.example.com/'], 'a URL of HTTPS'],
    [['https://user:pw@www.example.com/'], 'user name or password'],
    [['ftp://www.example.com/'], 'is a URL'],
    [['unix:/run/x.sock'], 'needs a host'],
    [['exa mple'], 'is not a host name'],
  ])('%j', async (args, words) => {
    const { exit, stderr, stdout } = await rgDiag(['trace', ...args]);
    expect([exit, stdout]).toEqual([64, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('pw@');
  });

  it('in a line of --targets is said, and the others are asked', async () => {
    const input = '# hosts\nwww.example.com\n\nft p\nhttp://origin.example.com/\n';
    const { reports, exitCode } = await seen(['--targets', '-', '--connect-to', '127.0.0.1:1'], { input });
    expect(exitCode).toBe(2);
    expect(reports.map(({ target }) => target).sort()).toEqual([
      'ft p',
      'origin.example.com:80 (127.0.0.1)',
      'www.example.com:443 (127.0.0.1)',
    ]);
  });
});
