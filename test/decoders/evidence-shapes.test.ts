import { describe, expect, it } from 'vitest';
import type { EvidenceKind } from '../../src/decoders/evidence-kind.js';
import { leaksIn } from '../../src/decoders/evidence-leaks.js';
import { redactEvidence } from '../../src/decoders/evidence-redacted.js';
import { redactSet } from '../../src/decoders/evidence-set.js';
import { redacted } from '../../src/model/redact.js';

const request = '203.0.113.7 - - [21/Nov/2026:14:45:41 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8.5"';
const crypt = 'Cq9fYwQ2Lr8sT5vXz0BdE1';

/** The digits of a hash. */
const hexToken = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const mixed = 'Zk3vQ9xB7nTa81kQ'.repeat(3);

/** The login of an address, so many times encoded. */
function nested(times: number, login = 'bob:CKnested1'): string {
  let text = `//${login}@h/`;
  text = `https:${text}`;
  for (let time = 0; time < times; time += 1) text = encodeURIComponent(text);
  return text;
}

describe('secrets by name and shape', () => {
  it.each<readonly [EvidenceKind, string, string]>([
    // Cookies in a column of their own.
    ['log', `${request} "session=CKsess0123456789"`, `${request} "session=[session redacted]"`],
    ['log', `${request} "a=1; sid=CKsid77; lang=en"`, `${request} "a=1; sid=[sid redacted]; lang=en"`],
    [
      'log',
      `${request} "laravel_session=eyX9.z_8-7" "-"`,
      `${request} "laravel_session=[laravel_session redacted]" "-"`,
    ],
    [
      'log',
      `${request} "wordpress_logged_in_0a1b=jane%7C99"`,
      `${request} "wordpress_logged_in_0a1b=[wordpress_logged_in_0a1b redacted]"`,
    ],
    ['log', `${request} "connect.sid=s%3Aabc.def"`, `${request} "connect.sid=[connect.sid redacted]"`],
    ['log', `${request} "remember_web_59ba=x1"`, `${request} "remember_web_59ba=[remember_web_59ba redacted]"`],
    ['log', `${request} ".ASPXAUTH=A1B2"`, `${request} ".ASPXAUTH=[.ASPXAUTH redacted]"`],
    ['log', `x connect.sid=s%3Aabc.def y`, 'x connect.sid=[connect.sid redacted] y'],
    // Schemes before what they carry.
    ['log', 'HTTP_AUTHORIZATION=Bearer CKcgi0', 'HTTP_AUTHORIZATION=Bearer [HTTP_AUTHORIZATION redacted]'],
    ['log', 'PROXY_AUTHORIZATION=Basic dXNlcjpwYXNz', 'PROXY_AUTHORIZATION=Basic [PROXY_AUTHORIZATION redacted]'],
    ['log', 'X_AUTHORIZATION: Token abc', 'X_AUTHORIZATION: Token [X_AUTHORIZATION redacted]'],
    [
      'log',
      'HTTP_AUTHORIZATION=Bearer CKcgi0 HTTP_HOST=www.example.com',
      'HTTP_AUTHORIZATION=Bearer [HTTP_AUTHORIZATION redacted] HTTP_HOST=www.example.com',
    ],
    ['log', '[HTTP_COOKIE] => a=b1; c=d2', '[HTTP_COOKIE] => a=[a redacted]; c=[c redacted]'],
    [
      'log',
      "req.headers.authorization: 'Bearer CKx'",
      "req.headers.authorization: 'Bearer [req.headers.authorization redacted]'",
    ],
    ['log', 'access_token: Bearer CKabcdefgh', 'access_token: Bearer [access_token redacted]'],
    // Lists of headers.
    ['log', 'raw ["Cookie","sid=CKarr0123","Host","x"]', 'raw ["Cookie","sid=[sid redacted]","Host","x"]'],
    ['json', '["Host","x","Cookie","sid=CKarr0123"]', '["Host","x","Cookie","sid=[sid redacted]"]'],
    ['json', '[["X-Api-Key","CKarr0123"],["A","b"]]', '[["X-Api-Key","[X-Api-Key redacted]"],["A","b"]]'],
    ['log', '[\\"Cookie\\",\\"sid=CKarr\\"]', '[\\"Cookie\\",\\"sid=[sid redacted]\\"]'],
    // Encoded, and folded.
    [
      'log',
      'x=1 Authorization%3A%20Bearer%20EncBearer55667788 y',
      'x=1 Authorization%3A%20Bearer%20%5BAuthorization%20redacted%5D y',
    ],
    [
      'text',
      'Authorization: Bearer\n  CKfolded01\nHost: x',
      'Authorization: Bearer\n  [Authorization redacted]\nHost: x',
    ],
    [
      'text',
      'Cookie: a=b1;\r\n\tsid=CKfolded02; c=d1\r\n\tz=y1\r\nHost: x',
      'Cookie: a=[a redacted];\r\n\tsid=[sid redacted]; c=[c redacted]\r\n\tz=[z redacted]\r\nHost: x',
    ],
    // In pages and scripts.
    ['text', 'window.__STATE__={"authToken":"HKstate012"}', 'window.__STATE__={"authToken":"[authToken redacted]"}'],
    [
      'html',
      '<script>window.__STATE__={"authToken":"HKstate012"}</script>',
      '<script>window.__STATE__={"authToken":"[authToken redacted]"}</script>',
    ],
    [
      'html',
      `<input type='password' value='Pa&amp;ss'><input name=csrf_token value=abc>`,
      `<input type='password' value='[password redacted]'><input name=csrf_token value="[csrf_token redacted]">`,
    ],
    ['log', `got <input type="password" value="pw one">`, `got <input type="password" value="[password redacted]">`],
    ['text', '<add key="Password" value="Xy1" />', '<add key="Password" value="[Password redacted]" />'],
    ['text', '<add value="Xy1" key="Password"/>', '<add value="[Password redacted]" key="Password"/>'],
    ['text', 'X-Session: CKx1', 'X-Session: [X-Session redacted]'],
    [
      'text',
      'Sec-WebSocket-Protocol: chat, bearer, CKws01',
      'Sec-WebSocket-Protocol: chat, bearer, [Sec-WebSocket-Protocol redacted]',
    ],
    // Names.
    ['text', 'pw=CKpw1', 'pw=[pw redacted]'],
    [
      'json',
      '{"password_hash":"CKh","passwordHash":"CKi"}',
      '{"password_hash":"[password_hash redacted]","passwordHash":"[passwordHash redacted]"}',
    ],
    ['log', 'oauth_verifier=CKv', 'oauth_verifier=[oauth_verifier redacted]'],
    ['log', 'cookies: sid=CKc1; b=c1', 'cookies: sid=[sid redacted]; b=[b redacted]'],
    ['json', '{"cookies":{"sid":"CKc1"},"b":"c1"}', '{"cookies":{"sid":"[sid redacted]"},"b":"c1"}'],
    [
      'json',
      '{"cookies":[{"name":"sid","value":"CKc1","path":"/"}]}',
      '{"cookies":[{"name":"sid","value":"[sid redacted]","path":"/"}]}',
    ],
    ['log', 'refresh=CKrefresh0123 next', 'refresh=[refresh redacted] next'],
    ['json', '{"refresh":"CKrefresh0123"}', '{"refresh":"[refresh redacted]"}'],
    ['log', 'hmac: 0a1b2c3d4e5f6071', 'hmac: [hmac redacted]'],
    ['conf', 'license_key = AAAA-BBBB', 'license_key = [license_key redacted]'],
    ['log', 'CONFIG SET requirepass CKredis', 'CONFIG SET requirepass [password redacted]'],
    ['log', 'mysqldump -h db -u root -pCKmysql cms > x', 'mysqldump -h db -u root -p[password redacted] cms > x'],
    ['log', 'sshpass -p CKssh ssh x', 'sshpass -p [password redacted] ssh x'],
    ['log', `jane:$apr1$Zs0fD1aR$${crypt}`, 'jane:[password hash redacted]'],
    ['log', `root:$6$saltsalt$${crypt.repeat(4).slice(0, 86)}:19000:0`, 'root:[password hash redacted]:19000:0'],
    ['log', `x $2y$10$${crypt.repeat(3).slice(0, 53)} y`, 'x [password hash redacted] y'],
    // Logins with what is percent-encoded.
    ['conf', 'postgres://app:p%40ss@10.0.0.2/db', 'postgres://%5Blogin%20redacted%5D@10.0.0.2/db'],
    ['log', 'redis://:p%40ss%3D@10.0.0.2/0', 'redis://%5Blogin%20redacted%5D@10.0.0.2/0'],
    ['log', '/a:b/c%3Fpassword%3DCKx', '/a:b/c%3Fpassword%3D%255Bpassword%2520redacted%255D'],
    ['log', 'x requirepass: "a" y', 'x requirepass: "[requirepass redacted]" y'],
    ['log', 'token: token: token: ', 'token: [token redacted]: token: '],
    // Pages, as a tag writes it and as a comment does.
    ['html', '<input name=csrf_token value=CKcsrf>', '<input name=csrf_token value="[csrf_token redacted]">'],
    ['html', '<meta name="csrf-token" content="CKcsrf">', '<meta name="csrf-token" content="[csrf-token redacted]">'],
    ['html', '<p>a</p><!-- password=CK1 --><p>b', '<p>a</p><!-- password=[password redacted] --><p>b'],
    ['html', 'a<!-- <b> token: "CK1"', 'a<!-- <b> token: "[token redacted]"'],
    // The key of a Railgun, as the interface calls it, which may have the digits of a hash.
    ['json', `{"rtkn":"${hexToken}"}`, '{"rtkn":"[rtkn redacted]"}'],
    ['log', `x activation_key=${hexToken} y`, 'x activation_key=[activation_key redacted] y'],
    // What calls itself a report may be none.
    [
      'report',
      '{"schema":"rg-diag/1","password":"CKpass1","jwt":"CKx","signature":"CK x"}',
      '{"schema":"rg-diag/1","password":"[password redacted]","jwt":"[jwt redacted]","signature":"[signature redacted]"}',
    ],
    [
      'report',
      '{"schema":"rg-diag/1","token":{"password":"CKpass1","cookie":"a=b"}}',
      '{"schema":"rg-diag/1","token":{"password":"[password redacted]","cookie":"[cookie redacted]"}}',
    ],
    ['log', 'saw __cfduid=d1x then', 'saw __cfduid=[__cfduid redacted] then'],
    ['log', 'saw laravel_session=CKx then', 'saw laravel_session=[laravel_session redacted] then'],
    ['text', 'Password is: CKpass', 'Password is: [secret redacted]'],
    ['text', 'the token was = "CKpass".', 'the token was = "[secret redacted]".'],
    ['log', 'curl -ubob:CKcurl https://h/', 'curl -ubob:[password redacted] https://h/'],
    ['log', 'curl -sSu bob:CKcurl https://h/', 'curl -sSu bob:[password redacted] https://h/'],
    ['log', 'wget --user "bob:CK curl" x', 'wget --user "bob:[password redacted]" x'],
    ['json', '{"auth":"CKa81kQx0Zk3v"}', '{"auth":"[auth redacted]"}'],
    [
      'text',
      'Public-Lines: 1\nAAAAB3NzaC1yc2EAAAABJQAAAQEAiPVhBPUBLIC1\nPrivate-Lines: 2\nAAAAgQDCKck\nCK9x==\nPrivate-MAC: 8b\n',
      'Public-Lines: 1\nAAAAB3NzaC1yc2EAAAABJQAAAQEAiPVhBPUBLIC1\nPrivate-Lines: 2\n[private key redacted]\nPrivate-MAC: 8b\n',
    ],
    [
      'json',
      '{"d":"CKJWKprivateexponent0","kty":"EC","x":"CKJWKpublicpartpublic0"}',
      '{"d":"[private key redacted]","kty":"EC","x":"CKJWKpublicpartpublic0"}',
    ],
    ['json', '{"kty":"oct","k":"CKJWKsymmetricsymm_"}', '{"kty":"oct","k":"[private key redacted]"}'],
    ['log', `service_key: ${mixed.slice(0, 33)}`, 'service_key: [service_key redacted]'],
    ['json', `{"key":"${mixed}"}`, '{"key":"[key redacted]"}'],
    // An address in an address in an address.
    ['log', `GET /?a=${nested(3)} x`, `GET /?a=${nested(3, '%5Blogin%20redacted%5D')} x`],
    ['log', `x AIza${'Cq9fYwQ2Lr8sT5vXz0B'.slice(0, 15)}${'d-E1_'.repeat(4)} y`, 'x [token redacted] y'],
    // What one mask makes shorter looks like the user of a login.
    [
      'conf',
      `%3D${'p'.repeat(26)}%3D${hexToken.replace('a0', 'zz')},bob:CKpass1`,
      `%3D${'p'.repeat(26)}%3D%5Btoken%20redacted%5D,bob:[password redacted]`,
    ],
    // A word behind a name goes where it stands.
    ['log', 'password: swordfish next', 'password: [password redacted] next'],
    ['log', 'GET /?password=swordfish HTTP/1.1', 'GET /?password=%5Bpassword%20redacted%5D HTTP/1.1'],
    // Whole words.
    ['railgun-conf', '# 9f8e7d6c5b4a39281706f5e4d3c2b1a0-secondpart99-thirdpart77', '# [token redacted]'],
    ['log', 'x k3J8h2LmQ9xZ4vB7nT1wR6yD5sF0gPcA-tail99 y', 'x [token redacted] y'],
    ['log', 'x AKIAIOSFODNN7EXAMPLE-tail99 y', 'x [token redacted] y'],
  ])('%s: %s', (kind, before, after) => {
    expect(redactEvidence(kind, before).text).toBe(after);
    expect(redactEvidence(kind, after)).toMatchObject({ text: after, masked: 0 });
  });

  it.each([
    `${request} "rt=0.123" "uct=0.001; urt=0.2" "page=12345"`,
    `${request} "charset=utf-8" "-" "host=www.example.com"`,
    'Environment="NODE_ENV=production" "LANG=en_GB.UTF-8"',
    'Refresh: 5; url=https://www.example.com/',
    'session=c42 opened for user root',
    'MACs hmac-sha2-256,hmac: hmac-sha2-512-etm@openssh.com',
    'license=MIT hash=2e889e5f0c1b2d3e4f5061728394a5b6c7d8e9f0 pin=1234 salt=abc nonce=a1b2c3',
    'cookies: 3 sent to the client',
    'requirepass is set; the directive requirepass has no value',
    'mysql -u root -p cms and mysql --port=3306',
    'sed -e s/$1/$2/ costs $5 and $6',
    'code={"a":1,"b":"c"} state: {"x":2}',
    '["token","secret","password"]',
    '<meta name="viewport" content="width=device-width"><input type="text" name="q" value="shop">',
    'Sec-WebSocket-Protocol: graphql-ws, chat',
    'https%3A%2F%2Fwww.example.com%3A8443%2Fa',
    'commit 2e889e5f0c1b2d3e4f5061728394a5b6c7d8e9f0-dirty',
    'GET /static/app-0f343b0931126a20f133d67c2b018a3b.js',
    'Cookie: [cookie redacted]\n  at Object.send (app.js:12)\n  next=one',
    'activation.token: expected 32 letters and digits',
    'password: incorrect; token=mismatched; secret: placeholder, duplicated',
    'authorization: established',
    'the token is: 32 letters, the password was: (none), the secret is: <X>',
    'the password is: required, and the token was: rejected.',
    'auth=scram-sha-256 auth: tls1.3 auth=SCRAM-SHA-256-PLUS',
    'cache_key=Cq9fYwQ2Lr8sT5vXz0BdE1Cq9fYwQ2Lr8sT5vXz0Bd key=0f343b0931126a20f133d67c2b018a3b0f343b0931126a20',
    '{"d":"CKJWKprivateexponent0","p":"CKJWKprivateexponent0"}',
    'curl -sSfL -o x -H a:b https://h/ -x http://p:3128',
  ])('%s stays', (text) => {
    expect(redactEvidence('log', text).text).toBe(text);
  });

  it('a header that is set in by more is no line of the one before', () => {
    const yaml = 'headers:\n  Authorization: Bearer [Authorization redacted]\n  Host: www.example.com\n  x=y: 1\n';
    expect(redactEvidence('text', yaml).text).toBe(yaml);
  });
});

