import { describe, expect, it } from 'vitest';
import { cloudflareAddresses } from '../../src/decoders/cloudflare-addresses.js';

const addresses = (text: string) => cloudflareAddresses(text).map(({ address }) => address);

describe('addresses of Cloudflare in a log', () => {
  it.each([
    ['railgun[162.158.1.2:22114] connected', '162.158.1.2'],
    ['162.158.1.2 - - [20/Nov/2026:03:00:00 +0000] "GET / HTTP/1.1" 200 5', '162.158.1.2'],
    ['dial tcp 104.16.0.1:443: i/o timeout', '104.16.0.1'],
    ['peer=104.16.0.1, gone', '104.16.0.1'],
    ['It was 104.16.0.1.', '104.16.0.1'],
    ['http://104.16.0.1/path', '104.16.0.1'],
    ['::ffff:104.16.0.1 - -', '104.16.0.1'],
    ['0:0:0:0:0:ffff:104.16.0.1 - -', '104.16.0.1'],
    ['railgun[[2400:cb00:20::A29E]:22114]', '2400:cb00:20::a29e'],
    ['2400:cb00:0:0:0:0:0:1: reset', '2400:cb00::1'],
    ['2606:4700:: - -', '2606:4700::'],
    ['client: 2400:cb00::1, server: x', '2400:cb00::1'],
  ])('%s', (text, address) => {
    expect(cloudflareAddresses(text)).toEqual([{ address, count: 1 }]);
  });

  it.each([
    '203.0.113.9 - - [20/Nov/2026:03:00:00 +0000] "GET / HTTP/1.1" 200 5',
    'version 104.16.0.1.2',
    'version 1.104.16.0.1',
    '104.16.0.256',
    '104.16.0.01x',
    'host-104.16.0.1.example.com',
    '104.16.0.1.example.com',
    'at 12:34:56',
    '24:00:cb:00:11:22',
    '::1',
    '',
  ])('there is none in %j', (text) => {
    expect(cloudflareAddresses(text)).toEqual([]);
  });

  it('are counted, the most frequent first, however they are spelled', () => {
    const text = '2400:CB00::1\n2400:cb00:0::1\n172.64.0.1 172.64.0.1\t172.64.0.1\n103.21.244.1,103.21.244.2';
    expect(cloudflareAddresses(text)).toEqual([
      { address: '172.64.0.1', count: 3 },
      { address: '2400:cb00::1', count: 2 },
      { address: '103.21.244.1', count: 1 },
      { address: '103.21.244.2', count: 1 },
    ]);
  });

  it('of ranges that were Cloudflare’s once are said to be so', () => {
    expect(cloudflareAddresses('railgun[199.27.130.135:22114]')).toEqual([
      { address: '199.27.130.135', count: 1, former: true },
    ]);
  });

  it('are found among very many others, and at most ten thousand', () => {
    const visitors = Array.from({ length: 30_000 }, (_, n) => `198.51.${n >> 8}.${n & 255} - -\n`).join('');
    expect(addresses(`${visitors}104.16.0.1\n`)).toEqual(['104.16.0.1']);
    const many = Array.from({ length: 30_000 }, (_, n) => `104.16.${n >> 8}.${n & 255}\n`).join('');
    expect(addresses(many)).toHaveLength(10_000);
  });

  // No clock: a quadratic search would take hours, which the time limit of a test ends.
  it.each(['1', '1.', ':', 'a:', '1.1.1.', 'ffff::', '104.16.0.1 ', '2400:cb00::1 '])(
    'cost as much as the text is long: 5 MB of %j',
    (piece) => {
      expect(addresses(piece.repeat(5e6 / piece.length)).length).toBeLessThan(2);
    },
  );
});
