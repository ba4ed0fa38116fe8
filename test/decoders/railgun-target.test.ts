import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameHost, type ListenerPlace, railgunTarget } from '../../src/decoders/railgun-target.js';

const listener: ListenerPlace = {
  wanPort: 2408,
  ownAddresses: ['10.0.0.4', '2001:4860:4860::4'],
  publicHosts: ['8.8.4.4', 'rg.example.net'],
};

describe('what a target is', () => {
  it.each([
    ['127.0.0.1', 2408, 'loop'],
    ['127.9.9.9', 2408, 'loop'],
    ['::1', 2408, 'loop'],
    ['localhost', 2408, 'loop'],
    ['0.0.0.0', 2408, 'loop'],
    ['10.0.0.4', 2408, 'loop'],
    ['2001:4860:4860:0::4', 2408, 'loop'],
    ['8.8.4.4', 2408, 'loop'],
    ['RG.example.net.', 2408, 'loop'],
    ['127.0.0.1', 443, 'fine'],
    ['10.0.0.4', 443, 'fine'],
    ['10.0.0.5', 2408, 'fine'],
    ['8.8.8.8', 443, 'fine'],
    ['8.8.4.4', 443, 'public-side'],
    ['rg.example.net', 80, 'public-side'],
    ['104.16.1.1', 443, 'cloudflare'],
    ['::ffff:104.16.1.1', 443, 'cloudflare'],
    ['2606:4700::1', 2408, 'cloudflare'],
    ['localhost', 443, 'name'],
    ['www.example.com', 2408, 'name'],
    ['0.0.0.0', 443, 'odd'],
    ['224.0.0.1', 443, 'odd'],
    ['255.255.255.255', 443, 'odd'],
    ['192.0.2.0', 443, 'placeholder'],
    ['192.0.2.9', 443, 'example'],
  ] as const)('%s port %i', (host, port, kind) => {
    const target = railgunTarget(host, [port], listener);
    expect(target.kind).toBe(kind);
    expect(target.says === '').toBe(kind === 'fine');
  });

  it('listens on its wan.ip alone, where it has one', () => {
    const bound = { ...listener, wanIp: '10.0.0.4' };
    expect(railgunTarget('10.0.0.4', [2408], bound).kind).toBe('loop');
    expect(railgunTarget('127.0.0.1', [2408], bound).kind).toBe('fine');
    expect(railgunTarget('127.0.0.1', [2408], { ...bound, wanIp: '0.0.0.0' }).kind).toBe('loop');
    expect(railgunTarget('127.0.0.1', [2408], { ...bound, wanIp: '::' }).kind).toBe('loop');
  });

  it('is a loop where one of the ports is wan.port', () => {
    expect(railgunTarget('127.0.0.1', [80, 443], { ...listener, wanPort: 443 }).kind).toBe('loop');
    expect(railgunTarget('127.0.0.1', [80, 443], listener).kind).toBe('fine');
  });

  it.each([
    ['::ffff:10.0.0.4', '10.0.0.4', true],
    ['[2001:DB8::1]', '2001:db8:0::1', true],
    ['rg.example.', 'RG.example', true],
    ['::a00:4', '10.0.0.4', false],
    ['10.0.0.4', '10.0.0.5', false],
  ])('%s and %s are the same host: %s', (one, other, isSame) => expect(isSameHost(one, other)).toBe(isSame));

  it('is never more than an opinion: nothing throws, and a host is itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.domain()), fc.integer(), (host, port) => {
        expect(typeof railgunTarget(host, [port], listener).kind).toBe('string');
        expect(isSameHost(host, host.toUpperCase().toLowerCase())).toBe(isSameHost(host.toLowerCase(), host));
        expect(isSameHost(host, host)).toBe(true);
      }),
    );
  });
});
