import { isIP, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointOf, endpointText, familyOf, isIpv4, isIpv6, portOf } from '../../src/model/endpoint.js';

const problemOf = (text: string) => {
  const endpoint = endpointOf(text);
  return 'problem' in endpoint ? endpoint.problem : endpoint;
};

describe('a target', () => {
  it.each([
    ['example.com', { kind: 'host', host: 'example.com' }],
    ['example.com:443', { kind: 'host', host: 'example.com', port: 443 }],
    ['example.com.', { kind: 'host', host: 'example.com.' }],
    ['localhost:1', { kind: 'host', host: 'localhost', port: 1 }],
    ['a:65535', { kind: 'host', host: 'a', port: 65_535 }],
    ['under_score.example', { kind: 'host', host: 'under_score.example' }],
    ['_dmarc.example', { kind: 'host', host: '_dmarc.example' }],
    ['bücher.example:80', { kind: 'host', host: 'bücher.example', port: 80 }],
    ['उदाहरण.परीक्षा', { kind: 'host', host: 'उदाहरण.परीक्षा' }],
    ['192.0.2.1', { kind: 'host', host: '192.0.2.1' }],
    ['192.0.2.1:80', { kind: 'host', host: '192.0.2.1', port: 80 }],
    ['2001:db8::1', { kind: 'host', host: '2001:db8::1' }],
    ['::', { kind: 'host', host: '::' }],
    ['[2001:db8::1]', { kind: 'host', host: '2001:db8::1' }],
    ['[2001:db8::1]:443', { kind: 'host', host: '2001:db8::1', port: 443 }],
    ['fe80::1%eth0', { kind: 'host', host: 'fe80::1%eth0' }],
    ['[fe80::1%eth0]:53', { kind: 'host', host: 'fe80::1%eth0', port: 53 }],
    ['unix:/run/memcached.sock', { kind: 'unix', path: '/run/memcached.sock' }],
    ['unix:relative:with-colons', { kind: 'unix', path: 'relative:with-colons' }],
  ])('%s', (text, endpoint) => {
    expect(endpointOf(text)).toEqual(endpoint);
  });

  it.each([
    ['', 'an empty target'],
    ['-v', "'-v' begins with a dash, which no host does"],
    ['-x.example:80', "'-x.example:80' begins with a dash, which no host does"],
    ['unix:', "'unix:' names no socket: unix:/path is expected"],
    ['https://www.example/path', "'https://www.example/path' is a URL: give its host, as in www.example"],
    ['https://user:word@www.example:8443/?q', /give its host, as in www\.example:8443$/],
    ['http://[2001:db8::1]:80/', /give its host, as in \[2001:db8::1\]:80$/],
    ['https:///path', /give its host, as in example\.com$/],
    ['example.com:', "'' in 'example.com:' is not a port from 1 to 65535"],
    ['example.com:0', /'0' in .* is not a port from 1 to 65535/],
    ['example.com:65536', /'65536' in .* is not a port/],
    ['example.com:00080x', /is not a port/],
    ['example.com:http', /'http' in .* is not a port/],
    ['example.com: 80', /' 80' in .* is not a port/],
    ['example.com:+80', /is not a port/],
    [':80', "'' is not a host name or address"],
    ['exam ple', "'exam ple' is not a host name or address"],
    ['a..b', /is not a host name/],
    ['.a', /is not a host name/],
    ['a/b', /is not a host name/],
    ['a@b', /is not a host name/],
    ['$(id)', /is not a host name/],
    ['a;b', /is not a host name/],
    ['\u001b[31m', /is not a host name/],
    ['a\nb', /is not a host name/],
    ['a\u202eb', /is not a host name/],
    ['a|b', /is not a host name/],
    [`${'a'.repeat(64)}.`.repeat(4), /is not a host name/],
    ['[]', "'[]' is not an IPv6 address"],
    ['[example.com]:80', "'[example.com]' is not an IPv6 address"],
    ['[192.0.2.1]', /is not an IPv6 address/],
    ['[::1', /is neither host:port nor an IPv6 address/],
    ['[::1]x', /is neither host:port nor an IPv6 address/],
    ['[::1]:', /is not a port/],
    ['fe80::1%', /is neither/],
    ['fe80::1%\u001b[31m', /is neither/],
    ['2001:db8::1:70000', /is neither host:port nor an IPv6 address \(with a port: \[address\]:port\)/],
    ['a:b:c', /is neither/],
  ])('is not %j', (text, problem) => {
    if (typeof problem === 'string') expect(problemOf(text)).toBe(problem);
    else expect(problemOf(text)).toMatch(problem);
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('a', 'example.com', 'bücher.example')),
        fc.integer({ min: 1, max: 65_535 }),
        (host, port) => {
          const endpoint = { kind: 'host', host, port } as const;
          expect(endpointOf(endpointText(endpoint, 1))).toEqual(endpoint);
          expect(endpointText({ kind: 'host', host }, port)).toBe(endpointText(endpoint, 1));
        },
      ),
    );
    expect(endpointText({ kind: 'unix', path: '/run/x' }, 80)).toBe('unix:/run/x');
  });

  it('is never anything that Node would take for an option, a path or several words', () => {
    const awkward = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a.-:[]%/@ \n\0\u001b\u202e') }));
    fc.assert(
      fc.property(awkward, (text) => {
        const endpoint = endpointOf(text);
        if ('problem' in endpoint || endpoint.kind === 'unix') return;
        expect(endpoint.host).toMatch(/^[^\s\p{C}/@|;$`'"<>\\-][^\s\p{C}/@|;$`'"<>\\]*$/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an address is what Node takes for one', () => {
  const pieces = [
    '::',
    ':',
    '.',
    '%',
    '0',
    '1',
    '255',
    '256',
    'ffff',
    '10000',
    'db8',
    'g',
    'eth0',
    '192.0.2.1',
    '01',
    ' ',
    '/',
  ];
  const shapes = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));
  const groups = fc
    .array(fc.constantFrom('0', 'ffff', '1', '', '192.0.2.1'), { minLength: 6, maxLength: 10 })
    .map((parts) => parts.join(':'));

  it.each([
    ['addresses', fc.oneof(fc.ipV4(), fc.ipV6())],
    ['pieces of addresses', shapes],
    ['groups', groups],
    ['any text', fc.string()],
  ])('%s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect([text, isIpv6(text)]).toEqual([text, isIPv6(text)]);
        expect([text, isIpv4(text)]).toEqual([text, isIPv4(text)]);
        expect(familyOf(text) ?? 0).toBe(isIP(text));
      }),
      { numRuns: 5000 },
    );
  });
});

it('a port is a number from 1 to 65535, in digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 100_000 }), (port) => {
      expect(portOf(String(port))).toBe(port >= 1 && port <= 65_535 ? port : undefined);
    }),
  );
  expect(['0443', '00443', '000443', '4e2', '0x50', '', ' 80', '80 ', '٨٠'].map(portOf)).toEqual([
    443,
    443,
    ...Array.from({ length: 7 }, () => undefined),
  ]);
});
