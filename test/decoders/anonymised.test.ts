import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnonymiser } from '../../src/decoders/anonymised.js';

const names = [
  'www.shop.example.co.uk',
  'shop-db-3',
  'origin.acme.test:443',
  'a_b_c.acme.test',
  'www',
  '203.0.113.7',
  'www.cloudflare.com',
  'localhost',
];

const wide = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('latin1');
const encoded = (text: string) => Buffer.from(text).toString('base64');

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
    ['jane@example.co.uk, *.example.co.uk', 'mail-1, *.domain-1'],
    ['shop-db-3 shop-db-30', 'name-1 shop-db-30'],
    ['Oct 27 22:29:41 www rg-listener: http://www/ on www', 'Oct 27 22:29:41 name-1 rg-listener: http://www/ on www'],
    ['"_HOSTNAME":"www","x":"www"', '"_HOSTNAME":"name-1","x":"www"'],
    ['to jane.doe@acme.test, Joe@mail.test and jane.doe%40acme.test', 'to mail-1, mail-2 and mail-1'],
    ['jane.doe@domain-3 was there before', 'mail-1 was there before'],
    ['https://user@origin.acme.test/p', 'https://user-1@name-1.domain-1/p'],
    ['rg-0a1b2c.port2408.net and RG-0a1b2c.port2408.net', 'name-1.port2408.net and name-1.port2408.net'],
    ['origin-origin.acme.test.txt cert-192.0.2.1.txt', 'origin-name-1.domain-1.txt cert-address-4-1.txt'],
    ['/var/log/origin.acme.test-access.log.1', '/var/log/name-1.domain-1-access.log.1'],
    ['/etc/origin-acme-test.conf x-shop-db-3-y', '/etc/name-1.domain-1.conf x-name-2-y'],
    ['shop%2Eexample%2Eco%2Euk https%3A%2F%2Forigin%2eacme%2etest', 'name-1.domain-1 https%3A%2F%2Fname-2.domain-2'],
    ['{"host":"origin\\u002eacme.test"} origin&#46;acme.test', '{"host":"name-1.domain-1"} name-1.domain-1'],
    ['at www.shop.exam… and www.shop.example.co.u...', 'at name-1.domain-1… and name-1.domain-1...'],
    ['…op.example.co.uk', '…name-1.domain-1'],
    ['a_b_c.acme.test, x=a_b_c.acme.test', 'name-1.domain-1, x=name-1.domain-1'],
    ['  of www.shop.exam\n     ple.co.…', '  of name-1.domain-1\n     .…'],
    ['www.shop.exampl is cut off without a mark', 'name-1.domain-1 is cut off without a mark'],
    ['| www.shop.e | 1 |\n| xample.co.uk | 2 |', '| name-1.domain-1 | 1 |\n|  | 2 |'],
    ['  of www.shop.\n     example.\n     co.uk, and', '  of name-1.domain-1\n     \n     , and'],
    ['\u0000a\u0000 \u00001\u00009\u00002\u0000.\u00000\u0000.\u00002\u0000.\u00001', wide('a address-4-1')],
    ['?ip=2001%3Adb8%3A%3A10&x=2001%3adb8%3a%3a10', '?ip=address-6-1&x=address-6-1'],
    ['http%3A%2F%2F%5B2001%3Adb8%3A%3A10%5D%3A443%2F', 'http%3A%2F%2F%5Baddress-6-1%5D%3A443%2F'],
    ['to=origin.acme.test%3A443', 'to=name-1.domain-1%3A443'],
    ['"2001\\u003adb8\\u003a\\u003a10" 2001\\\\u003Adb8\\\\u003a\\\\u003a10', '"address-6-1" address-6-1'],
    ['2001&#58;db8&#x3a;&#x3A;10 2001&amp;#58;db8&#058;&#58;10', 'address-6-1 address-6-1'],
    ['2001%253Adb8%253a%253A10 2001%25253Adb8::10', 'address-6-1 address-6-1'],
    ['origin%252Eacme%252etest 203%252E0%252E113%252E8', 'name-1.domain-1 address-4-1'],
    ['?ip=203%2E0%2E113%2e8 203\\x2e0\\x2E113\\x2e8', '?ip=address-4-1 address-4-1'],
    [
      '2001-db8--10.ipv6-literal.net fe80--1s4.ipv6-literal.net',
      'address-6-1.ipv6-literal.net address-6-2s4.ipv6-literal.net',
    ],
    ['app.2001-db8--10.sslip.test 2001-db8-0-0-0-0-0-10', 'app.address-6-1.sslip.test address-6-1'],
    [
      'ip-203-0-113-8 ec2-203-0-113-8.compute-1.amazonaws.com',
      'ip-address-4-1 ec2-address-4-1.compute-1.amazonaws.com',
    ],
    ['203-0-113-8.isp.test and cpe-203-0-113-9', 'address-4-1.isp.test and cpe-address-4-2'],
    [
      'C=AT, ST=Wien, L=Wien, street=Gasse 1, O=Muster\\, GmbH, OU=Ops, serialNumber=FN 1a, CN=shop.muster.test; issuer C=US, O=Authority, CN=R3',
      'C=AT, ST=place-1, L=place-1, street=place-2, O=company-1, OU=company-2, serialNumber=id-1, CN=shop.muster.test; issuer C=US, O=Authority, CN=R3',
    ],
    ['subject=C = AT, O = "Muster, GmbH", CN = *.muster.test', 'subject=C = AT, O = "company-1", CN = *.muster.test'],
    ['{"x":"O=\\"Muster, GmbH\\", CN=origin.acme.test"}', '{"x":"O=\\"company-1\\", CN=name-1.domain-1"}'],
    ['CN=shop.test,OU=Ops,O=Muster', 'CN=shop.test,OU=company-1,O=company-2'],
    ['/C=AT/O=Muster/CN=shop.test /C=US/O=A/CN=R3', '/C=AT/O=company-1/CN=shop.test /C=US/O=A/CN=R3'],
    ['"subject": "C=AT, O=Muster", "issuer": "O=A"', '"subject": "C=AT, O=company-1", "issuer": "O=A"'],
    [
      '{"subject":{"O":"Muster","CN":"shop.test"},"issuer":{"O":"A"}}',
      '{"subject":{"O":"company-1","CN":"shop.test"},"issuer":{"O":"A"}}',
    ],
    [
      `SHA-256  ${'AB:01:'.repeat(16).slice(0, -1)} | sha256 Fingerprint=${'ab01'.repeat(16)}`,
      'SHA-256  id-1 | sha256 Fingerprint=id-1',
    ],
    [
      `"subjectKeyId": "${'0A:1B:'.repeat(10).slice(0, -1)}", "serial": "0A1B2C3D4E5F6071"`,
      '"subjectKeyId": "id-1", "serial": "id-2"',
    ],
    [
      `Serial  ${'0A1B'.repeat(8)} of ${'0A1B'.repeat(8)}\n  Serial Number:\n     ${'0a:1b:'.repeat(8).slice(0, -1)}`,
      'Serial  id-1 of id-1\n  Serial Number:\n     id-1',
    ],
    [
      `  SHA-256   ${'AB:01:'.repeat(12)}\n            ${'AB:01:'.repeat(4).slice(0, -1)}\n  x`,
      '  SHA-256   id-1\n  x',
    ],
    [
      '  ! C=AT, L=Bad\n    Wien, O=Muster,\n    OU=Ops, CN=shop.test expires in 29 days',
      '  ! C=AT, L=place-1, O=company-1,\n    OU=company-2, CN=shop.test expires in 29 days',
    ],
    ['/chain/0/issuer = "C=AT, O=Muster\\, Gmb…', '/chain/0/issuer = "C=AT, O=company-1…'],
    ['Certificate x, 0A1B2C3D4E5F6071, until 2026', 'Certificate x, id-1, until 2026'],
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
    'C=US, O=Public Authority, CN=Authority R3; issuer C=US, O=Public Authority, OU=Roots, CN=Root X1',
    'C=US, O=SSL Corp, CN=SSL.com Root',
    'issuer=C = US, O = Public Authority and /C=US/O=Public Authority/CN=Authority R3',
    'commit 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 zone serial 2026112001 O=5, L=7',
    `{"sha256":"${'0a1b2c3d'.repeat(8)}","issuer":{"O":"Public Authority","CN":"Authority R3"}}`,
    'EUI 0a:1b:2c:3d:4e:5f:60:71, 52:54:00:12:34:56',
    'www.cloudflare.com activate.port2408.net localhost example.com other.test',
    '151df128a1 2.05 0.009465 0031 5360 8a1b2c3d4e5f6071-AMS',
    'netmask 255.255.255.0',
    'connect ECONNREFUSED ::1:2408 and ::1:443, http%3A%2F%2F%5B%3A%3A1%5D%3A2408',
    '20-11-26-03 20-11-26-03.log 10-20-30-40.tar.gz 2026-11-20 face--bad 2026-11-20-03',
    `${Buffer.from('nothing to know').toString('hex')} 4a5b6c7d8e9f0a1b2c3d4e5f60718293`,
    'RFC 5280 4.2.1.9, RFC 6125, section 6.4.3.1, § 4.2.1.6 and version 1.2.3.4',
    'OID: 2.5.29.17 Edg/120.0.210.91 Version/17.1.2.3',
    '--resolver 1.1.1.1',
    'port2408.net rg-….port2408.net …example.com',
    'rg-listener@1.service icon@2x.png undici@6.21.0',
    encoded('nothing that anybody needs to know'),
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

  it('writes what is in base64 anew, of either alphabet and whatever is before it', () => {
    const { text, left } = createAnonymiser({ names });
    for (const said of ['{"a":"https://origin.acme.test/?>"}', 'x??>>~origin.acme.test~~~']) {
      const bare = encoded(said).replace(/=+$/, '');
      for (const before of [encoded(said), bare, bare.replaceAll('+', '-').replaceAll('/', '_'), `/${bare}`]) {
        expect(left(before)).toBe(1);
        const after = text(before);
        expect([left(after), text(after)]).toEqual([0, after]);
        const read = Buffer.from(after.replace(/^\//, ''), 'base64').toString('utf8');
        expect(read).toBe(said.replace('origin.acme.test', 'name-1.domain-1'));
      }
    }
    expect(text(encoded(encoded('to origin.acme.test')))).toBe(encoded(encoded('to name-1.domain-1')));
  });

  it.each(['192.0.2.8', '2001:db8::10', 'origin.acme.test'])(
    'finds %s in base64 and in hexadecimal at any offset',
    (it) => {
      const kinds: BufferEncoding[] = ['base64', 'base64url', 'hex'];
      for (const before of ['', 'a', 'ab', 'a: ', '\u0001\u0002', '\u00ff\u0001', '\u0000 \u0002 ']) {
        for (const behind of ['', ' ', ' b', '\u0000\u0001', '\u0001\u0002\u0003']) {
          for (const kind of kinds) {
            if (/[a-z]$/.test(before)) continue;
            const run = Buffer.from(before + it + behind, 'latin1').toString(kind);
            for (const said of [run, `x=${run} `, `"${run}"`]) {
              const { text, left } = createAnonymiser({ names });
              expect(left(said), said).toBe(1);
              const after = text(said);
              expect([left(after), text(after), after.includes(run)]).toEqual([0, after, false]);
            }
          }
        }
      }
      const { text } = createAnonymiser({ names });
      expect(text(`0${Buffer.from(it).toString('hex')}`)).toMatch(/^0[\da-f]+$/);
    },
  );

  it('leaves out what is no text and has a name, in PEM form or in base64', () => {
    const { text, left } = createAnonymiser({ names });
    const bytes = Buffer.concat([
      Buffer.from([0x30, 0x82, 0, 0xff, 0x82, 16]),
      Buffer.from('origin.acme.test'),
      Buffer.alloc(40),
    ]);
    const lines = bytes.toString('base64').replace(/.{16}/g, '$&\n');
    const block = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
    for (const before of [block, JSON.stringify(block), bytes.toString('base64')]) {
      expect(left(before)).toBe(1);
      const after = text(before);
      expect([after.includes('left out'), left(after), text(after)]).toEqual([true, 0, after]);
    }
    const other = block.replace(lines, Buffer.from('\u0001another.test\u0001'.repeat(9)).toString('base64'));
    expect(text(other)).toBe(other);
  });

  it('does not say which of several names it is, where one is cut off', () => {
    const { text, map } = createAnonymiser({ names: ['project-a.acme.test', 'project-b.acme.test'] });
    expect([text('project-… project-a…'), map().length]).toEqual(['name… name-1.domain-1…', 2]);
  });

  it('takes a long name that another one goes on from for that one, cut off', () => {
    const whole = 'a-long-name.of-something.acme.test';
    const { text, map } = createAnonymiser({ names: ['a-long-name.of-something.ac', whole, 'shop.acme.te'] });
    expect(text(`a-long-name.of-something.ac ${whole} shop.acme.te`)).toBe(
      'name-1.domain-1 name-1.domain-1 name-2.domain-2',
    );
    expect(map()).toHaveLength(4);
  });

  it('leaves columns where they are', () => {
    const { text } = createAnonymiser({ names });
    expect(text('origin.acme.test  200\nlocalhost         200\n')).toBe(
      'name-1.domain-1   200\nlocalhost         200\n',
    );
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
      { numRuns: 500 },
    );
  });

  it('leaves nothing of what it knows, whatever is glued to it and however it is encoded', () => {
    const known = [
      ...names,
      'a-long-name.of-customer-7.example.org',
      'rg-0a1b2c3d.port2408.net',
      'hidden.example.org',
      'box7',
    ];
    const words = fc.constantFrom(
      ...known,
      'Hidden.Example.Org',
      'api.hidden.example.org',
      'jane.doe',
      '192.0.2.1',
      '2001:db8::7',
      'origin-',
      '-access.log',
      '.txt',
      'x',
      'RFC 5280',
    );
    const marks = [
      ' ',
      '  ',
      '\n',
      '\n   ',
      '…',
      '...',
      '"',
      '/',
      '//',
      '@',
      '%40',
      '%2E',
      '.',
      '-',
      '_',
      ':',
      '\\n',
      '&#46;',
      ' │',
    ];
    const forms = fc.constantFrom(
      (text: string) => text,
      (text: string) => `x ${encoded(text)} y`,
      (text: string) => `x ${Buffer.from(text).toString('hex')} y`,
      (text: string) => text.replace(/[.:]/g, (sign) => `%25${sign.charCodeAt(0).toString(16)}`),
      (text: string) => `\xfe\xff${wide(text)}`,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(words, fc.constantFrom(...marks)), { maxLength: 8 }), forms, (parts, form) => {
        const { text, left } = createAnonymiser({ names: known });
        const after = text(form(parts.flat().join('')));
        expect([left(after), text(after)]).toEqual([0, after]);
      }),
      { numRuns: 1000 },
    );
  });

  it('has labels that stay, whatever of a certificate stands beside what', () => {
    const words = fc.constantFrom(
      ...[
        'O=',
        'OU = ',
        'CN=',
        '/O=',
        '/CN=',
        'subject: ',
        '"subject":{"',
        'serial ',
        '"',
        '\\',
        ', ',
        '=',
        ' ',
        '\n  ',
      ],
      ...[
        '}',
        'shop.test',
        'origin.acme.test',
        'Muster',
        '192.0.2.1',
        '0A1B2C3D4E5F6071',
        '0a:'.repeat(19),
        '0a',
        '…',
        'id-1',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
        const { text, left } = createAnonymiser({ names });
        const after = text(parts.join(''));
        expect([left(after), text(after)]).toEqual([0, after]);
      }),
      { numRuns: 700 },
    );
  });

  // No clock: what is quadratic takes hours, which the time limit of a test ends.
  it.each([
    'O=',
    '/O=',
    'O=a, ',
    'O=a\n a ',
    '0a:\n ',
    'CN="',
    'O=\\\\',
    'CN=a ',
    'serial ',
    'serial: "',
    '0A',
    '0a:',
    '0a:1b',
    '%25',
    '%253A',
    '\\u003a',
    '&amp;',
    '&#0',
    'ip-1-',
    'f-',
    '2001-',
    '1-2-3-4.a.b',
    '"subject":{',
    'subject: O=',
    'aB3',
    '32302e',
    '::f:',
  ])('costs as much as the text is long: 500 kB of %j', (piece) => {
    const { text, left } = createAnonymiser({ names });
    const said = piece.repeat(5e5 / piece.length);
    for (const one of [said, encoded(`\u0001${said}`)]) expect(left(text(one))).toBe(0);
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
