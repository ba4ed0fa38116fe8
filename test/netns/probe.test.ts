import { afterAll, describe, expect, it } from 'vitest';
import { program } from '../cli/run.js';
import { createNetwork, serverAddress } from './namespaces.js';

const network = createNetwork();
afterAll(() => network.close());

interface Attempt {
  readonly state: string;
  readonly failure?: { readonly code: string };
}

/** What `rg-diag probe` says of ports, by port. */
async function probed(address: string, ports: readonly number[]): Promise<[state: string, code: string | undefined][]> {
  const target = address.includes(':') ? `[${address}]` : address;
  const { stdout } = await network.client.run(
    program,
    'probe',
    target,
    ports.join(','),
    '--json',
    '--connect-timeout',
    '1.5',
  );
  const { reports } = JSON.parse(stdout) as { reports: { facts: { attempts: Attempt[] } }[] };
  return reports[0]?.facts.attempts.map(({ state, failure }) => [state, failure?.code]) ?? [];
}

const listen = `
const server = require('node:net').createServer();
server.listen(80, '::', () => console.log('ready'));`;
await network.server.start(process.execPath, '-e', listen);

describe('rg-diag probe', () => {
  it.each([4, 6] as const)('tells ports apart by what stands before them, over IPv%i', async (family) => {
    const kind = family === 4 ? 'icmp type' : 'icmpv6 type';
    const cases = [
      ['accept', 'open', undefined],
      ['accept', 'closed', 'connection-refused'],
      ['drop', 'filtered', 'timeout'],
      ['reject with tcp reset', 'closed', 'connection-refused'],
      [`reject with ${kind} port-unreachable`, 'closed', 'connection-refused'],
      [`reject with ${kind} ${family === 4 ? 'net-unreachable' : 'no-route'}`, 'unreachable', 'no-route'],
      [
        `reject with ${kind} ${family === 4 ? 'host-unreachable' : 'addr-unreachable'}`,
        'unreachable',
        'host-unreachable',
      ],
      [`reject with ${kind} admin-prohibited`, 'unreachable', family === 4 ? 'host-unreachable' : 'prohibited'],
    ] as const;
    const ports = cases.map((_, index) => 80 + index);
    network.server.firewall(
      ...cases.map(([verdict], index) => `meta nfproto ipv${family} tcp dport ${80 + index} ${verdict}`),
    );
    const expected = cases.map(([, state, code]) => [state, code]);
    expect(await probed(serverAddress[family], ports)).toEqual(expected);
  });
});
