import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnonymiser } from '../../src/decoders/anonymised.js';

const names = [
  'www.shop.example.co.uk',
  'shop-db-3',
  'origin.acme.test:443',
  'www',
  '203.0.113.7',
  'www.cloudflare.com',
  'localhost',
];

describe('an anonymiser', () => {
  it.each([
    ['connected to 192.0.43.10:80', 'connected to address-4-1:80'],
    ['dial tcp [2001:db8::1]:443: i/o timeout', 'dial tcp [address-6-1]:443: i/o timeout'],
    ['2001:DB8:0:0:0:0:0:1, 2001:db8::1.', 'address-6-1, address-6-1.'],
    ['ipv6:2001:db8::1 fe80::1%eth0', 'ipv6:address-6-1 address-6-2%eth0'],
    ['::ffff:192.0.2.1 192.0.2.1 192.000.002.001', 'address-4-1 address-4-1 address-4-1'],
    ['IP 192.0.2.1.443 > 192.0.2.9.51000:', 'IP address-4-1.443 > address-4-2.51000:'],
    ['192.0.2.1-192.0.2.9, 192.0.2.0/24', 'address-4-1-address-4-2, address-4-3/24'],
    ['7.113.0.203.in-addr.arpa', 'address-4-1.in-addr.arpa'],
    ['203-0-113-7.isp.test (203.0.113.7)', 'address-4-1.isp.test (address-4-1)'],
    [
      'url=http%3A%2F%2F192.0.2.1%2F http%3A%2F%2Fwww.shop.example.co.uk',
      'url=http%3A%2F%2Faddress-4-1%2F http%3A%2F%2Fname-1.domain-1',
    ],
    ['{"a":"x\\nwww.shop.example.co.uk"}', '{"a":"x\\nname-1.domain-1"}'],
    ['WWW.Shop.Example.CO.UK. example.co.uk api.example.co.uk', 'name-1.domain-1. domain-1 name-2.domain-1'],
    ['/var/log/www.shop.example.co.uk.access.log', '/var/log/name-1.domain-1.access.log'],
    ['/etc/ssl/shop.example.co.uk_chain.pem', '/etc/ssl/name-1.domain-1_chain.pem'],
    ['jane@example.co.uk, *.example.co.uk', 'jane@domain-1, *.domain-1'],
    ['shop-db-3 shop-db-30', 'name-1 shop-db-30'],
    ['Oct 27 22:29:41 www rg-listener: http://www/ on www', 'Oct 27 22:29:41 name-1 rg-listener: http://www/ on www'],
    ['"_HOSTNAME":"www","x":"www"', '"_HOSTNAME":"name-1","x":"www"'],
  ])('%s', (before, after) => {
    const { text, left, map } = createAnonymiser({ names });
    expect(left(before)).toBeGreaterThan(0);
    expect(text(before)).toBe(after);
    expect(text(after)).toBe(after);
    expect(left(after)).toBe(0);
    expect(map().length).toBeGreaterThan(0);
  });

  it.each([
    'connection failed 0.0.0.0:443/example.com: dial tcp 127.0.0.1:443 [::1]:80 ::',
    '104.16.132.229 172.68.1.2 2606:4700::6810:84e5',
    'Oct 27 22:29:41 22:29:41.123 at 2012-10-27 23:37:55.872617 +0000 UTC',
    'Chrome/120.0.0.0 Safari/537.36 version 5.3.3',
    'AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89',
    'serial 0a:1b:2c:3d:4e:5f:60:71, 52:54:00:12:34:56',
    'www.cloudflare.com activate.port2408.net localhost example.com other.test',
    '151df128a1 2.05 0.009465 0031 5360 8a1b2c3d4e5f6071-AMS',
    'netmask 255.255.255.0',
  ])('%s stays', (line) => {
    const { text, left, map } = createAnonymiser({ names });
    expect(text(line)).toBe(line);
    expect([left(line), map()]).toEqual([0, []]);
  });

  it('has the same labels in every text, and says which', () => {
    const { text, map } = createAnonymiser({ names });
    text('origin.acme.test 192.0.2.1');
    expect(text('192.0.2.2 and 192.0.2.1 of acme.test')).toBe('address-4-2 and address-4-1 of domain-1');
    expect(map()).toEqual([
      { label: 'domain-1', original: 'acme.test', kind: 'name' },
      { label: 'name-1.domain-1', original: 'origin.acme.test', kind: 'name' },
      { label: 'address-4-1', original: '192.0.2.1', kind: 'address' },
      { label: 'address-4-2', original: '192.0.2.2', kind: 'address' },
    ]);
  });

  it('leaves JSON and pages what they were', () => {
    const { text } = createAnonymiser({ names });
    expect(JSON.parse(text('{"192.0.2.1":{"shop-db-3":"a\\u0041192.0.2.1"}}'))).toEqual({
      'address-4-1': { 'name-1': 'aAaddress-4-1' },
    });
    expect(text('<a href="http://[2001:db8::1]/">&quot;192.0.2.1&quot;</a>')).toBe(
      '<a href="http://[address-6-1]/">&quot;address-4-1&quot;</a>',
    );
  });

  it('leaves no address and no known name, wherever it stands', () => {
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6()).filter((one) => !/^(?:0|127|255)\.|^[:0]*:?[01]?$/.test(one));
    const marks = fc.constantFrom(
      ' ',
      '"',
      '/',
      ',',
      '(',
      ')',
      '=',
      '\n',
      '%2F',
      '&quot;',
      '[',
      ']',
      '<',
      '>',
      '@',
      '|',
    );
    const words = fc.oneof(
      addresses,
      fc.constantFrom('www.shop.example.co.uk', 'a.acme.test', 'shop-db-3', 'word', '12:30:45', '1.5'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(words, marks)), (parts) => {
        const { text, left, map } = createAnonymiser({ names });
        const before = parts.flat().join('');
        const after = text(before);
        expect(left(after)).toBe(0);
        expect(text(after)).toBe(after);
        const around = (original: string) =>
          new RegExp(`(?<![\\w.:-])${original.replace(/[.\\-]/g, '\\$&')}(?![\\w:-]|\\.\\w)`, 'i').test(after);
        for (const { original } of map()) expect(around(original), `${original} in ${after} of ${before}`).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes any text and any names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary', maxLength: 200 }),
        (given, before) => {
          const { text, left } = createAnonymiser({ names: given });
          const after = text(before);
          expect(text(after)).toBe(after);
          expect(left(after)).toBe(0);
        },
      ),
    );
  });
});
