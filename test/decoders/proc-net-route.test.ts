import { describe, expect, it } from 'vitest';
import { cloudflareRoutes } from '../../src/decoders/cloudflare-routes.js';
import { decodeProcNetIpv6Route, decodeProcNetRoute } from '../../src/decoders/proc-net-route.js';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT  ';
/** As the kernel writes it: words of the machine, padded with blanks. */
const row = (device: string, to: string, via: string, flags: string, mask: string) =>
  `${device}\t${to}\t${via}\t${flags}\t0\t0\t100\t${mask}\t0\t0\t0     `;

const byDefault = row('eth0', '00000000', '0100000A', '0003', '00000000');
const lan = row('eth0', '0000000A', '00000000', '0001', '00FFFFFF');
const tooBroad = row('eth1', '000000AC', '0101A8C0', '0003', '000000FF');
const privateOnly = row('docker0', '000010AC', '00000000', '0001', '0000F0FF');
const unreachable = row('*', '00001068', '00000000', '0201', '0000F8FF');
const oneHost = row('tun0', '0101A468', '00000000', '0005', 'FFFFFFFF');
const half = row('tun0', '00000080', '00000000', '0001', '00000080');
const down = row('eth2', '000000AC', '00000000', '0000', '000000FF');

describe('/proc/net/route', () => {
  it('has destinations, gateways and masks in the byte order of the machine', () => {
    expect(decodeProcNetRoute([head, byDefault, lan, tooBroad, down].join('\n'))).toEqual([
      { base: Uint8Array.of(0, 0, 0, 0), prefix: 0, via: '10.0.0.1', device: 'eth0' },
      { base: Uint8Array.of(10, 0, 0, 0), prefix: 24, device: 'eth0' },
      { base: Uint8Array.of(172, 0, 0, 0), prefix: 8, via: '192.168.1.1', device: 'eth1' },
    ]);
  });

  it('can be cut or something else', () => {
    const text = [head, byDefault, tooBroad].join('\n');
    for (let end = 0; end < text.length; end += 1) {
      expect(decodeProcNetRoute(text.slice(0, end)).length).toBeLessThan(3);
    }
    expect(decodeProcNetRoute('eth0 x y z')).toEqual([]);
  });
});

const zeros = '0'.repeat(32);
const row6 = (to: string, prefix: string, via: string, flags: string, device: string) =>
  `${to} ${prefix} ${zeros} 00 ${via} 00000400 00000001 00000000 ${flags} ${device.padStart(8)}`;
const cloudflare6 = `26064700${'0'.repeat(24)}`;

describe('/proc/net/ipv6_route', () => {
  it('has addresses as they are written, without those of the machine itself', () => {
    const text = [
      row6(zeros, '00', `fe80${'0'.repeat(27)}1`, '00000003', 'eth0'),
      row6(cloudflare6, '20', `fe80${'0'.repeat(27)}2`, '00000003', 'eth1'),
      row6(`${cloudflare6.slice(0, 31)}1`, '80', zeros, '80000001', 'lo'),
      row6(zeros, '00', zeros, '00200200', 'lo'),
    ].join('\n');
    expect(decodeProcNetIpv6Route(text).map(({ prefix, via, device }) => [prefix, via, device])).toEqual([
      [0, 'fe80::1', 'eth0'],
      [32, 'fe80::2', 'eth1'],
    ]);
  });
});

describe('routes into the ranges of Cloudflare', () => {
  const rows = [head, byDefault, lan, tooBroad, privateOnly, unreachable, oneHost, half, down];

  it('are those that hold a range, or are in one: no default, no private network, no half of the Internet', () => {
    expect(cloudflareRoutes(decodeProcNetRoute(rows.join('\n')))).toEqual([
      { range: '172.64.0.0/13', route: '172.0.0.0/8', via: '192.168.1.1', device: 'eth1' },
      { range: '104.16.0.0/13', route: '104.16.0.0/13', device: '*', rejects: true },
      // 104.164.1.1 is nobody's of Cloudflare.
    ]);
  });

  it('are found for IPv6 too', () => {
    const text = row6(cloudflare6, '1c', zeros, '00000001', 'wg0');
    expect(cloudflareRoutes(decodeProcNetIpv6Route(text))).toEqual([
      { range: '2606:4700::/32', route: '2606:4700::/28', device: 'wg0' },
    ]);
  });

  it('are found where a part of a range is taken elsewhere', () => {
    const text = row('tun0', '01011068', '00000000', '0005', 'FFFFFFFF');
    expect(cloudflareRoutes(decodeProcNetRoute(text))).toEqual([
      { range: '104.16.0.0/13', route: '104.16.1.1/32', device: 'tun0' },
    ]);
  });
});
