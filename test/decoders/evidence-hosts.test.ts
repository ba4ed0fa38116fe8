import { describe, expect, it } from 'vitest';
import { hostsInEvidence } from '../../src/decoders/evidence-hosts.js';
import type { EvidenceKind } from '../../src/decoders/evidence-kind.js';
import { decodeSecretList } from '../../src/decoders/secret-list.js';

describe('names of hosts in a file', () => {
  it.each<[EvidenceKind, string, string[]]>([
    [
      'railgun-nat',
      'Shop.Example.net = internal7:8443\n*.a.example.org = 10.0.0.5\ndefault = 10.0.0.6',
      ['shop.example.net', 'a.example.org'],
    ],
    [
      'log',
      'Nov 20 03:00:01 web7 railgun[162.158.1.2:22114]: GET https://shop.example.net/x failed',
      ['web7', 'shop.example.net'],
    ],
    [
      'text',
      'ftp://me:pw@files.example.net:21/ and http://10.0.0.5/ and http://[::1]/ and http://localhost/',
      ['files.example.net'],
    ],
    [
      'report',
      '{"host": "a.example.net", "Hostname":"b.example.net.", "names": 3, "note": "c.example.net"}',
      ['a.example.net', 'b.example.net'],
    ],
    [
      'text',
      'Host: shop.example.net\r\nDNS:*.cert.example.net, CN=cn.example.net',
      ['shop.example.net', 'cert.example.net', 'cn.example.net'],
    ],
    ['text', 'version 1.2.3.4, file.name and 12:34:56', []],
    ['text', 'server: shop.example.net, request: "GET /"', ['shop.example.net']],
    ['text', 'shop.example.net:443 203.0.113.9 - - [20/Nov/2026:03:00:01 +0000] "GET /"', ['shop.example.net']],
    ['text', 'server_name a.example.net\n  b.example.net; # c.example.net', ['a.example.net', 'b.example.net']],
    [
      'json',
      '{"san":["*.a.example.net","DNS:b.example.net"],"x":["c.example.net"]}',
      ['a.example.net', 'b.example.net'],
    ],
    ['text', '{"host":"a\\u002eexample.net"}', ['a.example.net']],
    ['har', '{"headers":[{"name":"Host","value":"a.example.net"}]}', ['a.example.net']],
    ['text', `body ${Buffer.from('{"url":"https://a.example.net/"}').toString('base64')}`, ['a.example.net']],
    ['railgun-conf', 'activation.railgun_host = Own7\nmemcached.servers = mem8:11211\n', ['own7', 'mem8']],
    ['text', 'at main.java:120, Foo.cpp:33:7, app.js:10 and /etc/nginx/nginx.conf, /var/www/html', []],
    [
      'text',
      '/var/log/nginx/a.example.net-error.log.1.gz /var/www/b.example.net/x',
      ['a.example.net', 'b.example.net'],
    ],
    ['text', 'https://db-3/ and https://database/ and user@host.service', ['db-3']],
    [
      'text',
      'to=https%253A%252F%252Fa.example.net%252F https%25253A%25252F%25252Fb%25252Eexample.net',
      ['a.example.net', 'b.example.net'],
    ],
    ['text', 'host=a%252Eexample%252enet', ['a.example.net']],
    ['text', 'Connected to a.example.net (2001:db8::1), server: wan.ip', ['a.example.net']],
  ])('in a %s: %j', (kind, text, names) => {
    expect(hostsInEvidence(kind, text)).toEqual(expect.arrayContaining(names));
    const others = hostsInEvidence(kind, text).filter((name) => !names.includes(name));
    expect(others.filter((name) => name !== 'internal7')).toEqual([]);
  });

  // No clock: a quadratic search would take hours, which the time limit of a test ends.
  it.each([
    '://',
    'host:',
    '"host":"',
    'a.',
    'CN=',
    ' ',
    '://a@',
    '{"a":',
    'aGVsbG8g',
    'lookup ',
    '1 ',
    'x (',
    'server_name ',
    'name:',
    'a-src ',
    '/www/',
    'via:',
    '1.2.3.4 a',
    '1.2.3.4 a\n',
  ])('cost as much as the text is long: 4 MB of %j', (piece) => {
    expect(hostsInEvidence('text', piece.repeat(4e6 / piece.length)).length).toBeLessThan(2);
  });
});

describe('a list of secrets', () => {
  it('has one a line, blanks around it aside', () => {
    const { secrets } = decodeSecretList('\ufefffirst\r\n\n  with blank inside \nfirst\n');
    expect([...secrets]).toEqual([
      ['first', 'secret 1'],
      ['with blank inside', 'secret 3'],
    ]);
    expect(decodeSecretList('').secrets.size).toBe(0);
  });
});
