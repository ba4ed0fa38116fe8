import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMtr } from '../../src/decoders/mtr.js';
import { routeEnd } from '../../src/decoders/route-end.js';
import { routeFixtures } from './route-fixtures.js';

const options = (name: string) => ({ queries: 3, cut: name === 'cut' });
const fixtures = routeFixtures('mtr');

describe('the raw format of mtr', () => {
  it.each(fixtures)('of $name', ({ name, text, route }) => {
    expect(decodeMtr(text, options(name))).toEqual(route);
  });

  it.each(fixtures)('of $name, cut off anywhere, is a route that is not longer', ({ text }) => {
    let before = 0;
    for (let end = 0; end <= text.length; end += 1) {
      const { hops } = decodeMtr(text.slice(0, end), { queries: 3, cut: true });
      const answers = hops.reduce((sum, { received }) => sum + received, 0);
      expect(answers).toBeGreaterThanOrEqual(before);
      before = answers;
    }
  });

  it('does not count a probe as lost that was under way when it was ended', () => {
    const text = 'x 0 1\nh 0 192.0.2.1\np 0 50 1\nx 0 2\n';
    expect(decodeMtr(text, { queries: 3, cut: true }).hops[0]).toMatchObject({ sent: 1, received: 1, loss: 0 });
    expect(decodeMtr(text, { queries: 3 }).hops[0]).toMatchObject({ sent: 2, received: 1, loss: 0.5 });
  });

  it('counts an answer that comes twice once', () => {
    const text = 'x 0 1\nh 0 192.0.2.1\np 0 50 1\np 0 60 1\n';
    expect(decodeMtr(text, { queries: 1 }).hops[0]).toMatchObject({ sent: 1, received: 1 });
  });

  it('knows nothing of hops that no packet can go, and of addresses that are none', () => {
    expect(decodeMtr('x 255 1\nx 999 2\nx -1 3\nx 0 4\nh 0 192.0.2.300\n', { queries: 1 }).hops).toEqual([
      { ttl: 1, hosts: [], sent: 1, received: 0, loss: 1, marks: [] },
    ]);
  });

  it('never throws, and never counts more answers than probes', () => {
    const line = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('x', 'h', 'p', 'd', 'm'),
          fc.nat(300),
          fc.oneof(fc.nat(), fc.ipV4(), fc.ipV6()),
          fc.nat(9),
        )
        .map((words) => words.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, cut) => {
        for (const { sent, received, loss, ttl } of decodeMtr(lines.join('\n'), { queries: 3, cut }).hops) {
          expect(received).toBeLessThanOrEqual(sent);
          expect(loss).toBeGreaterThanOrEqual(0);
          expect(loss).toBeLessThanOrEqual(1);
          expect(ttl).toBeGreaterThan(0);
        }
      }),
    );
  });

  // No clock: a linear decoder needs milliseconds for these, a quadratic one hours.
  it.each(['x 0 1\n', 'p 0 1\n', 'h 0 192.0.2.1\n', ' ', 'x ', 'h 1 2001:db8::1\np 1 5\n'])(
    'takes 4 MB of %j',
    (piece) => {
      expect(decodeMtr(piece.repeat(4e6 / piece.length), { queries: 3 }).hops.length).toBeLessThan(3);
    },
  );
});

describe('the end of a route', () => {
  const hopsOf = (name: string) => fixtures.find((fixture) => fixture.name === name)?.route.hops ?? expect.fail(name);
  const silent = { hosts: [], sent: 1, received: 0, loss: 1, marks: [] };
  const hop = (ttl: number, ...addresses: string[]) => ({
    ...silent,
    ttl,
    hosts: addresses.map((address) => ({ address })),
    received: Math.min(addresses.length, 1),
  });

  it('is the destination, whatever was printed behind it, and however it is spelled', () => {
    const { hops, ...end } = routeEnd(hopsOf('reached'), '203.0.113.2');
    expect([hops.length, end]).toEqual([3, { reachedAt: 3 }]);
    expect(routeEnd(hopsOf('reached-ipv6'), '2001:0db8:2:0::2').reachedAt).toBe(3);
  });

  it('is the router that answers everything itself, once more than its own distance', () => {
    const { hops, ...end } = routeEnd(hopsOf('rejected'), '203.0.113.2');
    expect([hops.map(({ ttl }) => ttl), end]).toEqual([[1, 2, 3], { turnedBackBy: '198.51.100.2' }]);
    const limited = [hop(1, 'a'), hop(2, 'b'), { ...silent, ttl: 3 }, hop(4, 'b'), { ...silent, ttl: 5 }, hop(6, 'b')];
    expect(routeEnd(limited, 'c')).toMatchObject({ turnedBackBy: 'b' });
  });

  it('is not a router that answers twice, as one does that passes on what is too old', () => {
    expect(routeEnd([hop(1, 'a'), hop(2, 'b'), hop(3, 'b'), { ...silent, ttl: 4 }], 'c')).not.toHaveProperty(
      'turnedBackBy',
    );
  });

  it('is a loop where addresses come again and again', () => {
    expect(routeEnd(hopsOf('loop'), '10.9.0.1')).toMatchObject({ loop: ['192.0.2.2', '198.51.100.2'] });
    const three = ['a', 'b', 'c', 'd', 'b', 'c', 'd', 'b', 'c'].map((address, index) => hop(index + 1, address));
    expect(routeEnd(three, 'z')).toMatchObject({ loop: ['b', 'c', 'd'] });
    const once = ['a', 'b', 'a', 'c'].map((address, index) => hop(index + 1, address));
    expect(routeEnd(once, 'z')).not.toHaveProperty('loop');
  });

  it('is nothing of that where hops are silent', () => {
    const { hops, ...end } = routeEnd(hopsOf('silent'), '203.0.113.2');
    expect([hops.length, end]).toEqual([6, {}]);
    expect(routeEnd([], '203.0.113.2')).toEqual({ hops: [] });
  });

  it('never leaves anything out before the end', () => {
    const hops = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }), { maxLength: 12 });
    fc.assert(
      fc.property(hops, (rows) => {
        const all = rows.map((addresses, index) => hop(index + 1, ...addresses));
        const end = routeEnd(all, 'd');
        expect(end.hops).toEqual(all.slice(0, end.hops.length));
        expect(end.reachedAt !== undefined).toBe(rows.some((addresses) => addresses.includes('d')));
        if (end.hops.length < all.length) expect(end.reachedAt ?? end.turnedBackBy).toBeDefined();
      }),
    );
  });
});
