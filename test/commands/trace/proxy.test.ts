import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TraceFacts } from '../../../src/commands/trace/facts.js';
import { type RunOptions, rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { type Authority, createAuthority } from '../../servers/authority.js';
import { type Answer, type Edge, http, startEdge } from '../../servers/edge.js';

const trace = http('200 OK', { Server: 'cloudflare', 'CF-RAY': '230b030023ae2822-AMS' }, 'fl=1f2\ncolo=AMS\n');
const credentials = 'someone:hidden-word';
const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;

let authority: Authority;
let edge: Edge;
/** Connects whoever knows the password with the edge, whatever host is asked for; answers plain requests itself. */
let proxy: Edge;
let tlsProxy: Edge;

const connecting = (head: string): Answer => {
  if (!head.toLowerCase().includes(`proxy-authorization: ${authorization.toLowerCase()}`)) {
    return http('407 Proxy Authentication Required', { 'Proxy-Authenticate': 'Basic realm="x"' });
  }
  if (head.startsWith('GET ')) return trace;
  return (socket) => {
    const upstream = connect(edge.port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  };
};

beforeAll(async () => {
  authority = await createAuthority();
  const chain = [
    await authority.issue({ names: ['www.example.com', 'localhost'], ips: ['127.0.0.1'] }),
    authority.intermediate,
  ];
  edge = await startEdge(() => trace, { chain });
  proxy = await startEdge(connecting);
  tlsProxy = await startEdge(connecting, { chain });
});
afterAll(async () => {
  await Promise.all([edge, proxy, tlsProxy].map((server) => server?.close()));
  authority?.close();
});

async function seen(args: readonly string[], env: RunOptions['env'] = {}) {
  const words = ['trace', '--ca-file', authority.root.file, '--json', '--ticket', '-v', ...args];
  const { stdout, stderr, exit } = await rgDiag(words, { env });
  expect(stdout + stderr).not.toContain('hidden-word');
  expect(stdout + stderr).not.toContain(authorization);
  const run = JSON.parse(stdout) as {
    reports: { target: string; facts: TraceFacts; findings: { code?: string; says: string }[] }[];
  };
  expect(validateRun(run)).toEqual([]);
  const codes = run.reports.flatMap(({ findings }) => findings.flatMap(({ code }) => code ?? []));
  return { exit, codes, reports: run.reports, facts: run.reports[0]?.facts };
}

const through = (port: number, scheme = 'http', host = '127.0.0.1') => `${scheme}://${credentials}@${host}:${port}`;

it('connects to what it is asked for: one report, which names the proxy and no address', async () => {
  const before = proxy.requests.length;
  const { exit, facts, reports } = await seen(['www.example.com'], { HTTPS_PROXY: through(proxy.port) });
  expect(exit).toBe(0);
  expect(reports.map(({ target }) => target)).toEqual(['www.example.com:443']);
  expect(facts).toMatchObject({ kind: 'trace', proxy: `http://127.0.0.1:${proxy.port}`, tls: { protocol: 'TLSv1.3' } });
  expect(facts).not.toHaveProperty('address');
  expect(facts && 'phases' in facts && Object.keys(facts.phases)).toEqual([
    'resolve',
    'connect',
    'proxy',
    'tls',
    'firstByte',
    'total',
  ]);
  expect(proxy.requests.slice(before)).toMatchObject([
    expect.stringMatching(/^CONNECT www\.example\.com:443 HTTP\/1\.1\r\n/),
  ]);
  // The password is for the proxy alone.
  expect(edge.requests.at(-1)?.toLowerCase()).not.toContain('proxy-authorization');
});

it('may itself be spoken to over TLS, by its name', async () => {
  const { exit, facts } = await seen(['www.example.com'], {
    https_proxy: through(tlsProxy.port, 'https', 'localhost'),
  });
  expect([exit, facts?.kind]).toEqual([0, 'trace']);
});

it('is asked for a whole URL without TLS', async () => {
  const { exit } = await seen(['--http', 'www.example.com'], { HTTP_PROXY: through(proxy.port) });
  expect(exit).toBe(0);
  expect(proxy.requests.at(-1)).toMatch(/^GET http:\/\/www\.example\.com\/cdn-cgi\/trace HTTP\/1\.1\r\n/);
});

it('is asked to connect where --connect-to says', async () => {
  const args = ['www.example.com', '--connect-to', '203.0.113.7:8443'];
  expect((await seen(args, { HTTPS_PROXY: through(proxy.port) })).exit).toBe(0);
  expect(proxy.requests.at(-1)).toMatch(/^CONNECT 203\.0\.113\.7:8443 /);
});

it('is left out for what NO_PROXY names, and for another scheme', async () => {
  const before = proxy.requests.length;
  const args = ['www.example.com', '--connect-to', `127.0.0.1:${edge.port}`];
  const env = { HTTPS_PROXY: through(proxy.port), NO_PROXY: 'other.test,.example.com' };
  expect(await seen(args, env)).toMatchObject({ exit: 0, facts: { address: '127.0.0.1' } });
  expect(await seen(args, { HTTP_PROXY: through(proxy.port) })).toMatchObject({
    exit: 0,
    facts: { address: '127.0.0.1' },
  });
  expect(proxy.requests.length).toBe(before);
});

it.each([
  ['over TLS', ['www.example.com'], 'HTTPS_PROXY'],
  ['over plain HTTP', ['--http', 'www.example.com'], 'HTTP_PROXY'],
])('that refuses is a failure of its own, %s', async (_, args, name) => {
  const { exit, codes, facts } = await seen(args, { [name]: `http://127.0.0.1:${proxy.port}` });
  expect([exit, codes, facts?.kind]).toEqual([2, ['proxy-refused'], 'failed']);
  expect(facts).toMatchObject({ failure: { blame: 'path' } });
});

it.each([
  ['502 Bad Gateway', { 'Proxy-Status': 'origin.example, proxy.example; error=connection_refused' }],
  ['403 Forbidden', { Server: 'squid/5.7', 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' }],
])('that says that %s is its own answer, does not say it of the host', async (status, headers) => {
  const own = await startEdge(() => http(status, headers, '<html>'));
  const { exit, codes, facts } = await seen(['--http', 'www.example.com'], { HTTP_PROXY: through(own.port) });
  await own.close();
  expect([exit, codes]).toEqual([2, ['proxy-refused']]);
  expect(facts).toMatchObject({
    kind: 'failed',
    http: { status: Number(status.slice(0, 3)) },
    failure: { blame: 'path', detail: expect.stringContaining(`the proxy answered ${status.slice(0, 3)}`) },
  });
});

it.each([
  ['403 Forbidden', {}, true],
  ['502 Bad Gateway', { 'Proxy-Status': 'cdn.example; error=dns_error, proxy.example' }, true],
  ['404 Not Found', { Server: 'nginx' }, true],
  ['200 OK', { Server: 'nginx' }, false],
])('that answers %s with %j may have been the one to answer: %s', async (status, headers, may) => {
  const own = await startEdge(() => http(status, headers, '<html>'));
  const { codes, reports } = await seen(['--http', 'www.example.com'], { HTTP_PROXY: through(own.port) });
  await own.close();
  expect(codes).toEqual(['not-proxied']);
  expect(reports[0]?.findings[0]?.says.includes('may be an answer of the proxy')).toBe(may);
});

it('that stands behind Cloudflare’s own error is not blamed', async () => {
  const headers = { Server: 'cloudflare', 'CF-RAY': '230b030023ae2822-AMS', 'Proxy-Status': 'x; error=http_error' };
  const own = await startEdge(() => http('522 ', headers, '{"cloudflare_error":true,"error_code":522}'));
  const { codes } = await seen(['--http', 'www.example.com'], { HTTP_PROXY: through(own.port) });
  await own.close();
  expect(codes).toEqual(['cloudflare-error']);
});

it('that is not there, or no HTTP proxy, is a failure that names it', async () => {
  const gone = await startEdge(() => '');
  await gone.close();
  const refused = await seen(['www.example.com'], { HTTPS_PROXY: through(gone.port) });
  expect([refused.exit, refused.codes]).toEqual([2, ['connection-refused']]);
  expect(refused.facts).toMatchObject({ proxy: `http://127.0.0.1:${gone.port}` });
  const garbage = await startEdge(() => 'SSH-2.0-OpenSSH_9.2\r\n');
  const unknown = await seen(['www.example.com'], { HTTPS_PROXY: through(garbage.port) });
  await garbage.close();
  expect([unknown.exit, unknown.codes]).toEqual([2, ['malformed-response']]);
  const nowhere = await seen(['www.example.com', '--resolver', `127.0.0.1:${gone.port}`], {
    HTTPS_PROXY: through(3128, 'http', 'proxy.invalid'),
  });
  expect([nowhere.exit, nowhere.facts?.kind]).toEqual([2, 'failed']);
});

it('that the variable does not name is unknown, and the value is not shown', async () => {
  const { exit, codes } = await seen(['www.example.com'], {
    HTTPS_PROXY: 'socks5://someone:hidden-word@127.0.0.1:1080',
  });
  expect([exit, codes]).toEqual([3, ['invalid-proxy']]);
});

it('that is silent ends with the run', async () => {
  const silent = await startEdge(() => () => undefined);
  const begun = performance.now();
  const { exit, codes } = await seen(['www.example.com', '--timeout', '1'], { HTTPS_PROXY: through(silent.port) });
  expect(performance.now() - begun).toBeLessThan(1500);
  await silent.close();
  expect([exit, codes]).toEqual([2, ['timeout']]);
});
