import { describe, expect, it } from 'vitest';
import { addressIn, usualLinks } from './routed-network.js';
import { createRouting, hop, target } from './routing.js';

const { client, second, server, routed } = await createRouting();

const tools = ['mtr', 'traceroute', 'tracepath'] as const;
const quick = ['--queries', '1', '--max-hops', '6'];

type Routed = Awaited<ReturnType<typeof routed>>;

const everyWay = tools.flatMap((tool) => ([4, 6] as const).map((family) => [tool, family] as const));

/** What every program says over IPv4 and IPv6, all asked at once when the first answer is wanted: they wait most of the time. */
function seenBy(prepare: () => Promise<void> | void, address: (family: 4 | 6) => string, words: readonly string[]) {
  let all: Promise<ReadonlyMap<string, Routed>> | undefined;
  const look = async () => {
    await prepare();
    const seen = everyWay.map(
      async ([tool, family]) =>
        [`${tool} ${family}`, await routed([address(family), '--tool', tool, ...words])] as const,
    );
    return new Map(await Promise.all(seen));
  };
  return async (tool: string, family: 4 | 6): Promise<Routed> => {
    all ??= look();
    return (await all).get(`${tool} ${family}`) ?? expect.fail(tool);
  };
}

describe('an open way', () => {
  const seen = seenBy(() => undefined, target, ['--queries', '2']);

  it.each(everyWay)('is seen by %s over IPv%i with every hop', async (tool, family) => {
    const { exit, facts, found, addresses, metrics } = await seen(tool, family);
    expect(addresses).toEqual([hop(1, family), hop(2, family), target(family)]);
    expect(found('reached')).toMatchObject({ status: 'pass', says: expect.stringContaining('answers at hop 3') });
    expect(facts).toMatchObject({
      kind: 'route',
      reached: true,
      protocol: tool === 'tracepath' ? 'udp' : 'tcp',
      tool: { name: tool, path: expect.stringMatching(/^\//), version: expect.stringContaining(tool) },
      tried: [],
    });
    expect(metrics).toContainEqual(expect.objectContaining({ name: 'route_hops', value: 3 }));
    expect(metrics.filter(({ name }) => name === 'route_rtt_seconds')).toHaveLength(3);
    expect(exit).toBe(0);
  });
});

describe('a firewall that drops the probes', () => {
  const drop = () => second.forward(`ip daddr ${target(4)} drop`, `ip6 daddr ${target(6)} drop`);
  const seen = seenBy(drop, target, ['--queries', '1', '--max-hops', '3']);

  it.each(everyWay)('is to %s over IPv%i silence behind the last hop', async (tool, family) => {
    const { exit, facts, found, addresses } = await seen(tool, family);
    expect(addresses).toEqual([hop(1, family), hop(2, family), '']);
    const isTcp = tool !== 'tracepath';
    expect(facts).toMatchObject({ reached: false });
    expect(found('reached')).toMatchObject({
      status: isTcp ? 'fail' : 'warn',
      code: 'not-reached',
      says: expect.stringContaining(`nobody behind hop 2 (${hop(2, family)}) answers`),
    });
    expect(exit).toBe(isTcp ? 2 : 1);
  });
});

describe('routers that point at each other', () => {
  const lost = (family: 4 | 6) => (family === 4 ? '10.9.0.1' : '2001:db8:9::1');
  const point = () => {
    for (const family of [4, 6] as const) {
      second.ip(`-${family}`, 'route', 'replace', lost(family), 'via', addressIn(usualLinks[1], family, 1));
    }
  };
  // A router answers few probes at a time: with one for each hop, a lost one would hide the loop.
  const seen = seenBy(point, lost, ['--queries', '3', '--max-hops', '6']);

  it.each(everyWay)('are a loop to %s over IPv%i', async (tool, family) => {
    const { exit, facts, found } = await seen(tool, family);
    // Over IPv6 a router names itself by the address where the probe came in.
    expect(facts).toMatchObject({ reached: false, loop: expect.arrayContaining([hop(2, family)]) });
    expect(facts['loop']).toHaveLength(2);
    expect(found('loop')).toMatchObject({ status: 'fail', code: 'routing-loop' });
    expect(exit).toBe(2);
  });
});

describe.each([4, 6] as const)('over IPv%i', (family) => {
  const kinds: Readonly<Record<4 | 6, readonly (readonly [kind: string, mark: string, code: string])[]>> = {
    4: [
      ['icmp type admin-prohibited', '!X', 'prohibited'],
      ['icmp type host-unreachable', '!H', 'host-unreachable'],
      ['icmp type net-unreachable', '!N', 'no-route'],
      ['icmp type host-prohibited', '!X', 'prohibited'],
    ],
    6: [
      ['icmpv6 type admin-prohibited', '!X', 'prohibited'],
      ['icmpv6 type addr-unreachable', '!H', 'host-unreachable'],
      ['icmpv6 type no-route', '!N', 'no-route'],
    ],
  };

  it.each(kinds[family])('a router that rejects with %s is marked %s by traceroute', async (kind, mark, code) => {
    await second.forward(`${family === 4 ? 'ip' : 'ip6'} daddr ${target(family)} reject with ${kind}`);
    const { exit, facts, found } = await routed([target(family), '--tool', 'traceroute']);
    expect(facts.hops.at(-1)).toMatchObject({ ttl: 3, hosts: [{ address: hop(2, family) }], marks: [mark] });
    expect(found('reached')).toMatchObject({ status: 'fail', code, says: expect.stringContaining(`(${mark})`) });
    expect(exit).toBe(2);
  });

  it('a router that rejects is told by mtr as one that answers for all behind it', async () => {
    const reject = family === 4 ? 'icmp type admin-prohibited' : 'icmpv6 type admin-prohibited';
    await second.forward(`${family === 4 ? 'ip' : 'ip6'} daddr ${target(family)} reject with ${reject}`);
    const { exit, facts, found, addresses } = await routed([target(family), ...quick]);
    expect(facts).toMatchObject({ tool: { name: 'mtr' }, turnedBackBy: hop(2, family), reached: false });
    expect(addresses).toEqual([hop(1, family), hop(2, family), hop(2, family)]);
    expect(found('reached')).toMatchObject({ status: 'fail', code: 'not-reached' });
    expect(found('loop')).toMatchObject({ status: 'pass' });
    expect(exit).toBe(2);
  });

  it('a host that rejects is reached, and fails all the same', async () => {
    const reject = family === 4 ? 'icmp type admin-prohibited' : 'icmpv6 type admin-prohibited';
    server.firewall(`meta nfproto ipv${family} tcp dport 443 reject with ${reject}`);
    const { exit, facts, found } = await routed([target(family), '--tool', 'traceroute']);
    expect(facts).toMatchObject({ reached: true });
    expect(found('reached')).toMatchObject({
      status: 'fail',
      code: 'prohibited',
      says: expect.stringContaining('itself'),
    });
    expect(exit).toBe(2);
  });

  it('a blackhole is silence behind the hop before it', async () => {
    const lost = family === 4 ? '10.5.0.1' : '2001:db8:5::1';
    second.ip(`-${family}`, 'route', 'replace', 'blackhole', lost);
    const { facts, found } = await routed([lost, '--tool', 'traceroute', '--queries', '1', '--max-hops', '3']);
    expect(facts.hops.map(({ hosts }) => hosts.length)).toEqual([1, 0, 0]);
    expect(found('reached')).toMatchObject({ status: 'fail', code: 'not-reached' });
  });

  it('an address that this machine has no way to is not looked for', async () => {
    const lost = family === 4 ? '10.8.0.1' : '2001:db8:8::1';
    client.ip(`-${family}`, 'route', 'replace', 'unreachable', lost);
    const { exit, facts, found } = await routed([lost]);
    expect(facts).toMatchObject({ kind: 'failed', tried: [], failure: { code: 'host-unreachable', blame: 'path' } });
    expect(found('reached')).toMatchObject({ status: 'fail', remedy: expect.stringContaining(`ip route get ${lost}`) });
    expect(exit).toBe(2);
  });
});
