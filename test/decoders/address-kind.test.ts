import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKind, isCloudflareAddress, isEverywhere, isLoopbackHost } from '../../src/decoders/address-kind.js';
import { addressBytes, addressText } from '../../src/decoders/ip-address.js';
import { addressRanges } from '../../src/knowledge/address-ranges.js';

describe('the kind of an address', () => {
  it.each([
    ['cloudflare', '104.16.0.0', '104.16.0.0/13'],
    ['cloudflare', '104.23.255.255', '104.16.0.0/13'],
    ['cloudflare', '104.27.255.255', '104.24.0.0/14'],
    ['cloudflare', '172.64.0.1', '172.64.0.0/13'],
    ['cloudflare', '172.71.255.255', '172.64.0.0/13'],
    ['cloudflare', '131.0.75.255', '131.0.72.0/22'],
    ['cloudflare', '2606:4700::6810:84e5', '2606:4700::/32'],
    ['cloudflare', '2a06:98c7:ffff::1', '2a06:98c0::/29'],
    ['cloudflare', '::ffff:104.16.0.1', '104.16.0.0/13'],
    ['private', '10.1.2.3', '10.0.0.0/8'],
    ['private', '172.31.255.255', '172.16.0.0/12'],
    ['private', '192.168.0.1', '192.168.0.0/16'],
    ['private', '100.127.255.255', '100.64.0.0/10'],
    ['private', '127.0.0.1', '127.0.0.0/8'],
    ['private', '169.254.169.254', '169.254.0.0/16'],
    ['private', '::1', '::1/128'],
    ['private', 'fd00::1', 'fc00::/7'],
    ['private', 'fe80::1%eth0', 'fe80::/10'],
    ['private', '::ffff:10.0.0.1', '10.0.0.0/8'],
    ['private', '64:ff9b::a00:1', '10.0.0.0/8'],
    ['private', '64:ff9b:1::1', '64:ff9b:1::/48'],
    ['reserved', '0.0.0.0', '0.0.0.0/8'],
    ['reserved', '192.88.99.1', '192.88.99.0/24'],
    ['reserved', '198.19.255.255', '198.18.0.0/15'],
    ['reserved', '224.0.0.1', '224.0.0.0/4'],
    ['reserved', '250.0.0.1', '240.0.0.0/4'],
    ['reserved', '255.255.255.255', '255.255.255.255/32'],
    ['reserved', '::', '::/128'],
    ['reserved', '100::1', '100::/64'],
    ['reserved', '2001::1', '2001::/32'],
    ['reserved', '2001:1ff::1', '2001::/23'],
    ['reserved', '2002:a00:1::', '2002::/16'],
    ['reserved', 'ff02::1', 'ff00::/8'],
    ['placeholder', '192.0.2.0', '192.0.2.0/32'],
    ['placeholder', '100::', '100::/128'],
  ])('%s: %s', (kind, address, range) => {
    const seen = addressKind(address);
    expect(seen).toMatchObject({ kind, range, says: expect.stringMatching(/^\S/), source: expect.stringMatching(/./) });
    expect(seen.documentation).toBeUndefined();
    expect(isCloudflareAddress(address)).toBe(kind === 'cloudflare');
  });

  it.each([
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '172.63.255.255',
    '172.72.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '128.0.0.1',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2a00:1450::1',
    '2001:200::1',
    '101::',
    '2a06:98c8::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is public', (address) => {
    expect(addressKind(address)).toEqual({ kind: 'public' });
  });

  it.each(['192.0.2.1', '198.51.100.7', '203.0.113.255', '2001:db8::1', '3fff::1'])(
    '%s is for documentation, which is reserved and still no prohibited origin',
    (address) => {
      expect(addressKind(address)).toMatchObject({ kind: 'reserved', documentation: true });
    },
  );

  it('says of what was Cloudflare’s that it no longer is', () => {
    expect(addressKind('199.27.130.135')).toMatchObject({ kind: 'public', range: '199.27.128.0/21' });
    expect(addressKind('104.28.0.1')).toMatchObject({ kind: 'public', range: '104.16.0.0/12' });
  });

  it('what is no address is in no list', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(addressBytes(text) === undefined);
        expect(addressKind(text)).toEqual({ kind: 'public' });
      }),
    );
  });

  const wanted = { cloudflare: 22, private: 11, reserved: 25, placeholder: 2 };

  it.each(Object.entries(wanted))('%s has its %i ranges', (kind, count) => {
    expect(addressRanges.filter((row) => row.kind === kind).length).toBe(count);
  });

  it.each(addressRanges)('$range begins and ends where it says', ({ range }) => {
    const [base = '', length = ''] = range.split('/');
    const first = addressBytes(base) ?? expect.fail(range);
    const hostBits = (at: number) => 0xff >> Math.min(8, Math.max(0, Number(length) - at * 8));
    expect(first.map((byte, at) => byte & hostBits(at)).every((byte) => byte === 0)).toBe(true);
    for (const address of [first, first.map((byte, at) => byte | hostBits(at))]) {
      const [, found = ''] = addressKind(addressText(address)).range?.split('/') ?? [];
      // In a wider range only where nothing narrower has it.
      expect(Number(found)).toBeGreaterThanOrEqual(Number(length));
    }
  });

  it('is the same for an IPv4 address and what stands for it in IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressKind(`::ffff:${address}`)).toEqual(addressKind(address));
        expect(addressKind(`64:ff9b::${address}`)).toEqual(addressKind(address));
      }),
    );
  });
});

describe('where a host is', () => {
  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    'localhost',
    'LocalHost.',
  ])('%s is the machine itself', (host) => expect([isLoopbackHost(host), isEverywhere(host)]).toEqual([true, false]));

  it.each(['0.0.0.0', '::', '[::]', '::0', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0', undefined])(
    '%s is everywhere',
    (host) => expect([isEverywhere(host), isLoopbackHost(host ?? '')]).toEqual([true, false]),
  );

  it.each([
    '127.evil.example',
    '127.0.0.1.example.com',
    '127.1',
    '128.0.0.1',
    '::2',
    '::ffff:10.0.0.1',
    'localhost.example.com',
    '',
    '0',
    '0000',
    ':',
    '0.0.0.1',
    '10.0.0.4',
  ])('“%s” is neither', (host) => expect([isLoopbackHost(host), isEverywhere(host)]).toEqual([false, false]));
});
