import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseText } from '../../../src/decoders/explained-text.js';
import { listedCodes } from '../../../src/decoders/spelled-code.js';
import { explained } from './explained.js';

const codes = [...listedCodes()].sort((a, b) => a - b);

/** What the text is first of all, in a word. */
function first(text: string): string | undefined {
  const [reading] = recogniseText(text).readings;
  if (reading === undefined) return undefined;
  switch (reading.kind) {
    case 'edge-error':
      return String(reading.code);
    case 'http-status':
    case 'access-log':
      return `${reading.kind} ${reading.status}`;
    case 'cache-status':
      return reading.value;
    case 'railgun':
      return `${reading.form}${reading.reason === undefined ? '' : ` ${reading.reason}`}`;
    case 'railgun-version':
      return reading.kind;
    case 'header':
      return reading.name;
    case 'disputed':
      return reading.subject;
    default:
      return `${reading.kind} ${reading.id}`;
  }
}

describe('every listed code', () => {
  it('is one of the published ones', () => {
    expect(codes.filter((code) => code < 1000)).toEqual([
      ...[500, 501, 502, 503, 504],
      ...[520, 521, 522, 523, 524, 525, 526, 527, 530],
    ]);
    // Those with a page, and those of which only the category or the time is known.
    expect(codes.filter((code) => code >= 1000)).toHaveLength(34 + 25);
  });

  it.each([
    (code: number) => String(code),
    (code: number) => ` ${code}\n`,
    (code: number) => `error ${code}`,
    (code: number) => `Error ${code}`,
    (code: number) => `ERROR CODE: ${code}`,
    (code: number) => `Error code ${code}`,
    (code: number) => `error code: ${code}`,
    (code: number) => `Cloudflare ${code}`,
    (code: number) => `Cloudflare error ${code}`,
    (code: number) => `HTTP ${code}`,
    (code: number) => `status ${code}`,
    (code: number) => `status: ${code}`,
    (code: number) => `status code ${code}`,
    (code: number) => `${code} error`,
    (code: number) => `a ${code} error since noon`,
    (code: number) => `cf-error-type: ${code}`,
    (code: number) => `CF-Error-Type: ${code}`,
    (code: number) => `"error_code": ${code},`,
    (code: number) => `(error ${code})`,
    (code: number) => `“Error ${code}”`,
    (code: number) => `Error ${code} Ray ID: 9d1f2c3b4a5e6f70 • 2026-11-20 12:00:00 UTC`,
    (code: number) => `{"cloudflare_error":true,"error_code":${code}}`,
    (code: number) => `---\nerror_code: ${code}\ncloudflare_error: true\n---\n# Error ${code}: x\n`,
    (code: number) =>
      `<html><title>x</title><body class="cf-error-details">Error <span>x</span> Error code: ${code}</body>`,
  ])('is found as %s', (spell) => {
    expect(codes.filter((code) => first(spell(code)) !== String(code))).toEqual([]);
  });

  it.each([
    (code: number) => `HTTP/1.1 ${code} Something`,
    (code: number) => `HTTP/2 ${code}`,
    (code: number) => `< HTTP/2 ${code} `,
    (code: number) => `example.com | ${code}: Connection timed out`,
    (code: number) => `:status: ${code}`,
  ])('that is a status is found as %s', (spell) => {
    expect(codes.filter((code) => code < 600 && first(spell(code)) !== String(code))).toEqual([]);
  });
});

