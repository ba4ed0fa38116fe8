import { describe, expect, it } from 'vitest';
import { decodeResolvConf } from '../../src/decoders/resolv-conf.js';

describe('the name servers of a resolv.conf', () => {
  it('are those that resolvers ask: the first three that are addresses', () => {
    const text = [
      '; generated',
      '# nameserver 192.0.2.1',
      'search example.com',
      'nameserver 127.0.0.53',
      'nameserver ns.example.com',
      'nameservers 192.0.2.2',
      'nameserver\t2001:db8::53 # the second',
      'options edns0',
      ' nameserver fe80::1%eth0',
      'nameserver 192.0.2.9',
      '',
    ];
    expect(decodeResolvConf(text.join('\n'))).toEqual(['127.0.0.53', '2001:db8::53', 'fe80::1%eth0']);
  });

  it('are none where none is named', () => {
    expect(decodeResolvConf('')).toEqual([]);
    expect(decodeResolvConf('nameserver')).toEqual([]);
  });
});
