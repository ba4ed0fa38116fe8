import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EvidenceKind, evidenceKindOf } from '../../src/decoders/evidence-kind.js';
import { redactEvidence } from '../../src/decoders/evidence-redacted.js';
import { secretsOfConf } from '../../src/decoders/evidence-set.js';

const kinds: readonly EvidenceKind[] = [
  'railgun-conf',
  'railgun-nat',
  'conf',
  'log',
  'text',
  'report',
  'json',
  'har',
  'html',
  'pem',
];

const samples = (folder: string, end: string) =>
  readdirSync(`test/fixtures/${folder}`)
    .filter((file) => file.endsWith(end))
    .map((file) => [file, readFileSync(`test/fixtures/${folder}/${file}`, 'utf8')] as const);

describe('what support needs stays', () => {
  it.each(samples('listener-log', '.log'))('log %s', (_, text) => {
    expect(redactEvidence('log', text)).toEqual({ text, masked: 0, secrets: new Map(), notSearched: 0 });
  });

  it.each(samples('cf-railgun', '.txt'))('Cf-Railgun %s', (_, text) => {
    for (const kind of ['log', 'text', 'html', 'report'] as const) expect(redactEvidence(kind, text).text).toBe(text);
  });

  it.each([...samples('mtr', '.txt'), ...samples('traceroute', '.txt'), ...samples('tracepath', '.txt')])(
    '%s',
    (_, text) => {
      expect(redactEvidence('text', text).text).toBe(text);
    },
  );

  it.each([
    ...samples('railgun-conf', '.conf').filter(([file]) => !/^(?:secret|every|spelling|mistake)/.test(file)),
    ...samples('railgun-nat', '.conf'),
  ])('%s', (file, text) => {
    const once = redactEvidence(file.startsWith('real-semi') ? 'railgun-conf' : 'railgun-nat', text);
    expect(once.text.split('\n').length).toBe(text.split('\n').length);
  });

  it('also what comes close to a secret', () => {
    const text = [
      'CF-RAY: 8a1b2c3d4e5f6071-AMS',
      'sha256 Fingerprint=AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89',
      'serial=0A1B2C3D4E5F60718293A4B5C6D7E8F9',
      'sha256 0f343b0931126a20f133d67c2b018a3b5f0c1b2d3e4f5061728394a5b6c7d8e9  railgun.conf.txt',
      'commit 2e889e5f0c1b2d3e4f5061728394a5b6c7d8e9f0',
      '203.0.113.7 - - [21/Nov/2026:14:45:41 +0000] "GET /a/b.html?page=2&code=522 HTTP/1.1" 522 1234 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
      'WWW-Authenticate: Basic realm="members only"',
      "Access denied for user 'cms'@'localhost' (using password: YES)",
      '2026/11/21 14:45:41 [error] 812#812: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 172.68.1.2',
      'state=ESTABLISHED code=522 key=/etc/ssl/private/www.key',
      'activation.token = YOUR_TOKEN_HERE',
      'all have the same activation token: one that does not answer',
      'Error activating: Activation Failed: Invalid or missing railgun token or tag.',
      'pin-sha256="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="',
    ].join('\n');
    expect(redactEvidence('log', text).text).toBe(text);
  });

  it('certificates, though they look like anything', () => {
    const body = Array.from(
      { length: 20 },
      (_, line) => `${'MIIDdzCCAl+gAwIBAgIEbX1'.repeat(3).slice(0, 61)}${line + 100}`,
    ).join('\n');
    const text = `-----BEGIN CERTIFICATE-----\n${body}\nabcdABCD0123abcdABCD0123abcdABXY\n-----END CERTIFICATE-----\n`;
    expect(redactEvidence('pem', text).text).toBe(text);
  });

  it('the keys of a report', () => {
    const report = JSON.stringify({
      schema: 'rg-diag/1',
      reports: [
        {
          state: 'open',
          code: 'refused',
          token: 'right',
          key: 'k',
          evidence: ['/token'],
          sha256: 'ab'.repeat(32),
          email: 'x',
        },
      ],
    });
    expect(evidenceKindOf('checks/origin.json', report)).toBe('report');
    expect(redactEvidence('report', report).text).toBe(report);
    const says = 'The password: none is asked for. The token is 32 letters and digits; activation.token = ***';
    expect(redactEvidence('report', JSON.stringify({ says })).text).toBe(JSON.stringify({ says }));
  });
});