describe('a secret of several parts', () => {
  const password = '9f8e7d6c5b4a39281706f5e4d3c2b1a0-secondpart99-thirdpart77';

  it('goes as a whole, wherever a part of it has a shape', () => {
    const says = redacted(`the password ${password} was refused`);
    expect(says).not.toMatch(/second|third/);
    expect(redacted(`${password.slice(0, 50)}…`)).toBe('***…');
    const { files, search } = redactSet(
      [
        { file: 'railgun.conf', kind: 'railgun-conf', text: `stats.url = http://user:${password}@127.0.0.1:9/\n` },
        { file: 'other', kind: 'railgun-conf', text: `# ${password}\n` },
        {
          file: 'log',
          kind: 'log',
          text: `it was ${password}\nand ***-secondpart99-thirdpart77\nand ***-secondpart99-th…\n`,
        },
      ],
      new Map(),
    );
    for (const { file, text } of files) {
      expect(text).not.toMatch(/9f8e|secondpart99-thirdpart77/);
      expect(leaksIn(file, Buffer.from(text), search)).toEqual([]);
    }
    // What another program has masked in part is found.
    expect(leaksIn('x', Buffer.from('***-secondpart99-thirdpart77'), search)).not.toEqual([]);
  });

  it('that is known goes before a name or a shape has a part of it', () => {
    const known = 'S3cr"et/Pass&x';
    const texts = [`password="${known}" and`, `Pass=${known}`, `https://u:${known}@h.example/`, 'qp S3cr"et/Pass=26x'];
    const { files, search } = redactSet(
      texts.map((text, index) => ({ file: String(index), kind: 'log', text })),
      new Map([[known, 'secret 1']]),
    );
    expect(files.map(({ text }) => text)).toEqual([
      'password="[secret 1 redacted]" and',
      'Pass=[secret 1 redacted]',
      'https://u:%5Bsecret%201%20redacted%5D@h.example/',
      'qp [secret 1 redacted]',
    ]);
    const again = redactSet(
      files.map(({ file, text }) => ({ file, kind: 'log', text })),
      new Map([[known, 'secret 1']]),
    );
    expect(again.files).toEqual(files.map((file) => ({ ...file, masked: 0 })));
    for (const { file, text } of files) expect(leaksIn(file, Buffer.from(text), search)).toEqual([]);
  });
});
