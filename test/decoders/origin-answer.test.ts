import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResponseReader } from '../../src/decoders/http-response.js';
import {
  type AnswerSeen,
  cloudflareErrorIn,
  compressedBody,
  type OriginRequestView,
  originAnswerFailure,
  shownHeaders,
} from '../../src/decoders/origin-answer.js';
import { headersOfAnswerer } from '../../src/decoders/shown-headers.js';

const strict: OriginRequestView = { scheme: 'https', mode: 'strict', host: 'www.example.com', visitorScheme: 'https' };
const flexible: OriginRequestView = { ...strict, scheme: 'http', mode: 'flexible' };

interface Sent {
  readonly status?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  readonly method?: string;
  readonly headerLimit?: number;
  readonly open?: boolean;
}

/** What a reader makes of an answer that an origin sends before it closes. */
function seenOf({
  status = '200 OK',
  headers = ['A: b'],
  body = '',
  method = 'GET',
  headerLimit,
  open,
}: Sent): AnswerSeen {
  const reader = createResponseReader({ method, headerLimit: headerLimit ?? 16_384 });
  reader.push(Buffer.from([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n'), 'latin1'));
  reader.push(typeof body === 'string' ? Buffer.from(body) : body);
  if (open !== true) reader.end();
  const response = reader.response();
  const { problem } = reader;
  return { ...(response !== undefined && { response }), ...(problem !== undefined && { problem }) };
}

function responseOf(sent: Sent) {
  const { response } = seenOf(sent);
  if (response === undefined) throw new Error('no answer');
  return response;
}

const ray = 'CF-RAY: 230b030023ae2822-SJC';
const json = '{"cloudflare_error":true,"error_code":522,"status":522}';
const page =
  '<!DOCTYPE html><title>example.com | 521: Web server is down</title><span class="cf-error-code">521</span>';
const gzipped = gzipSync('hello '.repeat(100));
const ofLength = (length: number, ...headers: readonly string[]) => [`Content-Length: ${length}`, ...headers];

describe('an answer', () => {
  it.each<[what: string, sent: Sent, code: string, detail: string]>([
    ['of Cloudflare', { headers: ['Server: cloudflare', ray] }, 'not-the-origin', 'Server: cloudflare, CF-RAY: 230b'],
    [
      "with Cloudflare's error",
      { status: '522 ', headers: ['server: Cloudflare-nginx', ray], body: json },
      'not-the-origin',
      'Server: Cloudflare-nginx, CF-RAY: 230b030023ae2822-SJC',
    ],
    [
      "with Cloudflare's page and a ray",
      { status: '521 ', headers: ['Server: x', ray], body: page },
      'not-the-origin',
      "CF-RAY: 230b030023ae2822-SJC, with Cloudflare's error 521",
    ],
    [
      "with Cloudflare's page and its server",
      { status: '403 Forbidden', headers: ['Server: cloudflare'], body: 'error code: 1020' },
      'not-the-origin',
      "Server: cloudflare, with Cloudflare's error 1020",
    ],
    ['with status 502', { status: '502 Bad Gateway' }, 'origin-error', '502 Bad Gateway'],
    ['with status 500', { status: '500 ' }, 'origin-error', '500'],
    ['with status 599', { status: `599 ${'x'.repeat(99)}` }, 'origin-error', `599 ${'x'.repeat(59)}…`],
    ['with status 503 and half a body', { status: '503 x', headers: ofLength(9), body: 'a' }, 'origin-error', '503 x'],
    ["with somebody else's page", { status: '500 x', body: page }, 'origin-error', '500 x'],
    [
      'with a ray that is none',
      { status: '500 x', headers: ['Server: cloudflare', 'CF-RAY: x'] },
      'origin-error',
      '500 x',
    ],
    ['with status 500 and a broken head', { status: '500 x', headers: ['A b'] }, 'malformed-response', 'no colon'],
    [
      'with status 500 and too long a head',
      { status: '500 x', headers: [`A: ${'x'.repeat(99)}`], headerLimit: 64 },
      'answer-too-long',
      'status line and headers may have 64 bytes together',
    ],
    ['with half a body', { headers: ofLength(9), body: 'a' }, 'incomplete-answer', 'after 1 of 9 bytes'],
    [
      'compressed, with half a body',
      { headers: ofLength(gzipped.length + 9, 'Content-Encoding: gzip'), body: gzipped },
      'broken-compression',
      `Content-Length is ${gzipped.length + 9} with Content-Encoding: gzip, but only ${gzipped.length} bytes came`,
    ],
    [
      'compressed, with more than its body',
      { headers: ofLength(gzipped.length - 9, 'content-encoding: GZIP'), body: gzipped },
      'broken-compression',
      'with Content-Encoding: gzip, but 9 bytes more came',
    ],
    [
      'said to be compressed',
      { headers: ['Content-Encoding: gzip'], body: '<html>' },
      'broken-compression',
      'Content-Encoding: gzip, but the body is not gzip: it begins with 3c 68 74 6d',
    ],
    [
      'said to be compressed twice over',
      { headers: ofLength(1, 'Content-Encoding: identity', 'Content-Encoding: x-gzip'), body: 'x' },
      'broken-compression',
      'it begins with 78',
    ],
    [
      'compressed in chunks, cut off',
      { headers: ['Transfer-Encoding: chunked', 'Content-Encoding: br'], body: '9\r\nabc' },
      'incomplete-answer',
      'before the end of a chunk',
    ],
  ])('%s is %s', (_, sent, code, detail) => {
    const failure = { code, step: 'exchange', blame: 'target', detail: expect.stringContaining(detail) };
    expect(originAnswerFailure(seenOf(sent), strict)).toEqual(failure);
  });

  it.each<[what: string, sent: Sent]>([
    ['that is healthy', { headers: ofLength(2), body: 'ab' }],
    ['with more than its body', { headers: ofLength(2), body: 'abc' }],
    ['of an error of the visitor', { status: '499 x' }],
    ['behind a proxy that is Cloudflare to somebody', { headers: ['Server: nginx', ray] }],
    ['of a server of that name', { headers: ['Server: cloudflare'], body: 'hello' }],
    ['that speaks of Cloudflare', { headers: ['Server: nginx'], body: json }],
    ['compressed', { headers: ['Content-Encoding: gzip'], body: gzipped }],
    ['compressed, not ended yet', { headers: ['Content-Encoding: gzip'], body: gzipped.subarray(0, 2), open: true }],
    ['compressed, of nothing', { headers: ofLength(0, 'Content-Encoding: gzip') }],
    ['to HEAD', { headers: ofLength(9, 'Content-Encoding: gzip'), method: 'HEAD' }],
    ['with a part of what is compressed', { status: '206 x', headers: ['Content-Encoding: gzip'], body: 'x' }],
    ['compressed by two means', { headers: ['Content-Encoding: gzip, br'], body: 'x' }],
    ['compressed by other means', { headers: ['Content-Encoding: zstd'], body: 'x' }],
  ])('%s is none', (_, sent) => {
    expect(originAnswerFailure(seenOf(sent), strict)).toBeUndefined();
  });

  it('that did not come has its own failure', () => {
    const problem = { code: 'timeout', step: 'exchange', blame: 'target', detail: 'no answer within 1 s' } as const;
    expect(originAnswerFailure({ problem }, strict)).toBe(problem);
    expect(originAnswerFailure({}, strict)).toBeUndefined();
    const { response } = seenOf({ open: true });
    expect(originAnswerFailure({ ...(response !== undefined && { response }), problem }, strict)).toBe(problem);
  });

  it('that cannot be inflated is broken', () => {
    const seen = seenOf({ headers: ['Content-Encoding: br'], body: 'x' });
    expect(originAnswerFailure({ ...seen, compressionProblem: 'unexpected end of file' }, strict)).toMatchObject({
      code: 'broken-compression',
      detail: 'Content-Encoding: br: unexpected end of file',
    });
    expect(originAnswerFailure({ ...seenOf({}), compressionProblem: 'x' }, strict)).toBeUndefined();
  });
});

describe('under Flexible', () => {
  const to = (location: string, status = '301 Moved Permanently') => ({ status, headers: [`Location: ${location}`] });

  it.each<[location: string, view?: Partial<OriginRequestView>, status?: string]>([
    ['https://www.example.com/'],
    ['https://www.example.com'],
    ['HTTPS://WWW.Example.COM.:443/a/b?c=d#e'],
    ['https://www.example.com:/'],
    ['https://www.example.com?x'],
    ['https://user:secret@www.example.com/login'],
    ['https://www.example.com/', { host: 'WWW.EXAMPLE.COM.' }],
    ['https://www.example.com/', { visitorScheme: 'http' }],
    ['https://www.example.com/a?b', { path: '/a?c' }],
    ['https://www.example.com', { path: '/' }],
    ['https://www.example.com/', {}, '308 Permanent Redirect'],
    ['https://www.example.com/', {}, '302'],
    ['https://www.example.com/', {}, '303 x'],
    ['https://www.example.com/', {}, '307 x'],
  ])('%s is a loop (%j, %s)', (location, view, status) => {
    const failure = originAnswerFailure(seenOf(to(location, status)), { ...flexible, ...view });
    expect(failure).toMatchObject({ code: 'redirect-loop', blame: 'target' });
    expect(failure?.detail).toMatch(/^asked over http, answered 30\d with Location: https:\/\/www\.example\.com/i);
    expect(failure?.detail).not.toMatch(/secret|[?#]/);
  });

  it.each<[location: string, view?: Partial<OriginRequestView>, status?: string]>([
    ['/login'],
    ['//www.example.com/'],
    ['http://www.example.com/'],
    ['https://example.com/'],
    ['https://www.example.com.evil.example/'],
    ['https://www.example.com@evil.example/'],
    ['https://www.example.com:8443/'],
    ['https://www.example.com:4430/'],
    [''],
    ['https:///'],
    ['https://www.example.com/login', { path: '/' }],
    ['https://www.example.com/', { mode: 'full', scheme: 'https' }],
    ['https://www.example.com/', { mode: 'off' }],
    ['https://www.example.com/', {}, '300 Multiple Choices'],
    ['https://www.example.com/', {}, '304 Not Modified'],
    ['https://www.example.com/', {}, '201 Created'],
  ])('%s is none (%j, %s)', (location, view, status) => {
    expect(originAnswerFailure(seenOf(to(location, status)), { ...flexible, ...view })).toBeUndefined();
  });

  it.each<[location: string, view: Partial<OriginRequestView>, cookie?: string]>([
    ['https://www.example.com/a?b', { path: '/a?b' }],
    ['/a?b', { path: '/a?b' }],
    ['https://www.example.com:8443/a', { path: '/a', port: 8443 }],
    ['http://www.example.com/a', { path: '/a', port: 80, visitorScheme: 'http', scheme: 'http', mode: 'full' }],
  ])('%s is a loop where it is what the visitor asked for, under any mode', (location, view) => {
    const asked: OriginRequestView = { ...strict, ...view };
    expect(originAnswerFailure(seenOf(to(location)), asked)).toMatchObject({ code: 'redirect-loop' });
    // The next request has the cookie, and may be let through.
    const { status } = to(location);
    const headers = [`Location: ${location}`, 'Set-Cookie: seen=1'];
    expect(originAnswerFailure(seenOf({ status, headers }), asked)).toBeUndefined();
  });

  it.each<[location: string, view: Partial<OriginRequestView>]>([
    ['https://www.example.com/a?c', { path: '/a?b' }],
    ['https://www.example.com/a', { path: '/a?b' }],
    ['https://www.example.com/a', { path: '/a', visitorScheme: 'http', scheme: 'http', mode: 'full' }],
    ['http://www.example.com/a', { path: '/a' }],
    // Without a port it is the usual one, and not that of the page.
    ['https://www.example.com/a', { path: '/a', port: 8443 }],
    ['https://www.example.com:443/a', { path: '/a', port: 28_443 }],
    ['http://www.example.com/a', { path: '/a', port: 8080, visitorScheme: 'http', scheme: 'http', mode: 'full' }],
  ])('%s leads on where something else was asked for (%j)', (location, view) => {
    expect(originAnswerFailure(seenOf(to(location)), { ...strict, ...view })).toBeUndefined();
  });

  it('nothing is redirected without a Location', () => {
    expect(originAnswerFailure(seenOf({ status: '301 x' }), flexible)).toBeUndefined();
  });
});

describe('a compressed body', () => {
  const encoded = ['Content-Encoding: gzip'];

  it('is handed out as it came', () => {
    const whole = responseOf({ headers: encoded, body: gzipped });
    expect(compressedBody(whole)).toEqual({ coding: 'gzip', bytes: Uint8Array.from(gzipped), whole: true });
    const br = brotliCompressSync('hello');
    expect(compressedBody(responseOf({ headers: ['Content-Encoding: br'], body: br }))?.coding).toBe('br');
    const short = responseOf({ headers: ofLength(9999, ...encoded), body: gzipped, open: true });
    expect(compressedBody(short)).toMatchObject({ coding: 'gzip', whole: false });
  });

  it.each<[string, Sent]>([
    ['not compressed', { body: 'a' }],
    ['empty', { headers: encoded }],
    ['not ended', { headers: encoded, body: gzipped, open: true }],
    ['too long to be kept', { headers: encoded, body: new Uint8Array(300_000) }],
  ])('is not, where it is %s', (_, sent) => {
    expect(compressedBody(responseOf(sent))).toBeUndefined();
  });
});

it('an error of Cloudflare is found in a body', () => {
  expect(cloudflareErrorIn(responseOf({ body: json }))).toMatchObject({ form: 'json', code: 522 });
  expect(cloudflareErrorIn(responseOf({ body: 'hello' }))).toBeUndefined();
});

describe('the headers that are shown', () => {
  const headers = [
    { name: 'Set-Cookie', value: 'a=s3cret' },
    { name: 'Location', value: 'https://user:s3cret@host.example/a?token=s3cret#s3cret' },
    { name: 'WWW-Authenticate', value: 'Negotiate s3cret' },
    { name: 'www-authenticate', value: 'Basic realm="s3cret"' },
    { name: 'Proxy-Authenticate', value: 'Digest nonce=s3cret' },
    { name: 'Cookie', value: 's3cret' },
    { name: 'Authorization', value: 's3cret' },
    { name: 'X-Secret', value: 's3cret' },
    { name: '__proto__', value: 's3cret' },
    { name: 'Via', value: '1.1 a' },
    { name: 'SERVER', value: 'nginx' },
    { name: 'via', value: '1.1 b' },
    { name: 'Connection', value: 'close' },
  ];

  it('say who answered and why, and no secret', () => {
    expect(shownHeaders(headers)).toEqual({
      server: 'nginx',
      location: 'https://host.example/a',
      via: '1.1 a, 1.1 b',
      'www-authenticate': 'Negotiate, Basic',
      'proxy-authenticate': 'Digest',
      connection: 'close',
    });
    expect(shownHeaders(headers, headersOfAnswerer)).not.toHaveProperty('connection');
    expect(shownHeaders([])).toEqual({});
  });

  it('are not longer than a reader can take in', () => {
    expect(shownHeaders([{ name: 'Server', value: 'x'.repeat(5000) }])['server']).toHaveLength(1000);
  });
});

it('any answer is judged without throwing, and nothing that stopped it is lost', () => {
  const status = fc.constantFrom('200 OK', '206 x', '301 x', '304 x', '403 x', '500 x', '522 x');
  const header = fc.constantFrom(
    ...[
      'Server: cloudflare',
      ray,
      'Content-Encoding: gzip',
      'Content-Encoding: br',
      'Location: https://www.example.com/',
    ],
    ...['Content-Length: 5', 'Transfer-Encoding: chunked', 'Connection: close', 'A b'],
  );
  const body = fc.oneof(fc.constantFrom(json, page, '5\r\nhello\r\n0\r\n\r\n', 'hello'), fc.uint8Array());
  const sent = fc.record({
    status,
    headers: fc.array(header, { maxLength: 5 }),
    body,
    method: fc.constantFrom('GET', 'HEAD'),
    open: fc.boolean(),
  });
  const view = fc.record({
    scheme: fc.constantFrom('https' as const, 'http' as const),
    mode: fc.constantFrom(
      'off' as const,
      'flexible' as const,
      'full' as const,
      'strict' as const,
      'origin-pull' as const,
    ),
    host: fc.constantFrom('www.example.com', '', '[::1]'),
    visitorScheme: fc.constantFrom('https' as const, 'http' as const),
  });
  fc.assert(
    fc.property(sent, view, (what, asked) => {
      const seen = seenOf(what);
      const failure = originAnswerFailure(seen, asked);
      if (seen.problem !== undefined) expect(failure).toBeDefined();
      if (seen.response?.framing !== undefined && seen.response.status >= 500) {
        expect(['origin-error', 'not-the-origin', 'answer-too-long']).toContain(failure?.code);
      }
      expect(failure?.detail.length ?? 0).toBeLessThan(400);
    }),
    { numRuns: 2000 },
  );
});