describe('text', () => {
  it.each([
    ['HIT', 'HIT'],
    ['miss', 'MISS'],
    ['CF-Cache-Status: MISS', 'MISS'],
    ['cf-cache-status: dynamic', 'DYNAMIC'],
    ['"cf-cache-status": "BYPASS",', 'BYPASS'],
    ['151df128a1 2.05 0.009465 0031 5360', 'compressed'],
    ['Cf-Railgun: 151df128a1 stream 0.009465 0031 5360', 'stream'],
    ['direct (starting new WAN connection)', 'direct starting new WAN connection'],
    ['Internal Channel Failure', 'direct internal channel failure'],
    ['0031', 'flags'],
    ['30', 'flags'],
    ['0x31', 'flags'],
    ['flags 1000', 'flags'],
    ['5360', 'flags'],
    ['151df128a1', 'railgun-id 151df128a1'],
    ['230b030023ae2822-SJC', 'ray 230b030023ae2822'],
    ['478149ad1570291', 'ray 478149ad1570291'],
    ['CF-RAY: 2848f5c229e802d9-AMS', 'ray 2848f5c229e802d9'],
    ['memcached: connection failed', 'listener-line memcached-failed'],
    ['HTTP/1.1 502 Bad Gateway', '502'],
    [
      'connection failed 127.0.0.1:443/www.example.com: x509: certificate is valid for\nexample.com, not www.example.com',
      'listener-line wrong-host',
    ],
    ['connection failed 127.0.0.1:443/www.example.com: EOF\nand so on', 'listener-line connection-failed-otherwise'],
    ['connection failed 127.0.0.1:443/a.example:\nEOF', 'listener-line connection-failed-otherwise'],
    ['Web server is down', '521'],
    ['connection_timeout', '522'],
    ['rate_limited', '1015'],
    ['429', 'http-status 429'],
    ['HTTP/1.1 409 Conflict', 'http-status 409'],
    ['cf-mitigated: challenge', 'cf-mitigated'],
    ['Stream', 'stream'],
    ['Validate.Cert = 0', 'validate.cert'],
    ['sigusr2', 'SIGUSR2'],
    ['Server: cloudflare-nginx', 'Server'],
    ['server: cloudflare', 'Server'],
    ['curl: (52) Empty reply from server', 'symptom curl-52'],
    ['curl: (7) Failed to connect to example.com port 443 after 3 ms: Connection refused', 'symptom curl-7'],
    ['curl: (7) Failed to connect to example.com port 443: No route to host', 'symptom curl-7-no-route'],
    [
      'curl: (28) Failed to connect to example.com port 443 after 130000 ms: Connection timed out',
      'symptom curl-28-connect',
    ],
    ['curl: (28) Operation timed out after 30001 milliseconds with 0 bytes received', 'symptom curl-28'],
    ['curl: (35) error:0A000410:SSL routines::sslv3 alert handshake failure', 'symptom curl-35'],
    ['curl: (60) SSL certificate problem: self-signed certificate', 'symptom curl-60'],
    ['curl: (6) Could not resolve host: example.com', 'symptom curl-6'],
    ['curl: (47) Maximum (50) redirects followed', 'symptom curl-47'],
    ['curl exit code 52', 'symptom curl-52'],
    ['curl exited with status 28', 'symptom curl-28'],
    ['ERR_TOO_MANY_REDIRECTS', 'symptom browser-redirects'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'symptom browser-authority'],
    ['connect ECONNREFUSED 192.0.2.7:443', 'symptom system-refused'],
    ['connect EHOSTUNREACH 192.0.2.7:443', 'symptom system-unreachable'],
    [
      '2026/11/21 05:00:00 [error] 12#12: *7 upstream prematurely closed connection while reading response header from upstream, client: 203.0.113.9',
      'symptom nginx-closed-before-header',
    ],
    [
      '*7 upstream timed out (110: Connection timed out) while connecting to upstream, client: 203.0.113.9',
      'symptom nginx-connect-timeout',
    ],
    [
      '*7 upstream timed out (110: Connection timed out) while reading response header from upstream',
      'symptom nginx-read-timeout',
    ],
    ['*7 connect() failed (111: Connection refused) while connecting to upstream', 'symptom nginx-refused'],
    ['*7 connect() failed (113: No route to host) while connecting to upstream', 'symptom nginx-connect-failed'],
    ['*7 no live upstreams while connecting to upstream', 'symptom nginx-no-live'],
    [
      '*7 SSL_do_handshake() failed (SSL: error:1) while SSL handshaking to upstream',
      'symptom nginx-upstream-handshake',
    ],
    [
      '*7 SSL_do_handshake() failed (SSL: error:1) while SSL handshaking, client: 172.64.0.1',
      'symptom nginx-client-handshake',
    ],
    ['203.0.113.9 - - [21/Nov/2026:07:00:00 +0000] "GET /a?b=c HTTP/1.1" 502 157 "-" "curl/8"', 'access-log 502'],
    ['203.0.113.9 - frank [10/Oct/2000:13:55:36 -0700] "POST /x HTTP/1.0" 500 -', 'access-log 500'],
  ])('%s is %s', (text, wanted) => {
    expect(first(text)).toBe(wanted);
    expect(recogniseText(text).unlisted).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    'hello',
    'What is the matter?',
    '203.0.113.9 - - [21/Nov/2026:07:00:00 +0000] "GET /522 HTTP/1.1" 200 522 "-" "error 5"',
    '12345678',
    'abc',
    'add',
    '\u0000',
    'port 443',
    'HTTP 200',
    'HTTP/1.1 200 OK',
    '10.0.0.522',
  ])('%j is nothing that is known', (text) => {
    expect(recogniseText(text).readings).toEqual([]);
  });

  it.each([
    ['529', 529],
    ['error 529', 529],
    ['HTTP/1.1 599 x', 599],
    ['1999', 1999],
    ['Error 1024', 1024],
    ['404', 404],
  ])('%s is a code that is not listed', (text, code) => {
    expect(recogniseText(text).unlisted).toBe(code);
  });

  it.each([
    ['1000', ['edge-error', 'railgun', 'railgun-version']],
    ['error 1000', ['edge-error']],
    ['522', ['edge-error']],
    ['0031', ['railgun', 'railgun-version']],
    ['30', ['railgun']],
    ['1020', ['edge-error', 'railgun', 'railgun-version']],
    ['Error 522 Ray ID: 9d1f2c3b4a5e6f70', ['edge-error', 'ray']],
    ['{"cloudflare_error":true,"error_code":522,"ray_id":"9d1f2c3b4a5e6f70"}', ['edge-error', 'ray']],
  ])('%s is read as %j', (text, kinds) => {
    expect(recogniseText(text).readings.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('that is the output of curl -i is all that is in it', () => {
    const text = [
      'HTTP/2 530 ',
      'date: Sat, 21 Nov 2026 07:00:00 GMT',
      'cf-error-type: 1016',
      'retry-after: 60',
      'server: cloudflare',
      'cf-ray: 9d1f2c3b4a5e6f70-AMS',
      'cf-cache-status: DYNAMIC',
      '',
      'error code: 1016',
    ].join('\r\n');
    expect(recogniseText(text).readings.map(({ kind }) => kind)).toEqual([
      // 530 only wraps the code in the body.
      ...['edge-error', 'header', 'header', 'ray', 'cache-status'],
    ]);
    expect(first(text)).toBe('1016');
  });
});

describe('hostile text', () => {
  const pieces = [
    'error ',
    '5',
    '"GET /',
    'curl: (',
    'upstream timed out',
    ' ',
    '\t',
    '\n',
    '<html cf-error-',
    '{',
    '---\n',
    'a:',
    '\u0000',
    '\u001b[31m',
    'Ray ID: ',
    'direct (',
    '”',
    '0x',
  ];

  it.each(pieces)('costs nothing worth mentioning for 10 MB of %j', (piece) => {
    const started = performance.now();
    const { readings } = recogniseText(piece.repeat(10e6 / piece.length));
    expect(readings.length).toBeLessThanOrEqual(12);
    expect(JSON.stringify(readings).length).toBeLessThan(20_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('never ends in an error, and what is found is always explained', () => {
    const words = [
      ...pieces,
      '522',
      'error 1016',
      'HIT',
      '0031',
      'direct (internal error)',
      'HTTP/2 530 ',
      '\r\n',
      ': ',
      'cf-ray',
      '9d1f2c3b4a5e6f70-AMS',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 9 })))
      .map((list) => list.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const { readings, findings } = explained(given);
        expect(findings.filter(({ status }) => status === 'broken')).toEqual([]);
        expect(readings.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('is cut in what is kept of it', () => {
    const text = `curl: (52) ${'\u001b[31m'.repeat(100_000)}`;
    expect(JSON.stringify(recogniseText(text)).length).toBeLessThan(20_000);
  });
});