const token = 'k3J8h2LmQ9xZ4vB7nT1wR6yD5sF0gPcA';

describe('what is secret goes', () => {
  it.each<readonly [EvidenceKind, string, string]>([
    ['railgun-conf', `activation.token = ${token};`, 'activation.token = [activation.token redacted];'],
    ['railgun-conf', `Activation.Token = "${token}"`, 'Activation.Token = "[Activation.Token redacted]"'],
    ['railgun-conf', `# activation.token=${token}`, '# activation.token=[activation.token redacted]'],
    ['railgun-conf', `activation.tokn = ${token}`, 'activation.tokn = [token redacted]'],
    ['railgun-conf', `activation.token ${token}`, 'activation.token [activation.token redacted]'],
    [
      'railgun-conf',
      'stats.url = http://a:s3cretpw@h/?key=short',
      'stats.url = http://%5Blogin%20redacted%5D@h/?key=%5Bkey%20redacted%5D',
    ],
    ['conf', 'password = "ab;cd#1" # old', 'password = "[password redacted]" # [comment redacted]'],
    ['conf', 'cache:s3cretpw', 'cache:[password redacted]'],
    ['conf', '127.0.0.1:11211', '127.0.0.1:11211'],
    ['conf', 'DB=postgres://u:p/w1@h/db', 'DB=postgres://%5Blogin%20redacted%5D@h/db'],
    ['conf', 'c = Server=db;Uid=sa;Pwd=a b1;Database=x', 'c = Server=db;Uid=sa;Pwd=[Pwd redacted];Database=x'],
    [
      'log',
      'x HEAD http://example.com/?token=abc HTTP/1.1 192.0.2.1 []',
      'x HEAD http://example.com/?token=%5Btoken%20redacted%5D HTTP/1.1 192.0.2.1 []',
    ],
    ['log', '"GET /?a=1&access_token=abc HTTP/1.1"', '"GET /?a=1&access_token=%5Baccess_token%20redacted%5D HTTP/1.1"'],
    ['log', '/?next=%2F%3Ftoken%3Dabc', '/?next=%2F%3Ftoken%3D%255Btoken%2520redacted%255D'],
    ['log', '> Authorization: Basic dXNlcjpwYXNz', '> Authorization: Basic [Authorization redacted]'],
    ['log', '> Cookie: a=b; cf_clearance=xyz', '> Cookie: a=[a redacted]; cf_clearance=[cf_clearance redacted]'],
    ['log', '< Set-Cookie: __cf_bm=xyz; path=/', '< Set-Cookie: __cf_bm=[__cf_bm redacted]; path=/'],
    [
      'log',
      `curl -H "Proxy-Authorization: Bearer a1" http://x/`,
      'curl -H "Proxy-Authorization: Bearer [Proxy-Authorization redacted]" http://x/',
    ],
    ['log', 'curl -u jane:pa5sword http://x/', 'curl -u jane:[password redacted] http://x/'],
    ['log', 'u:pw1@tcp(db:3306)/x', 'u:[password redacted]@tcp(db:3306)/x'],
    ['log', 'got AKIAIOSFODNN7EXAMPLE here', 'got [token redacted] here'],
    ['log', 'got wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'got [key redacted]'],
    ['log', `got ${token}`, 'got [token redacted]'],
    ['log', '{"MESSAGE":"x","token":"abc"}', '{"MESSAGE":"x","token":"[token redacted]"}'],
    ['log', 'payload {\\"token\\":\\"abc\\"} sent', 'payload {\\"token\\":\\"[token redacted]\\"} sent'],
    [
      'text',
      'JWT eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlc2lnbmF0dXJl',
      'JWT eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.redacted',
    ],
    ['text', '<soap:Password>abc</soap:Password>', '<soap:Password>[Password redacted]</soap:Password>'],
    [
      'json',
      '{ "db": { "password": "x", "n": 1 }, "code": "y" }',
      '{ "db": { "password": "[password redacted]", "n": 1 }, "code": "y" }',
    ],
    ['json', '[{"value":"x","name":"token"}]', '[{"value":"[token redacted]","name":"token"}]'],
    ['json', '{"token": "cut of', '{"token": "[token redacted]'],
    [
      'html',
      '<p title="x?token=abc">a &amp; token=q1w2e3r4</p>',
      '<p title="x?token=%5Btoken%20redacted%5D">a &amp; token=[token redacted]</p>',
    ],
    [
      'report',
      '{"says":"asked https://u:p1@x/?token=a"}',
      '{"says":"asked https://%5Blogin%20redacted%5D@x/?token=%5Btoken%20redacted%5D"}',
    ],
  ])('%s: %s', (kind, before, after) => {
    expect(redactEvidence(kind, before).text).toBe(after);
    expect(redactEvidence(kind, after)).toMatchObject({ text: after, masked: 0 });
  });

  it.each(['rsa', 'ec'] as const)('a private key (%s): whole, in one line, cut off at either end', (type) => {
    const { privateKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const lines = pem.trim().split('\n');
    const body = lines.slice(1, -1);
    const forms = [
      pem,
      `x ${JSON.stringify({ key: pem })} y`,
      `before\n${lines.slice(0, -1).join('\n')}\nand then`,
      `${lines.slice(0, -1).join('\n')}`,
      `${lines.slice(1).join('\n')}\nafter`,
      lines.map((line) => `Oct 27 22:29:41 www app: ${line}`).join('\n'),
      lines
        .slice(0, -1)
        .map((line) => `Oct 27 22:29:41 www app: ${line}`)
        .join('\n'),
    ];
    for (const form of forms) {
      for (const kind of ['conf', 'log', 'text', 'pem', 'railgun-conf'] as const) {
        const { text, secrets } = redactEvidence(kind, form);
        for (const line of body.filter((one) => one.length >= 40))
          expect(text, `${kind} ${form}`).not.toContain(line.slice(0, 30));
        expect(text).toContain('[private key redacted]');
        expect(secrets.size).toBeGreaterThan(0);
        expect(redactEvidence(kind, text)).toMatchObject({ text, masked: 0 });
      }
    }
    expect(redactEvidence('text', `before\n${lines.slice(0, -1).join('\n')}\nand then`).text).toMatch(
      /^before\n.*\nand then$/s,
    );
  });

  it('in every file of a configuration that is full of them', () => {
    const text = readFileSync('test/fixtures/railgun-conf/secret-everywhere.conf', 'utf8');
    const redacted = redactEvidence('railgun-conf', text);
    expect(redacted.text).not.toMatch(/0123456789abcdef/i);
    expect(redacted.text.split('\n').length).toBe(text.split('\n').length);
    expect([...secretsOfConf(text).keys()]).toContain('0123456789abcdef0123456789ABCDEF');
  });

  it('and is looked for unless it is a word, a host, an address or a path', () => {
    for (const ordinary of [
      'localhost',
      'password',
      'Connection',
      '198.51.100.123',
      'www.example.com',
      '/etc/ssl/key',
      'abc',
      '2026-11-21T10:00:00',
    ]) {
      const { secrets, notSearched } = redactEvidence('conf', `password = ${ordinary}`);
      expect([...secrets], ordinary).toEqual([]);
      expect(notSearched, ordinary).toBe(ordinary.startsWith('/') ? 0 : 1);
    }
    for (const telling of ['hunter', 'Xk9.Qz22', '12345678901', 'correct horse']) {
      expect(redactEvidence('conf', `password = ${telling}`).secrets.get(telling), telling).toBe('password');
    }
  });
});

describe('redactEvidence', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      'token',
      'password',
      'Cookie',
      'Authorization',
      'key',
      '=',
      ': ',
      ' ',
      '&',
      '?',
      ';',
      ',',
      '"',
      "'",
      '\\"',
      '\\n',
      '\n',
      '[',
      ']',
      '{',
      '}',
      '<',
      '>',
      '</',
      '#',
      '%3D',
      '%40',
      '@',
      '://',
      'Bearer ',
      'Basic ',
      'dXNlcjpwYXNz',
      'eyJhbGciOiJI.eyJzdWIi.c2lnbmF0dXJlc2ln',
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
      '-----BEGIN CERTIFICATE-----',
      '[token redacted]',
      '%5Btoken%20redacted%5D',
      token,
      'AKIAIOSFODNN7EXAMPLE',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'a1b2c3d4',
      'is ',
      '-u a:b1',
      '&amp;',
      '&quot;',
      '%3A',
      'HTTP_AUTHORIZATION',
      'cookies',
      'session',
      'refresh',
      'Cookie: a=b',
      '\n  ',
      ' "',
      '" 200 ',
      'sid=a1b2c3',
      '; ',
      '["Cookie","',
      '","',
      '<input type="password" value="',
      '<add key="token" ',
      'value=a1',
      'mysql -p',
      'requirepass ',
      'Sec-WebSocket-Protocol: bearer, ',
      '<!-- ',
      '-->',
      'password is: ',
      'curl -ubob:',
      '-u "a:b ',
      'established',
      'auth=',
      'Private-Lines: 2\n',
      '{"kty":"EC","d":"',
      'q1w2e3r4t5y6u7i8o9p0',
      '$2y$10$abcdefghijklmnopqrstuvwxyz',
      'postgres://a:b%40',
      '\0',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const texts = fc.array(pieces, { maxLength: 24 }).map((all) => all.join(''));

  it('gives what it gave before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), texts, (kind, text) => {
        const once = redactEvidence(kind, text);
        expect(redactEvidence(kind, once.text)).toMatchObject({ text: once.text, masked: 0 });
        if (once.text === text) expect(once.masked).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves JSON as JSON', () => {
    const value = fc.oneof(texts, fc.jsonValue() as fc.Arbitrary<unknown>);
    const document = fc.dictionary(fc.constantFrom('token', 'a', 'value', 'name', '__proto__'), value);
    const shape = (one: unknown): unknown =>
      Array.isArray(one) ? one.map(shape) : typeof one === 'object' && one !== null ? Object.keys(one) : '';
    fc.assert(
      fc.property(fc.constantFrom<EvidenceKind>('json', 'report'), document, (kind, of) => {
        const json = JSON.stringify(of, undefined, 1);
        const { text } = redactEvidence(kind, json);
        expect(shape(JSON.parse(text))).toEqual(shape(JSON.parse(json)));
        expect(redactEvidence(kind, text).text).toBe(text);
      }),
    );
  });
});

describe('evidenceKindOf', () => {
  it.each([
    ['railgun.conf.txt', '', 'railgun-conf'],
    ['configuration/railgun.conf', '', 'railgun-conf'],
    ['railgun-nat.conf.txt', '', 'railgun-nat'],
    ['memcached.conf.txt', '', 'conf'],
    ['checks.json', '{"schema": "rg-diag/1"', 'report'],
    ['other.json', '{"schema": 1}', 'json'],
    ['a.har', '{}', 'har'],
    ['REPORT.html', '', 'html'],
    ['syslog.txt', '', 'log'],
    ['TICKET.txt', '', 'text'],
    ['key.pem', '', 'pem'],
    ['x.txt', '-----BEGIN CERTIFICATE-----', 'pem'],
  ] as const)('%s', (file, text, kind) => {
    expect(evidenceKindOf(file, text)).toBe(kind);
  });
});
