import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listenerLogLines } from '../../src/knowledge/listener-log-lines.js';
import { redacted } from '../../src/model/redact.js';

describe('a line of free text', () => {
  it.each([
    ['GET http://a.example/p?session=hidden HTTP/1.1', 'GET http://a.example/p?*** HTTP/1.1'],
    ['"GET /p?hidden" 200', '"GET /p?***" 200'],
    ['GET /p?x="hidden" HTTP/1.1', 'GET /p?***" HTTP/1.1'],
    ['GET /p?x="hidden twice" HTTP/1.1', 'GET /p?***" HTTP/1.1'],
    ['http://user:hidden@a.example/', 'http://***@a.example/'],
    ['http://user:hid@den@a.example/', 'http://***@a.example/'],
    ['cut off: http://user:hidd', 'cut off: http://***'],
    ['activation.token = hidden', 'activation.token = ***'],
    ['activation.token=hidden,more', 'activation.token=***'],
    ['railgun token hidden was sent', 'railgun token *** was sent'],
    ['the password is hidden', 'the password is ***'],
    ['{"password":"hidden","x":1}', '{"password":"***","x":1}'],
    ['{"password":"hid\\"den","x":1}', '{"password":"***","x":1}'],
    ['{\\"client_secret\\": \\"hidden two\\"}', '{\\"client_secret\\": \\"***"}'],
    ["{'api_key': 'hidden'}", "{'api_key': '***'}"],
    ['apikey=hidden next', 'apikey=*** next'],
    ['X-Auth-Key: hidden next', 'X-Auth-Key: *** next'],
    ['X-Api-Token: Bearer hidden', 'X-Api-Token: *** ***'],
    ['http://a.example/#access_token=hidden', 'http://a.example/#access_token=***'],
    ['/p;jsessionid=hidden', '/p;jsessionid=***'],
    ['<password>hidden</password>', '<password>***'],
    ['Authorization: Bearer hidden', 'Authorization: ***'],
    ['"Authorization": "Digest username=hidden, nonce=hidden"', '"Authorization": ***'],
    ['sent bearer hidden, refused', 'sent bearer ***, refused'],
    ['Cookie: a=hidden; session=hidden', 'Cookie: ***'],
    ['Set-Cookie: a=hidden; Path=/', 'Set-Cookie: ***'],
    ['-----BEGIN RSA PRIVATE KEY----- hidden', '-----BEGIN RSA PRIVATE KEY-----***'],
    ['eyJhidden1.hidden.hidden done', '*** done'],
    [`read ${'hidden'.repeat(6)}`, 'read ***'],
    [`read ${'Hidden-1'.repeat(6)} then`, 'read *** then'],
    [`read ${'hid/den+'.repeat(9)}==`, 'read ***'],
    [`read ${'hidden'.repeat(3)}…`, 'read ***…'],
    [`read ${'hidden'.repeat(6)}-hidden_1-hidden then`, 'read *** then'],
    [`read hidden-${'hidden'.repeat(6)}-hid…`, 'read ***…'],
    [`read ${'hidden'.repeat(3)}-hid…`, 'read ***…'],
  ])('%s shows nothing secret', (text, shown) => {
    expect(shown).not.toContain('hidden');
    expect(redacted(text)).toBe(shown);
  });

  it.each([
    'why? nobody knows? (who?) "what?!"',
    'http://a.example:8080',
    'http://[2001:db8::1]:8080',
    'connection failed 192.0.2.7:443/www.example.com: dial tcp 192.0.2.7:443: i/o timeout',
    '2026-11-20T10:00:00.123+00:00 www rg-listener[77]: 2a074d8b36f00000-ATL done',
    'open /etc/railgun/railgun-nat.conf: permission denied',
    'main.(*lane).stop: keyboard, turkey, tokens, basics',
    `${'my-'.repeat(12)}host.example`,
    ...Object.values(listenerLogLines).map(({ text }) => text),
  ])('%s is left as it is', (text) => {
    expect(redacted(text)).toBe(text);
  });

  it('that is masked stays so', () => {
    const words = ['token', ' ', '=', ':', '"', "'", '\\', '?', '@', '://', 'cookie', 'key', 'basic', 'x', '1', '…'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
        const once = redacted(parts.join(''));
        expect(redacted(redacted(once))).toBe(redacted(once));
      }),
    );
  });

  it.each([
    'token',
    '://',
    '://x:',
    '"',
    '?="',
    '=',
    ' ',
    "key:'",
    'a',
    'a-',
    '\\',
    '????',
    '@',
    'token ',
    'eyJ',
    'pwd"',
  ])('takes a million units of %s', (unit) => {
    expect(redacted(unit.repeat(1_000_000 / unit.length)).length).toBeGreaterThan(0);
  });
});
