import { afterAll, describe, expect, it } from 'vitest';
import { bundled } from './bundled.js';
import { createNetwork, serverAddress } from './namespaces.js';
import type { Became, Step } from './steps.js';

const network = createNetwork();
const program = await bundled('steps.ts');
afterAll(() => network.close());

async function taken(...steps: readonly Step[]): Promise<readonly Became[]> {
  const { stdout, stderr } = await network.client.run(process.execPath, program, JSON.stringify(steps));
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const to = (address: string, port: number, seconds = 10): Step => ({
  seconds,
  connect: { kind: 'ip', address, family: address.includes(':') ? 6 : 4, port },
});

/** What a rejection is called by nft, and what the kernel makes of it. */
const rejections = {
  4: [
    ['tcp reset', 'ECONNREFUSED', 'connection-refused', 'target'],
    ['icmp type port-unreachable', 'ECONNREFUSED', 'connection-refused', 'target'],
    ['icmp type net-unreachable', 'ENETUNREACH', 'no-route', 'path'],
    ['icmp type host-unreachable', 'EHOSTUNREACH', 'host-unreachable', 'path'],
    ['icmp type prot-unreachable', 'ENOPROTOOPT', 'protocol-unavailable', 'target'],
    ['icmp type net-prohibited', 'ENETUNREACH', 'no-route', 'path'],
    ['icmp type host-prohibited', 'EHOSTUNREACH', 'host-unreachable', 'path'],
    ['icmp type admin-prohibited', 'EHOSTUNREACH', 'host-unreachable', 'path'],
  ],
  6: [
    ['tcp reset', 'ECONNREFUSED', 'connection-refused', 'target'],
    ['icmpv6 type port-unreachable', 'ECONNREFUSED', 'connection-refused', 'target'],
    ['icmpv6 type no-route', 'ENETUNREACH', 'no-route', 'path'],
    ['icmpv6 type addr-unreachable', 'EHOSTUNREACH', 'host-unreachable', 'path'],
    ['icmpv6 type admin-prohibited', 'EACCES', 'prohibited', 'path'],
    ['icmpv6 type policy-fail', 'EACCES', 'prohibited', 'path'],
    ['icmpv6 type reject-route', 'EACCES', 'prohibited', 'path'],
  ],
} as const;

describe.each([4, 6] as const)('a firewall that rejects IPv%i', (family) => {
  const firstPort = 1000;
  let became: readonly Became[] = [];

  it('answers every attempt', async () => {
    network.server.firewall(
      ...rejections[family].map(
        ([kind], index) => `meta nfproto ipv${family} tcp dport ${firstPort + index} reject with ${kind}`,
      ),
    );
    became = await taken(...rejections[family].map((_, index) => to(serverAddress[family], firstPort + index)));
    expect(became).toHaveLength(rejections[family].length);
  });

  it.each(rejections[family].map((row, index) => [...row, index] as const))(
    'with %s: %s is %s',
    (_, errno, code, blame, index) => {
      const { failure } = became[index] ?? {};
      expect(failure).toMatchObject({ code, blame, step: 'connect', detail: expect.stringContaining(errno) });
    },
  );
});

it('a firewall that drops is silence', async () => {
  network.server.firewall('tcp dport 1000 drop');
  const [became] = await taken(to(serverAddress[4], 1000, 0.5));
  expect(became?.failure).toMatchObject({ code: 'timeout', step: 'connect', blame: 'path' });
});

it('a port without listener, behind no firewall, is refused by its host', async () => {
  network.server.firewall();
  const became = await taken(to(serverAddress[4], 1000), to(serverAddress[6], 1000));
  for (const { failure } of became) expect(failure).toMatchObject({ code: 'connection-refused', blame: 'target' });
});

describe('a route of this machine', () => {
  const kinds = [
    ['none', 'ENETUNREACH', 'no-route', 'path'],
    ['unreachable', 'EHOSTUNREACH', 'host-unreachable', 'path'],
    ['prohibit', 'EACCES', 'prohibited', 'path'],
    ['blackhole', 'EINVAL', 'address-unavailable', 'us'],
  ] as const;
  const addresses = {
    4: (index: number) => `198.51.100.${index + 1}`,
    6: (index: number) => `2001:db8:1::${index + 1}`,
  };

  for (const [index, [kind]] of kinds.entries()) {
    if (kind === 'none') continue;
    network.client.ip('route', 'add', kind, addresses[4](index));
    network.client.ip('-6', 'route', 'add', kind, addresses[6](index));
  }

  it.each(kinds.map((row, index) => [...row, index] as const))(
    'of the kind %s: %s is %s',
    async (_, errno, code, blame, index) => {
      const became = await taken(to(addresses[4](index), 1000), to(addresses[6](index), 1000));
      for (const { failure } of became) {
        expect(failure).toMatchObject({ code, blame, step: 'connect', detail: expect.stringContaining(errno) });
      }
    },
  );
});

it('an address of the own network that nobody has is unreachable', async () => {
  const became = await taken(to('192.0.2.77', 1000), to('2001:db8::77', 1000));
  for (const { failure } of became) {
    expect(failure).toMatchObject({ code: 'host-unreachable', detail: expect.stringContaining('EHOSTUNREACH') });
  }
});

it('a slow link is slow, and no failure', async () => {
  const listen = `require('node:net').createServer().listen(2000, () => console.log('ready'))`;
  await network.server.start(process.execPath, '-e', listen);
  // 500 bytes a second: what one SYN leaves of the bucket is not enough for the next.
  const tc = ['qdisc', 'add', 'dev', 'eth0', 'root', 'tbf', 'rate', '4kbit', 'burst', '90b', 'limit', '10kb'];
  expect(await network.client.run('tc', ...tc)).toMatchObject({ stderr: '', exit: 0 });
  const became = await taken(...Array.from({ length: 4 }, () => to(serverAddress[4], 2000)));
  await network.client.run('tc', 'qdisc', 'del', 'dev', 'eth0', 'root');
  expect(became.map(({ value }) => value)).toEqual(['open', 'open', 'open', 'open']);
  // Three SYN of 74 bytes have to wait for the 74 bytes before them.
  expect(Math.max(...became.map(({ ms }) => ms))).toBeGreaterThan(300);
});
